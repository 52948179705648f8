import { NO_NODE, type NodeId } from '../topics/node-id'
import { SegmentInlet, type Inlet } from './inlet'
import { KeptValues } from './kept-values'
import type { LastValues } from './last-values'
import { MessageIndex } from './message-index'
import { readMessage, type LoggedMessage } from './read-message'
import { SegmentRing, segmentBytesFor } from './segment-ring'
import { Segments } from './segments'

const LARGEST_PAGE_ENTRIES = 0x1_0000
const SMALLEST_PAGE_ENTRIES = 0x400
/** A small budget has small index pages: at most about a 32nd of it each. */
const BUDGET_BYTES_A_PAGE_ENTRY = 1_024

/** Sizes that otherwise follow from the budget. */
export interface LogSizes {
  readonly segmentBytes?: number
  readonly pageEntries?: number
  readonly mostKeptBytes?: number
}

/**
 * Every message of a connection, in order of arrival, within one budget of bytes: packets as they came, in segments that
 * the network is read into, and an index.
 * Invariants: sequence numbers grow by one; the oldest messages go first, a segment after the other; but the last message
 * of each topic stays, in the ring or in the kept area, so that the topic tree loses no value: only where those alone
 * would be gigabytes do the largest go, then the oldest.
 */
export class MessageLog {
  readonly #segments = new Segments()
  readonly #index: MessageIndex
  readonly #kept: KeptValues
  readonly #ring: SegmentRing
  readonly #fixedSegmentBytes: number | undefined
  #oldest = 1

  constructor(
    budgetBytes: number,
    private readonly values: LastValues,
    sizes: LogSizes = {},
  ) {
    this.#fixedSegmentBytes = sizes.segmentBytes
    this.#index = new MessageIndex(sizes.pageEntries ?? pageEntriesFor(budgetBytes))
    this.#kept = new KeptValues(this.#segments, values, sizes.mostKeptBytes)
    const segmentBytes = sizes.segmentBytes ?? segmentBytesFor(budgetBytes)
    this.#ring = new SegmentRing(this.#segments, this.#index, this.#kept, values, budgetBytes, segmentBytes)
  }

  get budgetBytes(): number {
    return this.#ring.budgetBytes
  }

  /** A smaller budget lets messages go at once: some milliseconds for each segment too many. */
  set budgetBytes(bytes: number) {
    this.#ring.budgetBytes = bytes
    this.#ring.segmentBytes = this.#fixedSegmentBytes ?? segmentBytesFor(bytes)
    this.#ring.shrink()
    this.#segments.dropSpare()
  }

  /** Bytes that hold messages and their index. */
  get bytes(): number {
    return this.#segments.used + this.#index.used
  }

  /** Bytes that are set aside for messages and their index: what the budget is about. */
  get capacity(): number {
    return this.#segments.capacity + this.#segments.spareBytes + this.#index.capacity
  }

  /** The sequence number of the newest message; 0 before the first. */
  get sequence(): number {
    return this.#index.sequence
  }

  /** How many messages were let go to stay within the budget. */
  get evicted(): number {
    return this.#ring.evicted + this.#kept.evicted
  }

  /** The sequence number of the oldest message that is not just kept as a last value; of the one to come when there is none. */
  get oldestSequence(): number {
    this.#oldest = this.#heldFrom(Math.max(this.#oldest, this.#ring.floor))
    return this.#oldest
  }

