import { compileFilter, matchesFilter, type CompiledFilter } from '@shared/mqtt/topic'
import { overlapOf } from './filter-overlap'
import { FilterSet } from './filter-set'
import type { Decision, OrderedRules } from './question'
import { unusedLevel, witnessTopics } from './witness-topics'

/** Most parts a filter is taken apart into, and most lines that are looked at for it. */
export const MAX_PARTS = 500
export const MAX_LINES = 10_000

/** Some of the topics of a filter: those of `filter` that are in no part before it. */
export interface ReachPart {
  readonly filter: string
  readonly decision: Decision
  /** A topic that is in this part. */
  readonly example: string
  /** Whether a part before takes topics out of `filter` that are decided otherwise. */
  readonly hasExceptions: boolean
}

/** What becomes of the topics of a filter. Each is in exactly one part, unless the parts end early. */
export interface FilterReach {
  readonly parts: readonly ReachPart[]
  /** There were more lines or parts than are looked at: topics that match no part are not known about. */
  readonly isCut: boolean
}

/** Which parts of a valid filter a client may read, by the lines that apply to it; a shared subscription's by the filter in it. */
export function reachOf(filter: string, { rules, otherwise }: OrderedRules): FilterReach {
  const wanted = compileFilter(filter)
  const unused = unusedLevel([wanted, ...rules.map((rule) => rule.filter)])
  const before = new FilterSet()
  const parts: (ReachPart & { readonly levels: CompiledFilter })[] = []

  function take(levels: CompiledFilter, decide: (topic: string) => Decision): void {
    for (const example of witnessTopics(levels, unused, before.mostLevels)) {
      if (before.matches(example.split('/'))) continue
      const decision = decide(example)
      const hasExceptions = parts.some((part) => part.decision.allowed !== decision.allowed && overlapOf(part.levels, levels) !== null)
      parts.push({ filter: levels.join('/'), levels, decision, example, hasExceptions })
      return
    }
  }

  const reach = (isCut: boolean): FilterReach => ({ parts: parts.map(({ filter: part, decision, example, hasExceptions }) => ({ filter: part, decision, example, hasExceptions })), isCut })
  // No line is about those: they are told by their first bytes.
  const lines = wanted[0]?.startsWith('$share') === true ? [] : rules
  for (const [index, rule] of lines.entries()) {
    if (index === MAX_LINES || parts.length === MAX_PARTS) return reach(true)
    const levels = overlapOf(wanted, rule.filter)
    if (levels === null) continue
    take(levels, () => rule.decision)
    before.add(rule.filter)
  }
  take(wanted, otherwise)
  return reach(false)
}

/** The part that a topic is in; undefined: it does not match the filter, or the parts ended early. */
export function partOf({ parts }: FilterReach, topic: string): ReachPart | undefined {
  const levels = topic.split('/')
  return parts.find(({ filter }) => matchesFilter(filter.split('/'), levels))
}
