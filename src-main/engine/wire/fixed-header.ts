import { malformed } from './violation'

/** A Variable Byte Integer has no more [MQTT-1.5.5]. */
const MOST_LENGTH_BYTES = 4

/**
 * The length of the packet that begins at `at` of `bytes[…, end)`, its fixed header included [MQTT-2.1.4]; 0 while too
 * little of it is there to tell.
 * @throws {ProtocolViolation}
 */
export function packetLengthAt(bytes: Uint8Array, at: number, end: number): number {
  let length = 0
  for (let index = 0; index < MOST_LENGTH_BYTES; index += 1) {
    const place = at + 1 + index
    if (place >= end) return 0
    const byte = bytes[place] ?? 0
    length |= (byte & 0x7f) << (7 * index)
    if ((byte & 0x80) !== 0) continue
    // The encoded value must use the fewest bytes that can hold it.
    if (byte === 0 && index > 0) throw malformed('Remaining Length is not in its shortest form', 'MQTT-1.5.5-1')
    return 2 + index + length
  }
  throw malformed('Remaining Length takes more than four bytes', 'MQTT-1.5.5')
}

/** Where the variable header of the packet at `at` begins: after the bytes of its Remaining Length. */
export function bodyStartOf(bytes: Uint8Array, at = 0): number {
  let last = at + 1
  while (last < at + MOST_LENGTH_BYTES && ((bytes[last] ?? 0) & 0x80) !== 0) last += 1
  return Math.min(last + 1, bytes.length)
}