  /** All messages from this sequence number on are held. */
  get wholeFrom(): number {
    return Math.max(this.#ring.floor, this.#ring.lostBelow)
  }

  /** When that one came, or null. */
  get oldestAtMs(): number | null {
    const oldest = this.oldestSequence
    return oldest > this.sequence ? null : (this.#index.pageOf(oldest)?.receivedAtMs[this.#index.slotOf(oldest)] ?? null)
  }

  /** A way in for one network connection. Several may be open at a time. */
  openInlet(isMqtt5: boolean): Inlet {
    return new SegmentInlet(this.#ring, isMqtt5)
  }

  /**
   * Takes in the PUBLISH packet at that offset of an inlet, as the newest of its topic. Called before {@link LastValues}
   * learn of it, which then must be before anything else is asked of the log.
   * @param previous the sequence number of the topic's message before, 0 for none. @returns its own.
   */
  append(inletSegment: number, offset: number, topic: NodeId, previous: number, atMs: number): number {
    if (this.#index.isPageFull) this.#turnPage()
    if (previous < this.#ring.lostBelow && previous !== 0) this.#supersede(topic, previous)
    return this.#index.add(inletSegment, offset, topic, previous, atMs)
  }

  /** A topic will be forgotten: its last value, where that is all there is of it, need not be kept. Called before the tree forgets it. */
  forget(topic: NodeId): void {
    if (this.values.lastSequence(topic) !== 0) this.#kept.drop(this.values.lastSegment(topic), this.values.lastOffset(topic))
  }

  /**
   * The message with this sequence number, or null when it was let go.
   * @param ofTopic its topic, where that is known: a last value that is just kept is looked for among all topics otherwise
   */
  read(sequence: number, ofTopic?: NodeId): LoggedMessage | null {
    if (!Number.isInteger(sequence) || sequence < 1 || sequence > this.sequence) return null
    const page = this.#index.pageOf(sequence)
    const slot = this.#index.slotOf(sequence)
    const topic = page?.topic[slot] ?? ofTopic ?? this.values.withLast(sequence)
    if (page === undefined || !this.#holds(sequence)) {
      return topic !== NO_NODE && this.values.isLast(topic, sequence) ? this.lastOf(topic) : null
    }
    const segment = this.#segments.at(page.segment[slot] ?? 0)
    if (segment === undefined) return null
    const head = { sequence, topic, receivedAtMs: page.receivedAtMs[slot] ?? 0 }
    return readMessage(segment.bytes, page.offset[slot] ?? 0, segment.isMqtt5, head)
  }

  /** The topic of the message with this sequence number, held or let go a moment ago; NO_NODE when the index has lost it. */
  topicAt(sequence: number): NodeId {
    return this.#index.pageOf(sequence)?.topic[this.#index.slotOf(sequence)] ?? NO_NODE
  }

  /** Whether {@link read} finds the message. */
  has(sequence: number, topic: NodeId): boolean {
    return this.#holds(sequence) || this.values.isLast(topic, sequence)
  }

  /** No message that is not just kept as a last value has a lower sequence number. */
  get floor(): number {
    return this.#ring.floor
  }

  /** The last message of a topic; null for one that never had any, or whose value was too much to keep. */
  lastOf(topic: NodeId): LoggedMessage | null {
    const { values } = this
    const sequence = values.lastSequence(topic)
    const segment = this.#segments.at(values.lastSegment(topic))
    if (sequence === 0 || segment === undefined) return null
    return readMessage(segment.bytes, values.lastOffset(topic), segment.isMqtt5, { sequence, topic, receivedAtMs: values.lastAtMs(topic) })
  }

  /** The next older message of the same topic that is held; 0 for none. A last value that is just kept seldom has one. */
  olderOf(sequence: number): number {
    const { floor } = this.#ring
    let older = this.#index.previousOf(sequence)
    while (older >= floor && !this.#holds(older)) older = this.#index.previousOf(older)
    return older >= floor ? older : 0
  }

  /** The first held message received at or after a time, those just kept as last values aside; the one to come when there is none. */
  firstSequenceAt(ms: number): number {
    return this.#heldFrom(this.#index.firstAt(ms, this.#ring.floor))
  }

  #turnPage(): void {
    this.#ring.makePlace(this.#index.pageBytes)
    this.#index.turnPage()
  }

  /** A newer message of the topic comes: the one before goes if it is just kept as the last value. */
  #supersede(topic: NodeId, previous: number): void {
    if (!this.#holds(previous)) this.forget(topic)
  }

  #heldFrom(sequence: number): number {
    let held = sequence
    while (held <= this.sequence && !this.#holds(held)) held += 1
    return held
  }

  #holds(sequence: number): boolean {
    const segment = this.#index.pageOf(sequence)?.segment[this.#index.slotOf(sequence)]
    return segment !== undefined && this.#segments.holds(segment, sequence)
  }
}

function pageEntriesFor(budgetBytes: number): number {
  const entries = 2 ** Math.floor(Math.log2(Math.max(1, budgetBytes / BUDGET_BYTES_A_PAGE_ENTRY)))
  return Math.min(LARGEST_PAGE_ENTRIES, Math.max(SMALLEST_PAGE_ENTRIES, entries))
}
