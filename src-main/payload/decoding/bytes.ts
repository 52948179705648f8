import { toBase64 } from '@shared/payload/payload-codec'
import { partOf, type Decoder } from './decoder'

export const decodeHex: Decoder<'hex'> = (payload, _choice, maxBytes) => {
  const { shown } = partOf(payload, maxBytes)
  return { body: { kind: 'bytes', bytes: Uint8Array.from(shown) }, shownBytes: shown.byteLength, reason: null }
}

export const decodeBase64: Decoder<'base64'> = (payload, _choice, maxBytes) => {
  const { shown } = partOf(payload, maxBytes)
  return { body: { kind: 'text', language: 'plain', text: toBase64(shown) }, shownBytes: shown.byteLength, reason: null }
}
