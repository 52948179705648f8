import { publishPropertiesSchema } from '@shared/message/publish-properties'
import { z } from '@shared/schema'
import { formatChoiceSchema, readableFormatSchema, readingSchema } from './reading'

/** A whole payload that is to be edited, with what says how to read it. */
export const payloadToEditSchema = z.strictObject({
  topic: z.string(),
  payload: z.instanceof(Uint8Array),
  contentType: publishPropertiesSchema.shape.contentType,
  payloadFormatIndicator: publishPropertiesSchema.shape.payloadFormatIndicator,
  /** Null: as the user's rules say, or else as it looks. */
  reading: readingSchema.nullable(),
  /** Its number in the log, where it is there. */
  sequence: z.number().int().nullable(),
})
export type PayloadToEdit = z.infer<typeof payloadToEditSchema>

/** How a payload is best edited. */
export const editablePayloadSchema = z.discriminatedUnion('kind', [
  /** As the text its bytes are, or as bytes. */
  z.strictObject({ kind: z.literal('plain') }),
  /** As a text that, written in this format, becomes the very same bytes. */
  z.strictObject({ kind: z.literal('text'), text: z.string(), format: formatChoiceSchema }),
  /** As bytes, though there is more to read in them: what is read would not become the same bytes, or is too long for an editor. */
  z.strictObject({ kind: z.enum(['would-change', 'too-long']), format: readableFormatSchema }),
  /** As bytes: what compressed it, and how, is not known. */
  z.strictObject({ kind: z.literal('compressed') }),
])
export type EditablePayload = z.infer<typeof editablePayloadSchema>

/** Why a payload is edited as bytes that could be read as more. */
export type KeptAsBytes = Exclude<EditablePayload, { kind: 'plain' | 'text' }>

export const EDITABLE_AS_IT_IS: EditablePayload = { kind: 'plain' }
