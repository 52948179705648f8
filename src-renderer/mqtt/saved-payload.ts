import { MAX_SAVED_PAYLOAD, type SavedPayload } from '@shared/collections/saved-message'
import { toBase64 } from '@shared/payload/payload-codec'
import { usualChoice, type FormatChoice } from '@shared/payload/reading'
import { payloadTextOf } from './payload-text'

/** A text that becomes the bytes it was read from when it is written in the format. */
export interface ReadText {
  readonly text: string
  readonly format: FormatChoice
}

/** Bytes as they are saved: as what was read of them, else as text where an editor would keep it so to the byte. */
export function savedPayloadOf(bytes: Uint8Array, read: ReadText | null): SavedPayload {
  if (read !== null && !needsSchema(read.format) && read.text.length <= MAX_SAVED_PAYLOAD) return { kind: 'text', ...read }
  const { format, text, sealed } = payloadTextOf(bytes)
  const isText = !sealed && (format === 'json' || format === 'text')
  return isText ? { kind: 'text', text, format: usualChoice(format) } : { kind: 'bytes', base64: toBase64(bytes) }
}

/** Schemas are kept with a profile, saved messages with none. */
function needsSchema(format: FormatChoice): boolean {
  return (format.kind === 'protobuf' || format.kind === 'avro') && format.schemaId !== null
}
