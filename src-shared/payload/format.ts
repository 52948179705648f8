import { z } from '@shared/schema'

/** The ways a payload can be typed into an editor and kept byte for byte. */
export const payloadFormatSchema = z.enum(['json', 'text', 'hex', 'base64'])
export type PayloadFormat = z.infer<typeof payloadFormatSchema>
export const PAYLOAD_FORMATS = payloadFormatSchema.options
