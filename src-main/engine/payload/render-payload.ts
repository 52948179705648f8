import { layOutJson } from '@shared/payload/lay-out-json'
import { decodePayload, detectFormat } from '@shared/payload/payload-codec'
import type { PayloadFormat, RenderedPayload } from '@shared/payload/format'

/** JSON longer than this is shown as it came: laying it out would take longer than a frame should wait. */
const MAX_PRETTY_BYTES = 1024 * 1024

/**
 * A payload as text in the wanted format, `auto` choosing the one it looks like, at most `maxBytes` of it.
 * JSON is laid out by its tokens, so numbers, duplicate keys and escapes stay as they were sent.
 * A format the bytes do not fit falls back to hex.
 */
export function renderPayload(payload: Uint8Array, wanted: PayloadFormat | 'auto', maxBytes: number): RenderedPayload {
  const shown = payload.subarray(0, maxBytes)
  const whole = shown.byteLength === payload.byteLength
  const detected = whole ? detectFormat(shown) : detectFormat(withoutCutCharacter(shown))
  const format = wanted === 'auto' ? detected : wanted
  const bytes = whole || format === 'hex' || format === 'base64' ? shown : withoutCutCharacter(shown)
  const decoded = decodePayload(bytes, format)
  if (!decoded.ok) return renderPayload(payload, 'hex', maxBytes)
  const pretty = format === 'json' && detected === 'json' && bytes.byteLength <= MAX_PRETTY_BYTES
  return {
    text: pretty ? (layOutJson(decoded.text) ?? decoded.text) : decoded.text,
    format,
    detected,
    shownBytes: bytes.byteLength,
    totalBytes: payload.byteLength,
  }
}

/** The bytes up to the last whole UTF-8 character (at most four bytes long, RFC 3629). */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.byteLength); back += 1) {
    const byte = bytes[bytes.byteLength - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue // a following byte: the character starts before it
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? bytes.subarray(0, bytes.byteLength - back) : bytes
  }
  return bytes
}
