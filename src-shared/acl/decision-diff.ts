import { compileFilter, topicNameFault, type CompiledFilter } from '@shared/mqtt/topic'
import { overlapOf } from './filter-overlap'
import type { PatternClient } from './pattern'
import type { AccessPolicy, Decision } from './question'
import { unusedLevel, witnessTopics } from './witness-topics'

/** Topics whose decision changed for the same reasons. */
export interface DecisionChange {
  readonly client: PatternClient
  readonly access: 'read' | 'write'
  readonly before: Decision
  readonly after: Decision
  /** How many of the topics that were seen or typed, and the first of them, or else topics made from the files' filters. */
  readonly topics: number
  readonly examples: readonly string[]
}

export interface DecisionDiff {
  readonly changes: readonly DecisionChange[]
  /** Topics that were looked at for each client, and topics made from filters, for all clients. */
  readonly seenTopics: number
  readonly madeTopics: number
  /** Whether no difference can have been missed, whatever the topic. */
  readonly isWhole: boolean
}

/** Most pairs of lines that are laid over each other for a client, and most topics made for it. */
const MAX_PAIRS = 200_000
const MAX_MADE_TOPICS = 50_000
const MAX_EXAMPLES = 5
const QUESTIONS_A_STEP = 128

/** Bridges may write there, whatever else is denied. */
const BRIDGE_STATE = compileFilter('$SYS/broker/connection/+/state')

/**
 * Topics among which there is one for each difference between two files, for a client: a topic is decided by one line of either, so
 * one that matches both, and else as little as can be, is decided as it is. Null: they would be too many.
 */
export function topicsOfDifferences(sides: readonly [AccessPolicy, AccessPolicy], client: PatternClient, access: 'read' | 'write'): readonly string[] | null {
  const [before, after] = sides.map((policy) => policy.ordered(client, access).rules.map(({ filter }) => filter))
  if (before === undefined || after === undefined || before.length * after.length > MAX_PAIRS) return null
  const unused = unusedLevel([BRIDGE_STATE, ...before, ...after])
  // Where no line is about a topic, its first level may still matter.
  const overlaps: CompiledFilter[] = [['#'], [`$${unused}`, '#'], ['$SYS', '#'], ['$CONTROL', '#'], ...before, ...after]
  for (const one of before) {
    for (const other of after) {
      const both = overlapOf(one, other)
      if (both !== null) overlaps.push(both)
    }
  }
  const filters = new Map<string, CompiledFilter>()
  for (const filter of overlaps) {
    const bridged = overlapOf(filter, BRIDGE_STATE)
    for (const found of bridged === null ? [filter] : [filter, bridged]) filters.set(found.join('/'), found)
  }
  const mostLevels = Math.max(0, ...[...before, ...after].map((filter) => filter.length))
  const topics = new Set<string>()
  for (const filter of filters.values()) {
    for (const topic of witnessTopics(filter, unused, mostLevels)) topics.add(topic)
    if (topics.size > MAX_MADE_TOPICS) return null
  }
  return [...topics]
}

/** What the second file decides otherwise than the first, in steps; each yields how many of the clients are done. */
export function* diffDecisions(
  sides: readonly [AccessPolicy, AccessPolicy],
  clients: readonly PatternClient[],
  seen: readonly string[],
): Generator<number, DecisionDiff> {
  const [before, after] = sides
  const changes = new Map<string, Mutable>()
  const names = seen.filter((topic) => topicNameFault(topic) === null)
  let madeTopics = 0
  let isWhole = true
  let asked = 0

  function compare(client: PatternClient, access: 'read' | 'write', topic: string, isSeen: boolean): void {
    const question = { ...client, access, topic }
    const was = before.decide(question)
    const is = after.decide(question)
    if (was.allowed === is.allowed) return
    const key = JSON.stringify([client.username, client.clientId, access, was.cause, is.cause])
    let change = changes.get(key)
    if (change === undefined) changes.set(key, (change = { client, access, before: was, after: is, topics: 0, examples: [] }))
    if (isSeen) change.topics += 1
    if (change.examples.length < MAX_EXAMPLES) change.examples.push(topic)
  }

  for (const [index, client] of clients.entries()) {
    for (const access of ['read', 'write'] as const) {
      const made = topicsOfDifferences(sides, client, access)
      if (made === null) isWhole = false
      madeTopics += made?.length ?? 0
      const seenNames = new Set(names)
      for (const topic of new Set([...names, ...(made ?? [])])) {
        compare(client, access, topic, seenNames.has(topic))
        asked += 1
        if (asked % QUESTIONS_A_STEP === 0) yield index / clients.length
      }
    }
    yield (index + 1) / clients.length
  }
  return { changes: [...changes.values()], seenTopics: names.length, madeTopics, isWhole }
}

type Mutable = { -readonly [Key in keyof DecisionChange]: Key extends 'examples' ? string[] : DecisionChange[Key] }
