import { decodePayload } from '@shared/payload/payload-codec'
import { malformed, type Decoder, type Outcome, type Unwrapped } from './decoder'

export const decodeText: Decoder<'text'> = (payload, { charset }, maxBytes) => {
  if (charset !== 'utf-8') return malformed(`${charset} cannot be read`)
  return readText(payload, 'text', maxBytes)
}

export const decodeJson: Decoder<'json'> = (payload, _choice, maxBytes) => readText(payload, 'json', maxBytes)

export const decodeHex: Decoder<'hex'> = ({ bytes }, _choice, maxBytes) => {
  const shown = bytes.subarray(0, maxBytes)
  return { body: { kind: 'bytes', bytes: Uint8Array.from(shown) }, shownBytes: shown.byteLength, reason: null }
}

export const decodeBase64: Decoder<'base64'> = ({ bytes }, _choice, maxBytes) => {
  const shown = bytes.subarray(0, maxBytes)
  const text = decodePayload(shown, 'base64')
  return { body: { kind: 'text', language: 'plain', text: text.ok ? text.text : '' }, shownBytes: shown.byteLength, reason: null }
}

function readText({ bytes, isWhole }: Unwrapped, format: 'json' | 'text', maxBytes: number): Outcome {
  const isCut = !isWhole || bytes.byteLength > maxBytes
  const shown = isCut ? withoutCutCharacter(bytes.subarray(0, maxBytes)) : bytes
  const decoded = decodePayload(shown, format)
  if (!decoded.ok) return malformed('not UTF-8')
  const language = format === 'json' ? 'json' : 'plain'
  return { body: { kind: 'text', language, text: decoded.text }, shownBytes: shown.byteLength, reason: null }
}

/** The bytes up to the last whole UTF-8 character (at most four bytes long, RFC 3629). */
export function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.byteLength); back += 1) {
    const byte = bytes[bytes.byteLength - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue // a following byte: the character starts before it
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? bytes.subarray(0, bytes.byteLength - back) : bytes
  }
  return bytes
}
