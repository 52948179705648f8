import type { FormatChoice } from '@shared/payload/reading'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { decode } from '../../../../src-main/payload/decoding/decoders'

/** The text in the JSON form that bytes are shown as. @throws {Error} they are not, or not wholly */
export function structuredForm(bytes: Uint8Array, format: FormatChoice, schemas: readonly SchemaFile[]): string {
  const { body, reason } = decode({ bytes, isWhole: true, topic: 't', aids: { schemas, births: [] } }, format, Number.MAX_SAFE_INTEGER)
  if (reason !== null || body?.kind !== 'text') throw new Error(JSON.stringify(reason))
  return body.text
}
