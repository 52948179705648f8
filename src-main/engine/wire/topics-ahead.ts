import { PacketType } from './packet-type'
import type { PublishSink } from './publish-sink'

/** Enough for the processor to fetch many at once, and few enough to be still at hand when their turn comes. */
const MOST_PACKETS = 128
const SHORTEST_PUBLISH_BYTES = 5

/** Tells the sink the topics of the packets that come next. Only ordinary packets are looked at, and nothing is checked. */
export class TopicsAhead {
  readonly #starts = new Uint32Array(MOST_PACKETS)
  readonly #ends = new Uint32Array(MOST_PACKETS)

  constructor(private readonly sink: Pick<PublishSink, 'foresees' | 'foresee'>) {}

  /** Looks at what lies in `bytes[at, end)`, where a packet begins at `at`. @returns before which place it has. */
  look(bytes: Uint8Array, at: number, end: number): number {
    if (!this.sink.foresees) return end
    const starts = this.#starts
    const ends = this.#ends
    let count = 0
    let next = at
    while (count < MOST_PACKETS && next + SHORTEST_PUBLISH_BYTES <= end) {
      // With a packet longer than two bytes of Remaining Length can say, finding its topic is the least.
      const low = bytes[next + 1] ?? 0
      const high = low < 0x80 ? 0 : (bytes[next + 2] ?? 0)
      if (high >= 0x80) break
      const bodyStart = low < 0x80 ? next + 2 : next + 3
      const packetEnd = bodyStart + (low & 0x7f) + (high << 7)
      if (packetEnd > end) break
      if ((bytes[next] ?? 0) >> 4 === PacketType.PUBLISH) {
        const topicStart = bodyStart + 2
        const topicEnd = topicStart + (((bytes[bodyStart] ?? 0) << 8) | (bytes[bodyStart + 1] ?? 0))
        if (topicEnd > packetEnd) break
        starts[count] = topicStart
        ends[count] = topicEnd
        count += 1
      }
      next = packetEnd
    }
    if (count > 1) this.sink.foresee(bytes, starts, ends, count)
    return next
  }
}
