import type { PolicyDocument } from '@shared/acl/policy-document'
import type { Question } from '@shared/acl/question'

/** Topic filters that stand in the file, each once, in its order. */
export function filtersOf(document: PolicyDocument): readonly string[] {
  const filters =
    document.kind === 'acl-file' ? document.file.rules.map(({ filter }) => filter) : [...document.file.roles.values()].flat().map(({ topic }) => topic)
  return [...new Set(filters)]
}

/** What a topic may begin with, by a filter of the file: the client's names are put in, and what follows a wildcard is left to be written. */
export function topicStart(filter: string, { username, clientId, access }: Question): string {
  const filled = filter.replaceAll('%u', () => username ?? '%u').replaceAll('%c', () => (clientId === '' ? '%c' : clientId))
  if (access === 'subscribe' || access === 'unsubscribe') return filled
  const wildcard = filled.search(/[+#]/)
  return wildcard === -1 ? filled : filled.slice(0, wildcard)
}
