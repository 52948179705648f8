import type { SavedPayload } from '@shared/collections/saved-message'
import { toBase64 } from '@shared/payload/payload-codec'
import { usualChoice } from '@shared/payload/reading'
import { payloadTextOf } from './payload-text'

/** Bytes as they are saved: as text where an editor would keep it so to the byte. */
export function savedPayloadOf(bytes: Uint8Array): SavedPayload {
  const { format, text, sealed } = payloadTextOf(bytes)
  const isText = !sealed && (format === 'json' || format === 'text')
  return isText ? { kind: 'text', text, format: usualChoice(format) } : { kind: 'bytes', base64: toBase64(bytes) }
}
