import { malformed, PACKET_TOO_LARGE, ProtocolViolation } from './violation'

/** Called for each whole packet, whose bytes stay as they are; `bodyStart` is where the variable header begins. */
export type TakePacket = (packet: Uint8Array, bodyStart: number) => void

const NO_BYTES = new Uint8Array()
const MAX_LENGTH_BYTES = 4

/**
 * Cuts a stream of bytes into MQTT control packets by their fixed headers [MQTT-2.1].
 * Invariants: packets come out whole, in order, each exactly once; never more than one packet's bytes,
 * at most `maximumPacketBytes` plus the last chunk, are held.
 */
export class PacketFramer {
  /** The packet under way: its bytes so far, and how many it will have (0: not known yet). */
  #pending: Uint8Array = NO_BYTES
  #pendingLength = 0
  #expected = 0

  constructor(
    private readonly maximumPacketBytes: number,
    private readonly take: TakePacket,
  ) {}

  /** Takes the next bytes from the network. @throws {ProtocolViolation} what comes after cannot be read. */
  push(chunk: Uint8Array): void {
    let rest = chunk
    if (this.#pendingLength > 0) rest = this.#continue(chunk)
    let at = 0
    while (at < rest.length) {
      const header = this.#readHeader(rest, at)
      if (header === null || at + header.total > rest.length) {
        this.#hold(rest.subarray(at), header?.total ?? 0)
        return
      }
      this.take(rest.subarray(at, at + header.total), header.bodyStart)
      at += header.total
    }
  }

  /** Completes the pending packet, and returns what follows it in the chunk. */
  #continue(chunk: Uint8Array): Uint8Array {
    let used = 0
    if (this.#expected === 0) {
      // Not even the length is known: it takes five bytes at the most, so go one by one.
      for (; used < chunk.length && this.#expected === 0; used += 1) {
        this.#append(chunk.subarray(used, used + 1))
        this.#expected = this.#readHeader(this.#pending.subarray(0, this.#pendingLength), 0)?.total ?? 0
      }
      if (this.#expected === 0) return NO_BYTES
    }
    const missing = Math.min(this.#expected - this.#pendingLength, chunk.length - used)
    this.#append(chunk.subarray(used, used + missing))
    used += missing
    if (this.#pendingLength < this.#expected) return NO_BYTES
    const packet = this.#pending.subarray(0, this.#expected)
    const header = this.#readHeader(packet, 0)
    this.#pending = NO_BYTES
    this.#pendingLength = 0
    this.#expected = 0
    if (header !== null) this.take(packet, header.bodyStart)
    return chunk.subarray(used)
  }

  #hold(bytes: Uint8Array, expected: number): void {
    this.#pending = NO_BYTES
    this.#pendingLength = 0
    this.#expected = expected
    this.#append(bytes)
  }

  /** Grows by doubling, never to the declared length at once: a peer that declares much must also send it. */
  #append(bytes: Uint8Array): void {
    const needed = this.#pendingLength + bytes.length
    if (needed > this.#pending.length) {
      const grown = new Uint8Array(Math.max(needed, this.#pending.length * 2, 64))
      grown.set(this.#pending.subarray(0, this.#pendingLength))
      this.#pending = grown
    }
    this.#pending.set(bytes, this.#pendingLength)
    this.#pendingLength = needed
  }

  /** The packet's length and where its body begins; null while the fixed header is not whole. */
  #readHeader(bytes: Uint8Array, at: number): { total: number; bodyStart: number } | null {
    let length = 0
    for (let index = 0; index < MAX_LENGTH_BYTES; index += 1) {
      const byte = bytes[at + 1 + index]
      if (byte === undefined) return null
      length += (byte & 0x7f) * 128 ** index
      if ((byte & 0x80) !== 0) continue
      // The encoded value must use the fewest bytes that can hold it.
      if (byte === 0 && index > 0) throw malformed('Remaining Length is not in its shortest form', 'MQTT-1.5.5-1')
      const total = 2 + index + length
      if (total > this.maximumPacketBytes) {
        const limit = `${total} bytes, where ${this.maximumPacketBytes} are accepted`
        throw new ProtocolViolation(`packet of ${limit}`, 'MQTT-3.1.2-24', PACKET_TOO_LARGE)
      }
      return { total, bodyStart: 2 + index }
    }
    throw malformed('Remaining Length takes more than four bytes', 'MQTT-1.5.5')
  }
}
