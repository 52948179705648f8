import { z } from '@shared/schema'

/** The ways a payload can be read and written. */
export const payloadFormatSchema = z.enum(['json', 'text', 'hex', 'base64'])
export type PayloadFormat = z.infer<typeof payloadFormatSchema>
export const PAYLOAD_FORMATS = payloadFormatSchema.options

/** A payload as text for the inspector. */
export const renderedPayloadSchema = z.strictObject({
  text: z.string(),
  format: payloadFormatSchema,
  /** What the bytes look like, whatever was asked for. */
  detected: payloadFormatSchema,
  /** How many of the payload's bytes `text` shows. */
  shownBytes: z.number().int(),
  totalBytes: z.number().int(),
})
export type RenderedPayload = z.infer<typeof renderedPayloadSchema>
