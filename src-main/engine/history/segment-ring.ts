import type { KeptValues } from './kept-values'
import type { LastValues } from './last-values'
import type { IndexPage, MessageIndex } from './message-index'
import type { Segment, Segments } from './segments'

const SEGMENTS_A_BUDGET = 16
const SMALLEST_SEGMENT_BYTES = 64 << 10
const LARGEST_SEGMENT_BYTES = 8 << 20
/** Most entries looked at in one step, so that a segment of tiny packets does not hold up the engine. */
const STEP_ENTRIES = 0x1_0000
/** Where a step frees next to nothing, because all is last values, the ones to come make up for it. */
const STEPS_AT_ONCE = 3

/** The size of regular segments that suits a budget. */
export function segmentBytesFor(budgetBytes: number): number {
  const rounded = Math.floor(budgetBytes / SEGMENTS_A_BUDGET / SMALLEST_SEGMENT_BYTES) * SMALLEST_SEGMENT_BYTES
  return Math.min(LARGEST_SEGMENT_BYTES, Math.max(SMALLEST_SEGMENT_BYTES, rounded))
}

/**
 * The segments that network connections fill, and who has to go when the budget is used up.
 * Invariants: a segment is *held* by one inlet, or *left* and in the queue, oldest first. Only left ones are freed, from
 * the front; with each of them the held ones lose their messages of that age, so that the messages of the ring are, but
 * for a few, the newest ones. All segments and the index are within the budget (a chunk or two later, after a jump), unless
 * the last values need more, or two regular segments do: so much the ring always has.
 */
export class SegmentRing {
  readonly #held = new Set<Segment>()
  readonly #left: Segment[] = []
  /** Left with free room at their end when their connection closed: the next one of the version goes on there. */
  readonly #tails: [Segment | null, Segment | null] = [null, null]
  /** Bytes of its segments. */
  #capacity = 0
  #floor = 1
  #lostBelow = 0
  #evicted = 0

  constructor(
    private readonly segments: Segments,
    private readonly index: MessageIndex,
    private readonly kept: KeptValues,
    private readonly values: LastValues,
    public budgetBytes: number,
    public segmentBytes: number,
  ) {}

  /** The number of the newest message of the log. */
  get sequence(): number {
    return this.index.sequence
  }

  /** No message of the ring has a lower sequence number. */
  get floor(): number {
    return this.#floor
  }

  /** All messages from this sequence number on are in the ring. */
  get lostBelow(): number {
    return this.#lostBelow
  }

  /** Messages let go that were not their topic's last one. */
  get evicted(): number {
    return this.#evicted
  }

  /** A segment for an inlet that opens: the rest of one that was left, or a new one. The inlet writes from its `used` on. */
  open(isMqtt5: boolean): Segment {
    const tail = this.#tails[isMqtt5 ? 1 : 0]
    if (tail === null) return this.add(isMqtt5, this.segmentBytes, false)
    this.#tails[isMqtt5 ? 1 : 0] = null
    this.#left.splice(this.#left.indexOf(tail), 1)
    tail.lastSequence = Infinity
    this.#held.add(tail)
    return tail
  }

  add(isMqtt5: boolean, capacity: number, isJumbo: boolean): Segment {
    this.makePlace(capacity)
    const segment = this.segments.allocate(capacity, isMqtt5, isJumbo, this.sequence + 1)
    this.#capacity += capacity
    this.#held.add(segment)
    return segment
  }

  grow(segment: Segment, capacity: number): void {
    const added = capacity - segment.bytes.length
    this.makePlace(added)
    this.segments.grow(segment, capacity)
    this.#capacity += added
  }

  /** Its inlet has done with a segment. */
  leave(segment: Segment): void {
    this.#held.delete(segment)
    segment.lastSequence = this.sequence
    if (segment.lastSequence < segment.firstSequence) this.#free(segment)
    else this.#left.push(segment)
  }

  /** The same as the connection closes: what is free at its end may be filled by the next one. */
  leaveOpen(segment: Segment): void {
    this.leave(segment)
    if (segment.lastSequence >= segment.firstSequence) this.#tails[segment.isMqtt5 ? 1 : 0] = segment
  }

