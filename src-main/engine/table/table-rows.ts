import type { RowFilter } from '@shared/table/row-filter'
import type { MessageLog } from '../history/message-log'
import { FilterMatcher } from '../search/filter-matcher'
import { NO_NODE, ROOT, type NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import { ArrivalRows } from './arrival-rows'
import { RowMatcher } from './row-matcher'

/** Most messages of its topics that a table looks at, the newest ones, and most rows it has. */
export const MOST_TABLE_MESSAGES = 1_000_000
const ENTRIES_BETWEEN_LOOKS = 256
const BYTES_BETWEEN_LOOKS = 64 << 10

/**
 * The messages on some topics that pass a filter, as they came. It is told how far to go ({@link reach}) and works in slices:
 * first the messages that are there, from new to old, then the last values that are all the log holds of their topics; and
 * forward what comes. Beyond its end it only counts.
 */
export class TableRows {
  readonly rows = new ArrivalRows()
  readonly #scope: FilterMatcher
  readonly #matcher: RowMatcher
  /** For each node: 0 unknown, 1 not one of its topics, 2 one of them. */
  #inScope = new Uint8Array(1_024)
  #removedTopics: number
  /** Everything from #back to before #ahead has been looked at. */
  #back: number
  #ahead: number
  #end: number
  #looked = 0
  #bytesRead = 0
  #newer = 0
  #newestBeyond = 0
  /** Where the search for last values is, and what it found; null: still to begin. */
  #values: { next: NodeId; isSorted: boolean; readonly found: { readonly sequence: number; readonly topic: NodeId }[] } | null = null
  #valuesDone = false
  /** Whether older messages were not looked at, because of the limit. */
  #isCut = false
  /** Grows whenever rows come or go other than at the beginning or the end. */
  version = 0

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    topics: string,
    filter: RowFilter,
    nowMs: number,
    end: number,
    private readonly most = MOST_TABLE_MESSAGES,
  ) {
    this.#scope = new FilterMatcher(topics)
    this.#matcher = new RowMatcher(filter, tree, nowMs)
    this.#removedTopics = tree.removedTopics
    this.#end = end
    this.#ahead = Math.min(end, log.sequence) + 1
    this.#back = this.#ahead
  }

  /** Messages of its topics looked at up to its end. */
  get looked(): number {
    return this.#looked
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** Whether the filter asks for a field that was not looked for in some of the payloads. */
  get hasUnread(): boolean {
    return this.#matcher.hasUnread
  }

  /** Messages beyond its end that would be rows. */
  get newer(): number {
    return this.#newer
  }

  /** The number of the newest message that is a row, or would be one; 0: there is none. */
  get newest(): number {
    return Math.max(this.#newestBeyond, this.rows.sequenceAt(0))
  }

  /** Whether all that came before it was opened has been looked at. */
  get isComplete(): boolean {
    return this.#valuesDone
  }

  /** Whether {@link step} has something to do. */
  get isBusy(): boolean {
    return !this.#valuesDone || this.#ahead <= this.log.sequence
  }

  /** How far back it has come, of what the log holds: 0 to 1. */
  get progress(): number {
    const all = this.log.sequence - this.log.floor + 1
    return this.#valuesDone || all <= 0 ? 1 : Math.min(1, Math.max(0, (this.log.sequence - this.#back + 1) / all))
  }

  /** The number of the last message that may be a row, from now on. */
  reach(end: number): void {
    if (end === this.#end) return
    this.rows.dropAfter(end)
    const ahead = Math.min(this.#ahead, Math.min(end, this.#end) + 1)
    for (let sequence = ahead; sequence < this.#ahead && sequence <= this.#end; sequence += 1) {
      if (this.#isInScope(this.log.topicAt(sequence))) this.#looked -= 1
    }
    this.#ahead = ahead
    this.#back = Math.min(this.#back, ahead)
    this.#newer = 0
    this.#newestBeyond = 0
    this.#end = end
  }

  /** Lets go of the rows whose messages the log has let go. */
  prune(): void {
    const { log, rows } = this
    const before = rows.length
    rows.siftBelow(log.wholeFrom, (sequence, topic) => log.has(sequence, topic))
    if (rows.length !== before) this.version += 1
  }

  /** Looks at messages until `performance.now()` passes `untilMs`. */
  step(untilMs: number): void {
    if (this.tree.removedTopics !== this.#removedTopics) {
      // Ids of topics that are gone may come to stand for others.
      this.#inScope.fill(0)
      this.#removedTopics = this.tree.removedTopics
    }
    while (this.isBusy && performance.now() < untilMs) {
      this.#bytesRead = 0
      for (let count = 0; count < ENTRIES_BETWEEN_LOOKS && this.#bytesRead < BYTES_BETWEEN_LOOKS && this.isBusy; count += 1) this.#lookOn()
    }
  }

  #lookOn(): void {
    if (this.#ahead <= this.log.sequence) this.#lookAhead()
    else if (this.#back > this.log.floor && this.#looked < this.most) this.#lookBack()
    else this.#lookForValues()
  }

  #lookAhead(): void {
    const sequence = this.#ahead
    this.#ahead += 1
    const topic = this.log.topicAt(sequence)
    if (!this.#isInScope(topic)) return
    const isBeyond = sequence > this.#end
    if (!isBeyond) this.#looked += 1
    if (!this.#passes(sequence, topic)) return
    if (!isBeyond) return this.#addNewest(sequence, topic)
    this.#newer += 1
    this.#newestBeyond = sequence
  }

  #addNewest(sequence: number, topic: NodeId): void {
    this.rows.addNewest(sequence, topic)
    if (this.rows.length <= this.most) return
    this.rows.keepNewest(this.most)
    this.#isCut = true
  }

  #lookBack(): void {
    this.#back -= 1
    const topic = this.log.topicAt(this.#back)
    if (!this.#isInScope(topic) || !this.log.has(this.#back, topic)) return
    this.#looked += 1
    if (this.#passes(this.#back, topic)) this.rows.addOldest(this.#back, topic)
  }

  /** Topics of which the log holds nothing but the last value. */
  #lookForValues(): void {
    if (this.#looked >= this.most) {
      this.#isCut ||= this.#back > this.log.floor || (this.#values?.found.length ?? 0) > 0
      this.#valuesDone = true
      return
    }
    this.#values ??= { next: ROOT + 1, isSorted: false, found: [] }
    const { tree } = this
    if (this.#values.isSorted) return this.#takeNextValue(this.#values.found)
    const topic = this.#values.next
    this.#values.next += 1
    if (topic < tree.idLimit) {
      const sequence = tree.lastSequence(topic)
      if (sequence !== 0 && sequence < this.#back && this.#isInScope(topic)) this.#values.found.push({ sequence, topic })
      return
    }
    this.#values.found.sort((a, b) => a.sequence - b.sequence)
    this.#values.isSorted = true
  }

  #takeNextValue(found: { readonly sequence: number; readonly topic: NodeId }[]): void {
    const newest = found.pop()
    if (newest === undefined) {
      this.#valuesDone = true
      return
    }
    const { sequence, topic } = newest
    // A newer message may have come meanwhile.
    if (!this.log.has(sequence, topic)) return
    this.#looked += 1
    if (this.#passes(sequence, topic)) this.rows.addOldest(sequence, topic)
  }

  #passes(sequence: number, topic: NodeId): boolean {
    if (this.#matcher.isOpen) return true
    const message = this.log.read(sequence, topic)
    if (message === null) return false
    this.#bytesRead += message.payload.byteLength
    return this.#matcher.matches(message)
  }

  #isInScope(topic: NodeId): boolean {
    if (topic === NO_NODE) return false
    if (topic >= this.#inScope.length) {
      const grown = new Uint8Array(Math.max(topic + 1, this.#inScope.length * 2))
      grown.set(this.#inScope)
      this.#inScope = grown
    }
    if (this.#inScope[topic] === 0) {
      const { bytes, start, end } = this.tree.pathIn(topic)
      this.#inScope[topic] = this.#scope.matches(bytes, start, end) ? 2 : 1
    }
    return this.#inScope[topic] === 2
  }
}
