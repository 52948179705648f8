import { MAX_SEARCH_LENGTH } from '@shared/search/search'
import type { FieldValues } from '@shared/payload/field-value'
import type { RowFilter } from '@shared/table/row-filter'
import { FieldQueue } from '../fields/field-queue'
import type { FieldReader } from '../fields/field-reader'
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

const NO_VALUES: FieldValues = []

/** A message on its way to being a row. */
interface Candidate {
  readonly sequence: number
  readonly topic: NodeId
  /** Whether it passes all of the filter but what that asks of fields. */
  readonly passes: boolean
}

/**
 * The messages on some topics that pass a filter, as they came. It is told how far to go ({@link reach}) and works in slices:
 * first the messages that are there, from new to old, then the last values that are all the log holds of their topics; and
 * forward what comes. Beyond its end it only counts.
 */
export class TableRows {
  readonly rows = new ArrivalRows()
  /** Messages that the filter asks for fields of, and that could not be looked into. */
  readonly #unread = new ArrivalRows()
  /** New messages, and older ones: what comes need not wait for what is looked up. */
  readonly #coming: FieldQueue<Candidate>
  readonly #older: FieldQueue<Candidate>
  readonly #scope: FilterMatcher
  readonly #matcher: RowMatcher
  /** For each node: 0 unknown, 1 not one of its topics, 2 one of them. */
  #inScope = new Uint8Array(1_024)
  #removedTopics: number
  /** Everything from #back to before #ahead has been looked at. */
  #back: number
  #ahead: number
  /** What came before this is looked at from new to old. */
  #backFrom: number
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
    fields: FieldReader,
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
    this.#back = this.#backFrom = this.#ahead
    this.#coming = new FieldQueue(fields, MAX_SEARCH_LENGTH, (candidate, values) => this.#settleNew(candidate, values))
    this.#older = new FieldQueue(fields, MAX_SEARCH_LENGTH, (candidate, values) => this.#settleOld(candidate, values))
  }

  /** Messages of its topics looked at up to its end. */
  get looked(): number {
    return this.#looked
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** Of them, those that the filter asks for fields of and that could not be looked into. */
  get unread(): number {
    return this.#unread.length
  }

  /** Whether its filter asks for fields. */
  get asksForFields(): boolean {
    return this.#matcher.paths.length > 0
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
    return this.#valuesDone && this.#older.length === 0
  }

  /** Whether {@link step} has something to do now. */
  get isBusy(): boolean {
    return this.#canLookAhead || this.#canLookBack
  }

  get #canLookAhead(): boolean {
    return this.#ahead <= this.log.sequence && !this.#coming.isWaiting
  }

  get #canLookBack(): boolean {
    return !this.#valuesDone && !this.#older.isWaiting
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
    this.#unread.dropAfter(end)
    // What is not settled is looked at again.
    this.#ahead = this.#coming.drop()[0]?.sequence ?? this.#ahead
    const ahead = Math.min(this.#ahead, Math.min(end, this.#end) + 1)
    for (let sequence = ahead; sequence < this.#ahead && sequence <= this.#end; sequence += 1) {
      if (this.#isInScope(this.log.topicAt(sequence))) this.#looked -= 1
    }
    this.#ahead = ahead
    this.#back = Math.min(this.#back, ahead)
    this.#backFrom = Math.min(this.#backFrom, ahead)
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
    if (this.#ahead > this.log.sequence) this.#coming.handOver()
    if (this.#valuesDone) this.#older.handOver()
  }

  #lookOn(): void {
    if (this.#canLookAhead) this.#lookAhead()
    else if (this.#back > this.log.floor && this.#found < this.most) this.#lookBack()
    else this.#lookForValues()
  }

  /** Messages looked at, and those that wait for their fields. */
  get #found(): number {
    return this.#looked + this.#older.length
  }

  #lookAhead(): void {
    const sequence = this.#ahead
    this.#ahead += 1
    const topic = this.log.topicAt(sequence)
    if (this.#isInScope(topic)) this.#consider(sequence, topic, this.#coming)
  }

  #settleNew({ sequence, topic, passes }: Candidate, values: FieldValues): void {
    const isBeyond = sequence > this.#end
    if (!isBeyond) {
      this.#looked += 1
      if (values === null) this.#unread.addNewest(sequence, topic)
      this.#unread.keepNewest(this.most)
    }
    if (!passes || !this.#matcher.fieldsPass(values) || !this.log.has(sequence, topic)) return
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
    this.#consider(this.#back, topic, this.#older)
  }

  #settleOld({ sequence, topic, passes }: Candidate, values: FieldValues): void {
    // Those are looked at from old to new by now.
    if (sequence >= this.#backFrom) return
    this.#looked += 1
    if (values === null) this.#unread.addOldest(sequence, topic)
    if (passes && this.#matcher.fieldsPass(values) && this.log.has(sequence, topic)) this.rows.addOldest(sequence, topic)
  }

  /** Topics of which the log holds nothing but the last value. */
  #lookForValues(): void {
    if (this.#found >= this.most) {
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
    if (this.log.has(sequence, topic)) this.#consider(sequence, topic, this.#older)
  }

  /** Asks the filter about a message, which takes its turn after those that wait for their fields. */
  #consider(sequence: number, topic: NodeId, queue: FieldQueue<Candidate>): void {
    if (this.#matcher.isOpen) return queue.addKnown({ sequence, topic, passes: true }, NO_VALUES)
    const message = this.log.read(sequence, topic)
    this.#bytesRead += message?.payload.byteLength ?? 0
    const passes = message !== null && this.#matcher.passesButFields(message)
    if (!passes || this.#matcher.paths.length === 0) queue.addKnown({ sequence, topic, passes }, NO_VALUES)
    else queue.add(message, this.#matcher.paths, { sequence, topic, passes })
    if (queue.isFull) queue.handOver()
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