  /** Lets the oldest messages go until all is within the budget, or the ring is at its least. */
  shrink(): void {
    while (this.#isShortOf(0) && this.#letGo(STEP_ENTRIES));
  }

  /** Lets the oldest messages go so that so many bytes more are within the budget, or will be soon. */
  makePlace(bytes: number): void {
    for (let step = 0; step < STEPS_AT_ONCE && this.#isShortOf(bytes); step += 1) this.#letGo(STEP_ENTRIES)
  }

  /**
   * Done with each chunk: lets a share of the oldest segment's messages go if the next segment will need its place,
   * which spares the engine one long stop a segment; and makes up for what {@link makePlace} left.
   */
  keepPace(share: number): void {
    if (!this.#isShortOf(this.segmentBytes)) return
    const oldest = this.#left[0]
    if (this.#isShortOf(0)) this.#letGo(STEP_ENTRIES)
    else if (oldest !== undefined && !oldest.isJumbo) this.#letGo(Math.ceil((oldest.lastSequence - oldest.firstSequence) * share))
    this.kept.tidy(this.segmentBytes)
  }

  #isShortOf(bytes: number): boolean {
    const needed = this.segments.capacity + this.index.capacity + bytes
    return needed > this.budgetBytes && this.#capacity + bytes > 2 * this.segmentBytes
  }

  /** Lets the oldest segment's next messages go, and with the last of them the segment. @returns false if all are held. */
  #letGo(entries: number): boolean {
    const oldest = this.#left[0]
    if (oldest === undefined) return false
    const end = oldest.lastSequence + 1
    const below = Math.min(end, oldest.firstSequence + entries)
    const isKept = this.#drop(oldest, below)
    for (const held of this.#held) if (!held.isJumbo && held.firstSequence < below) this.#drop(held, below)
    this.#lostBelow = Math.max(this.#lostBelow, below)
    if (isKept || below === end) this.#retire(oldest, isKept)
    this.#raiseFloor()
    return true
  }

  /** Lets the messages of a segment below a sequence number go. @returns whether the segment itself holds a last value now. */
  #drop(segment: Segment, below: number): boolean {
    let from = segment.firstSequence
    while (from < below) {
      const slot = this.index.slotOf(from)
      const to = Math.min(below, from + this.index.pageEntries - slot)
      const page = this.index.pageOf(from)
      if (page !== undefined && this.#dropFrom(page, slot, segment, from, to)) {
        segment.firstSequence = Infinity
        return true
      }
      from = to
    }
    segment.firstSequence = below
    return false
  }

  /** The same for the messages [from, to) of one page. */
  #dropFrom(page: IndexPage, firstSlot: number, segment: Segment, from: number, to: number): boolean {
    const { values, kept, segmentBytes } = this
    const { id } = segment
    let evicted = 0
    for (let sequence = from, slot = firstSlot; sequence < to; sequence += 1, slot += 1) {
      if (page.segment[slot] !== id) continue
      const topic = page.topic[slot] ?? 0
      if (!values.isLast(topic, sequence)) {
        values.evicted(topic)
        evicted += 1
      } else if (kept.keep(topic, segment, page.offset[slot] ?? 0, segmentBytes)) return true
    }
    this.#evicted += evicted
    return false
  }

  #retire(segment: Segment, isKept: boolean): void {
    this.#left.shift()
    this.#tails.forEach((tail, version) => {
      if (tail === segment) this.#tails[version] = null
    })
    if (isKept) this.#capacity -= segment.bytes.length
    else this.#free(segment)
    this.kept.tidy(this.segmentBytes)
  }

  #free(segment: Segment): void {
    this.#capacity -= segment.bytes.length
    this.segments.free(segment)
  }

  #raiseFloor(): void {
    let floor = this.sequence + 1
    for (const { firstSequence } of this.#left) floor = Math.min(floor, firstSequence)
    for (const { firstSequence } of this.#held) floor = Math.min(floor, firstSequence)
    this.#floor = floor
    this.index.freeBelow(floor)
  }
}
