import { unusedLevel, witnessTopics } from '@shared/acl/witness-topics'
import type { PolicyDocument } from '@shared/acl/policy-document'
import { compileFilter } from '@shared/mqtt/topic'
import { filtersOf } from './question-topics'

/** Topics that the filters of a file are about: for each the plainest, with a level for its wildcards that no filter names. */
export function topicsOfFile(document: PolicyDocument, most: number): readonly string[] {
  const filters = filtersOf(document).slice(0, most).map(compileFilter)
  const unused = unusedLevel(filters)
  const topics = new Set<string>()
  for (const filter of filters) {
    for (const topic of witnessTopics(filter, unused, filter.length)) {
      if (topics.size === most) return [...topics]
      topics.add(topic)
    }
  }
  return [...topics]
}
