import { topicNameFault, type CompiledFilter } from '@shared/mqtt/topic'

/** A level that stands in none of the filters. */
export function unusedLevel(filters: Iterable<CompiledFilter>): string {
  const used = new Set<string>()
  for (const filter of filters) for (const level of filter) used.add(level)
  for (let number = 1; ; number += 1) {
    const level = number === 1 ? 'x' : `x${number}`
    if (!used.has(level)) return level
  }
}

/**
 * Topics that match a filter and as few others as can be: `unused` stands for its wildcards, and `#` for no level up to one more
 * than `mostLevels`, which is what the deepest of those others has. Whatever holds for some topic of the filter and is decided by such
 * filters holds for one of these: a level that no filter names is matched by no more of them than any other.
 */
export function* witnessTopics(filter: CompiledFilter, unused: string, mostLevels: number): Generator<string> {
  const isOpen = filter.at(-1) === '#'
  const levels = (isOpen ? filter.slice(0, -1) : filter).map((level) => (level === '+' ? unused : level))
  const most = isOpen ? Math.max(1, mostLevels + 1 - levels.length) : 0
  for (let more = 0; more <= most; more += 1) {
    const topic = [...levels, ...Array.from({ length: more }, () => unused)].join('/')
    if (topicNameFault(topic) === null) yield topic
  }
}
