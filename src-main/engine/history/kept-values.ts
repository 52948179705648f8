import { NO_NODE, type NodeId } from '../topics/node-id'
import type { LastValues } from './last-values'
import { packetEnd } from './read-message'
import type { Segment, Segments } from './segments'

/** Before each packet: its topic, and its length; NO_NODE as topic once it is no last value any more. */
const RECORD_HEAD_BYTES = 8
const LARGEST_BLOCK_BYTES = 8 << 20
/** A jumbo above this is kept as it is, not copied. */
const LARGEST_COPY_BYTES = 1 << 20
/** Most bytes of all values kept: somebody hostile could send one of 64 MB on each of a million topics. */
const MOST_BYTES = 2 * 2 ** 30

interface KeptSegment {
  readonly segment: Segment
  readonly view: DataView
  liveBytes: number
}

/**
 * The last values of topics whose segment was recycled.
 * Invariants: records are whole and follow one another from offset 0; a record is live as long as the tree says it lies
 * there; segments without a live record are freed at once, and {@link tidy} keeps the others at least half live, about.
 */
export class KeptValues {
  readonly #kept = new Map<number, KeptSegment>()
  /** The ids of segments that are one packet, as it came in, and its topic. */
  readonly #jumbos = new Map<number, NodeId>()
  /** Where the next record goes, for MQTT 3.1.1 and 5.0. */
  readonly #open: [KeptSegment | null, KeptSegment | null] = [null, null]
  #capacity = 0
  #deadBytes = 0
  #evicted = 0

  constructor(
    private readonly segments: Segments,
    private readonly values: LastValues,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /** Bytes of all its segments. */
  get capacity(): number {
    return this.#capacity
  }

  /** Values let go, because a newer one came, the topic was forgotten, or all together were too much. */
  get evicted(): number {
    return this.#evicted
  }

  /** Keeps the last value that lies at that place of a segment about to go. @returns whether the segment itself is kept now. */
  keep(topic: NodeId, { id, isMqtt5, isJumbo, bytes }: Segment, offset: number, blockBytes: number): boolean {
    if (isJumbo && bytes.length > LARGEST_COPY_BYTES) {
      this.#jumbos.set(id, topic)
      this.#capacity += bytes.length
      this.values.moved(topic, id, offset)
      this.#limit()
      return true
    }
    this.#copy(topic, bytes, offset, packetEnd(bytes, offset), isMqtt5, blockBytes)
    this.#limit()
    return false
  }

  /** Lets go of the last value at that place. @returns false if none is kept there. */
  drop(segmentId: number, offset: number): boolean {
    const jumbo = this.segments.at(segmentId)
    if (jumbo !== undefined && this.#jumbos.delete(segmentId)) {
      this.#free(jumbo)
      this.#evicted += 1
      return true
    }
    const kept = this.#kept.get(segmentId)
    if (kept === undefined) return false
    const at = offset - RECORD_HEAD_BYTES
    const bytes = RECORD_HEAD_BYTES + kept.view.getUint32(at + 4)
    kept.view.setUint32(at, NO_NODE)
    kept.liveBytes -= bytes
    this.#deadBytes += bytes
    this.#evicted += 1
    if (kept.liveBytes === 0) this.#discard(kept)
    return true
  }

  /** Moves the live records out of the segment with the most dead bytes, if they are worth it: one segment at the most. */
  tidy(blockBytes: number): void {
    if (this.#deadBytes <= 2 * blockBytes + this.#capacity / 4) return
    let worst: KeptSegment | null = null
    let mostDead = 0
    for (const kept of this.#kept.values()) {
      const dead = kept.segment.used - kept.liveBytes
      if (dead <= mostDead || this.#open.includes(kept)) continue
      worst = kept
      mostDead = dead
    }
    if (worst !== null) this.#clean(worst, blockBytes)
  }

  /** Lets the largest values go, then the oldest, until the others are not too much. */
  #limit(): void {
    for (const [id, topic] of this.#jumbos) {
      if (this.#capacity <= this.mostBytes) return
      this.values.lost(topic)
      this.drop(id, 0)
    }
    for (const kept of this.#kept.values()) {
      if (this.#capacity <= this.mostBytes) return
      if (!this.#open.includes(kept)) this.#lose(kept)
    }
  }

  #lose(kept: KeptSegment): void {
    this.#eachLive(kept, (topic) => {
      this.values.lost(topic)
      this.#evicted += 1
    })
    this.#discard(kept)
  }

  #clean(kept: KeptSegment, blockBytes: number): void {
    const { bytes, isMqtt5 } = kept.segment
    this.#eachLive(kept, (topic, from, to) => this.#copy(topic, bytes, from, to, isMqtt5, blockBytes))
    this.#discard(kept)
  }

  /** Goes through the packets [from, to) of a segment that are last values still; of others that nobody dropped it takes note. */
  #eachLive({ segment, view }: KeptSegment, tell: (topic: NodeId, from: number, to: number) => void): void {
    for (let at = 0; at < segment.used; ) {
      const topic = view.getUint32(at)
      const packetAt = at + RECORD_HEAD_BYTES
      at = packetAt + view.getUint32(at + 4)
      if (topic === NO_NODE) continue
      if (this.values.liesAt(topic, segment.id, packetAt)) tell(topic, packetAt, at)
      else this.#evicted += 1
    }
  }

  #copy(topic: NodeId, bytes: Uint8Array, from: number, to: number, isMqtt5: boolean, blockBytes: number): void {
    const recordBytes = RECORD_HEAD_BYTES + to - from
    const kept = this.#openFor(recordBytes, isMqtt5, blockBytes)
    const { segment, view } = kept
    const at = segment.used
    view.setUint32(at, topic)
    view.setUint32(at + 4, to - from)
    segment.bytes.set(bytes.subarray(from, to), at + RECORD_HEAD_BYTES)
    segment.used = at + recordBytes
    kept.liveBytes += recordBytes
    this.values.moved(topic, segment.id, at + RECORD_HEAD_BYTES)
  }

  #openFor(recordBytes: number, isMqtt5: boolean, blockBytes: number): KeptSegment {
    const version = isMqtt5 ? 1 : 0
    const open = this.#open[version]
    if (open !== null && open.segment.used + recordBytes <= open.segment.bytes.length) return open
    // Larger blocks the more there is, so that a small budget does not use up the ids.
    const grown = Math.min(LARGEST_BLOCK_BYTES, Math.floor(this.#capacity / 8))
    const capacity = Math.max(blockBytes, grown, recordBytes)
    const segment = this.segments.allocate(capacity, isMqtt5, false, Infinity)
    const kept: KeptSegment = { segment, view: new DataView(segment.bytes.buffer), liveBytes: 0 }
    this.#capacity += capacity
    this.#kept.set(segment.id, kept)
    this.#open[version] = kept
    return kept
  }

  #discard(kept: KeptSegment): void {
    const { segment } = kept
    this.#deadBytes -= segment.used - kept.liveBytes
    this.#kept.delete(segment.id)
    const version = segment.isMqtt5 ? 1 : 0
    if (this.#open[version] === kept) this.#open[version] = null
    this.#free(segment)
  }

  #free(segment: Segment): void {
    this.#capacity -= segment.bytes.length
    this.segments.free(segment)
  }
}
