import type { SegmentRing } from './segment-ring'
import type { Segment } from './segments'

/** Where a network connection's bytes come in. Those not dealt with are contiguous: [start, end) of `bytes`. */
export interface Inlet {
  /** The whole current segment; another one after {@link room} has moved. */
  readonly bytes: Uint8Array
  /** The current segment's id. */
  readonly segment: number
  readonly start: number
  readonly end: number
  /** Where the next bytes go: at least 64 KiB (a 32nd of a segment, when that is less) but for the end of a large packet. Called before each read; may move [start, end) elsewhere. */
  room(): Uint8Array
  /** So many bytes of {@link room} have come. */
  filled(count: number): void
  /** The bytes before `to` are dealt with. */
  consume(to: number): void
  /** The packet that begins at `start` is that long in all; 0 for not known. */
  expect(totalBytes: number): void
  /** The network is closed. What comes all the same goes nowhere. */
  close(): void
}

const MOST_ROOM_BYTES = 512 << 10
const LEAST_ROOM_BYTES = 64 << 10
const LARGEST_REGULAR_PACKET_BYTES = 1 << 20
const FIRST_JUMBO_BYTES = 256 << 10

const NO_BYTES: Uint8Array = new Uint8Array()

/**
 * The inlet into the segments of the log.
 * Invariants: it alone writes to its segments, a regular one and, while a packet too large for that arrives, a jumbo;
 * room is given before `end` of no other; bytes that hold no message are given back before the next read.
 */
export class SegmentInlet implements Inlet {
  /** The current segment, and its block. */
  #segment: Segment | null = null
  #bytes = NO_BYTES
  #start = 0
  #end = 0
  #expected = 0
  /** Where the bytes begin that came since {@link room} was last asked, and the newest message then. */
  #mark = 0
  #markSequence = 0
  /** The regular segment that waits while a jumbo is filled. Its free room begins at its `used`. */
  #waiting: Segment | null = null
  #isClosed = false

  constructor(
    private readonly ring: SegmentRing,
    private readonly isMqtt5: boolean,
  ) {}

  get bytes(): Uint8Array {
    return this.#bytes
  }

  get segment(): number {
    return this.#segment?.id ?? 0
  }

  get start(): number {
    return this.#start
  }

  get end(): number {
    return this.#end
  }

  consume(to: number): void {
    this.#start = to
    this.#expected = 0
  }

  expect(totalBytes: number): void {
    this.#expected = totalBytes
  }

  filled(count: number): void {
    if (this.#segment === null) return
    const share = count / (this.#bytes.length - this.#end)
    this.#end += count
    this.#segment.used = this.#end
    this.ring.keepPace(this.#segment.isJumbo ? 0 : share)
  }

  room(): Uint8Array {
    if (this.#isClosed) return new Uint8Array(LEAST_ROOM_BYTES)
    let segment = this.#segment
    if (segment?.isJumbo === true && this.#start > 0) segment = this.#leaveJumbo(segment)
    segment ??= this.#enter(this.ring.open(this.isMqtt5))
    if (!segment.isJumbo) segment = this.#roomIn(segment)
    else if (this.#end === segment.bytes.length) this.#growJumbo(segment)
    return this.#bytes.subarray(this.#end, this.#end + MOST_ROOM_BYTES)
  }

  close(): void {
    this.#isClosed = true
    const segment = this.#segment
    if (segment === null) return
    // Messages of the last chunk may not be consumed yet, when a packet after them ended the connection.
    segment.used = this.ring.sequence === this.#markSequence ? this.#mark : this.#end
    if (segment.isJumbo) this.ring.leave(segment)
    else this.ring.leaveOpen(segment)
    if (this.#waiting !== null) this.ring.leaveOpen(this.#waiting)
    this.#segment = null
    this.#waiting = null
    this.#bytes = NO_BYTES
    this.#start = 0
    this.#end = 0
  }

  /** Goes on at the end of what a segment holds. */
  #enter(segment: Segment): Segment {
    this.#segment = segment
    this.#bytes = segment.bytes
    this.#start = segment.used
    this.#end = segment.used
    this.#setMark()
    return segment
  }

  #setMark(): void {
    this.#mark = this.#start
    this.#markSequence = this.ring.sequence
  }

  #roomIn(segment: Segment): Segment {
    this.#giveBack(segment)
    const { segmentBytes } = this.ring
    if (this.#expected > Math.min(LARGEST_REGULAR_PACKET_BYTES, segmentBytes / 2)) return this.#enterJumbo(segment)
    const { length } = segment.bytes
    const leastRoom = Math.min(LEAST_ROOM_BYTES, segmentBytes / 32)
    if (length - this.#end >= leastRoom && this.#start + this.#expected <= length) return segment
    const next = this.#carryTo(this.ring.add(this.isMqtt5, segmentBytes, false), segment)
    this.ring.leave(segment)
    return next
  }

  /** What came since the last read holds no message: only acknowledgements and the like, read long since. */
  #giveBack(segment: Segment): void {
    if (this.ring.sequence === this.#markSequence && this.#start > this.#mark) {
      segment.bytes.copyWithin(this.#mark, this.#start, this.#end)
      this.#end -= this.#start - this.#mark
      this.#start = this.#mark
      segment.used = this.#end
    }
    this.#setMark()
  }

  #carryTo(next: Segment, from: Segment): Segment {
    const begun = from.bytes.subarray(this.#start, this.#end)
    next.bytes.set(begun)
    from.used = this.#start
    this.#enter(next)
    this.#end = begun.length
    next.used = begun.length
    return next
  }

  #enterJumbo(segment: Segment): Segment {
    const capacity = Math.min(this.#expected, Math.max(FIRST_JUMBO_BYTES, 2 * (this.#end - this.#start)))
    this.#waiting = segment
    return this.#carryTo(this.ring.add(this.isMqtt5, capacity, true), segment)
  }

  /** By doubling, never to the declared length at once: a peer that declares much must also send it. */
  #growJumbo(segment: Segment): void {
    this.ring.grow(segment, Math.min(this.#expected, 2 * segment.bytes.length))
    this.#bytes = segment.bytes
  }

  /** Its packet was dealt with: back to the regular segment. */
  #leaveJumbo(jumbo: Segment): Segment {
    this.ring.leave(jumbo)
    const regular = this.#waiting ?? this.ring.open(this.isMqtt5)
    this.#waiting = null
    return this.#enter(regular)
  }
}
