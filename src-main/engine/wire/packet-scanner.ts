import { bodyStartOf, packetLengthAt } from './fixed-header'
import type { Inlet } from '../history/inlet'
import { PACKET_TOO_LARGE, ProtocolViolation } from './violation'

/** Told of each whole packet: `[start, end)` of `bytes`, its variable header from `bodyStart` on. What it keeps it copies. */
export type TakePacket = (bytes: Uint8Array, start: number, bodyStart: number, end: number) => void

/** Looks at what is there of the packets that begin at `at`, before they are taken. @returns before which place it has. */
export type LookAhead = (bytes: Uint8Array, at: number, end: number) => number

/** Cuts what lies in an inlet into MQTT control packets by their fixed headers [MQTT-2.1], where it lies. */
export class PacketScanner {
  constructor(
    private readonly inlet: Inlet,
    private readonly maximumPacketBytes: number,
    private readonly take: TakePacket,
    private readonly lookAhead: LookAhead = (_bytes, _at, end) => end,
  ) {}

  /** Goes through the whole packets that are there: each once, in order. @throws {ProtocolViolation} what comes after cannot be read. */
  scan(): void {
    const { inlet, maximumPacketBytes } = this
    const { bytes, end } = inlet
    let at = inlet.start
    let expected = 0
    let foreseen = 0
    try {
      while (at < end) {
        if (at >= foreseen) foreseen = this.lookAhead(bytes, at, end)
        const length = packetLengthAt(bytes, at, end)
        if (length > maximumPacketBytes) throw tooLarge(length, maximumPacketBytes)
        if (length === 0 || length > end - at) {
          expected = length
          return
        }
        const start = at
        // Dealt with, also when it is found wrong.
        at += length
        this.take(bytes, start, bodyStartOf(bytes, start), at)
      }
    } finally {
      inlet.consume(at)
      inlet.expect(expected)
    }
  }
}

function tooLarge(length: number, maximum: number): ProtocolViolation {
  return new ProtocolViolation(`packet of ${length} bytes, where ${maximum} are accepted`, 'MQTT-3.1.2-24', PACKET_TOO_LARGE)
}
