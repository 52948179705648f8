import { isWellFormed } from '@shared/text/well-formed'

/** Why text cannot be a UTF-8 string of a packet. */
export type Utf8StringFault = 'nul' | 'ill-formed' | 'too-long'

/** [MQTT-1.5.4] A UTF-8 string is prefixed by a two-byte length, so it holds at most this many bytes. */
export const MAX_UTF8_STRING_BYTES = 65_535

const encoder = new TextEncoder()

/** What keeps `text` from being a UTF-8 string of an MQTT packet, or null. */
export function utf8StringFault(text: string): Utf8StringFault | null {
  if (text.includes('\0')) return 'nul' // [MQTT-1.5.4-2]
  if (!isWellFormed(text)) return 'ill-formed' // [MQTT-1.5.4-1]
  // A UTF-16 unit takes three bytes at most, so most strings need no encoding to be known short enough.
  if (text.length * 3 <= MAX_UTF8_STRING_BYTES) return null
  return encoder.encode(text).length > MAX_UTF8_STRING_BYTES ? 'too-long' : null
}
