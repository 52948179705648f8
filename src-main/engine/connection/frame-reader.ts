import type { Readable } from 'node:stream'
import type { NetworkReader } from '../wire/network-reader'

const READ_BYTES = 256 << 10
/** A frame of no more waits here until all of it has come. */
const MOST_HELD_BYTES = 64 << 10
const NOTHING = Buffer.alloc(0)

/** A binary message in one frame, without extensions: FIN and opcode 2 (RFC 6455, section 5.2). */
const WHOLE_BINARY = 0x82
/** Set in a header's second byte: the payload is masked, which that of a server must not be. */
const MASKED = 0x80
/** Lengths that say that the length itself follows. */
const IN_TWO_BYTES = 126
const IN_EIGHT_BYTES = 127

/**
 * Reads the network for the WebSocket library, into the same memory each time, and lets it see one frame for all the whole
 * binary ones that came together: it makes half a dozen objects for each, and Mosquitto sends every packet in a frame of its
 * own. Where a message ends means nothing to MQTT [MQTT-6.0.0-4]. All else the library gets as it was sent, and in its place.
 */
export class FrameReader implements NetworkReader {
  #buffer = NOTHING
  /** Where the beginning of a frame lies that waits for the rest. */
  #heldStart = 0
  #heldEnd = 0
  /** How much is still to come of a frame whose beginning was passed on. */
  #left = 0
  /** Where the frame that was located last has its payload, and ends. */
  #payloadStart = 0
  #end = 0
  #network: Readable | null = null
  #messages: Readable | null = null

  /** The socket that reads into this. */
  attach<Network extends Readable>(network: Network): Network {
    this.#network = network
    return network
  }

  /** From now on frames come. `messages` is where the library puts what they carry. */
  begin(messages: Readable): void {
    // A server that did not wait for us has sent frames already, nobody knows how far.
    if (this.#network?.readableLength === 0) this.#messages = messages
  }

  room(): Uint8Array {
    const next = this.#buffer.length === 0 || this.#isLent ? Buffer.allocUnsafeSlow(READ_BYTES) : this.#buffer
    this.#heldEnd = this.#buffer.copy(next, 0, this.#heldStart, this.#heldEnd)
    this.#heldStart = 0
    this.#buffer = next
    return next.subarray(this.#heldEnd)
  }

  filled(count: number): void {
    const bytes = this.#buffer.subarray(0, this.#heldEnd + count)
    this.#heldEnd = 0
    if (this.#messages === null) this.#pass(bytes)
    else this.#readFrames(bytes)
  }

  /** Whether there are parts of the buffer that nobody has taken yet. */
  get #isLent(): boolean {
    return (this.#network?.readableLength ?? 0) + (this.#messages?.readableLength ?? 0) > 0
  }

  #readFrames(bytes: Buffer): void {
    let at = Math.min(this.#left, bytes.length)
    this.#left -= at
    let passed = 0
    while (at < bytes.length && this.#locate(bytes, at)) {
      if (!isWholeBinary(bytes, at) || this.#end - at > MOST_HELD_BYTES) {
        at = this.#end
        continue
      }
      if (this.#end > bytes.length) break
      this.#pass(bytes.subarray(passed, at))
      at = passed = this.#merge(bytes)
    }
    const end = Math.min(at, bytes.length)
    this.#pass(bytes.subarray(passed, end))
    this.#left += at - end
    this.#heldStart = end
    this.#heldEnd = bytes.length
  }

  /** Passes the frame that was located last and the whole binary ones after it on as one. @returns where the last of them ended */
  #merge(bytes: Buffer): number {
    const start = this.#payloadStart
    let to = this.#end
    let last = this.#end
    while (last < bytes.length && isWholeBinary(bytes, last) && this.#locate(bytes, last) && this.#end <= bytes.length) {
      bytes.copyWithin(to, this.#payloadStart, this.#end)
      to += this.#end - this.#payloadStart
      last = this.#end
    }
    this.#network?.push(binaryHeader(to - start))
    this.#network?.push(bytes.subarray(start, to))
    return last
  }

  /** The library may keep these for longer than the buffer does. */
  #pass(bytes: Buffer): void {
    if (bytes.length > 0) this.#network?.push(Buffer.from(bytes))
  }

  /** Whether the header at `at` is all there; then its frame is located. */
  #locate(bytes: Buffer, at: number): boolean {
    const length = (bytes[at + 1] ?? 0) & ~MASKED
    const payloadStart = at + 2 + (length === IN_TWO_BYTES ? 2 : length === IN_EIGHT_BYTES ? 8 : 0)
    if (payloadStart > bytes.length) return false
    this.#payloadStart = payloadStart
    this.#end = payloadStart + (length < IN_TWO_BYTES ? length : bigEndian(bytes, at + 2, payloadStart))
    return true
  }
}

function isWholeBinary(bytes: Buffer, at: number): boolean {
  return bytes[at] === WHOLE_BINARY && ((bytes[at + 1] ?? 0) & MASKED) === 0
}

function bigEndian(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) value = value * 0x100 + (bytes[at] ?? 0)
  return value
}

/** The header of a whole binary frame. */
function binaryHeader(payloadBytes: number): Buffer {
  if (payloadBytes < IN_TWO_BYTES) return Buffer.from([WHOLE_BINARY, payloadBytes])
  if (payloadBytes < 0x1_0000) return Buffer.from([WHOLE_BINARY, IN_TWO_BYTES, payloadBytes >> 8, payloadBytes & 0xff])
  const header = Buffer.from([WHOLE_BINARY, IN_EIGHT_BYTES, 0, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(payloadBytes, 6)
  return header
}
