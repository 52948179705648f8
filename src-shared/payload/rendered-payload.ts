import { z } from '@shared/schema'
import { compressionSchema, readableFormatSchema } from './reading'

/** Why a payload is not what it was taken for. `detail` is the decoder's own words, and holds nothing secret. */
export const readingFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('malformed'), detail: z.string() }),
  z.strictObject({ kind: z.literal('schema-missing') }),
  /** The schema is there and cannot be used. */
  z.strictObject({ kind: z.literal('schema-unusable'), detail: z.string() }),
  /** Sparkplug: metrics have aliases that only the BIRTH of their edge node explains, and it has not been seen. */
  z.strictObject({ kind: z.literal('birth-missing'), edgeNode: z.string() }),
  z.strictObject({ kind: z.literal('limit'), limit: z.enum(['bytes', 'inflated-bytes', 'depth', 'values', 'pixels', 'milliseconds']), most: z.number() }),
])
export type ReadingFault = z.infer<typeof readingFaultSchema>

/** What there is to see of a payload. */
export const renderedBodySchema = z.discriminatedUnion('kind', [
  /** Structured formats are shown as JSON (`src-shared/payload/json-form.ts` says how what JSON lacks is written). */
  z.strictObject({ kind: z.literal('text'), language: z.enum(['json', 'xml', 'yaml', 'plain']), text: z.string() }),
  z.strictObject({ kind: z.literal('bytes'), bytes: z.instanceof(Uint8Array) }),
  z.strictObject({
    kind: z.literal('image'),
    mediaType: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
    widthPixels: z.number().int(),
    heightPixels: z.number().int(),
    bytes: z.instanceof(Uint8Array),
  }),
])
export type RenderedBody = z.infer<typeof renderedBodySchema>

/** A payload to look at. */
export const renderedPayloadSchema = z.strictObject({
  /** What was unwrapped, from the outside in. */
  compressions: z.array(compressionSchema),
  /** What it is shown as. */
  format: readableFormatSchema,
  /** What said so. */
  decidedBy: z.enum(['hand', 'rule', 'content-type', 'topic', 'content']),
  body: renderedBodySchema,
  /** What was asked for, or most likely, and why it is not what is shown, or not all of it. */
  fault: z.strictObject({ format: z.union([readableFormatSchema, compressionSchema]), reason: readingFaultSchema }).nullable(),
  /** How many bytes of the payload, unwrapped, `body` shows. */
  shownBytes: z.number().int(),
  /** Of the payload, unwrapped as far as it was; and as it came. */
  unwrappedBytes: z.number().int(),
  totalBytes: z.number().int(),
})
export type RenderedPayload = z.infer<typeof renderedPayloadSchema>
