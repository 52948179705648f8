import { connectionIdSchema } from '@shared/connection/connection'
import { z } from '@shared/schema'
import { fieldPathSchema } from './field-path'
import { readingSchema } from './reading'

/** Most characters of a pasted text. */
export const MAX_COMPARED_LENGTH = 8 * 1024 * 1024

const ofMessage = z.strictObject({ connectionId: connectionIdSchema, sequence: z.number().int().min(1), reading: readingSchema.nullable() })

/** One side of a comparison. */
export const comparedSchema = z.discriminatedUnion('kind', [
  ofMessage.extend({ kind: z.literal('message') }),
  /** The message of the same topic that came before this one. */
  ofMessage.extend({ kind: z.literal('previous') }),
  /** The last message of a topic. */
  z.strictObject({ kind: z.literal('last'), connectionId: connectionIdSchema, topic: z.string().max(65_535), reading: readingSchema.nullable() }),
  z.strictObject({ kind: z.literal('text'), text: z.string().max(MAX_COMPARED_LENGTH) }),
])
export type Compared = z.infer<typeof comparedSchema>

/** One place where two structured values differ. */
export const differenceSchema = z.strictObject({
  kind: z.enum(['added', 'removed', 'changed']),
  /** Null: it lies too deep, or its keys are too long, to be named. Of what was removed, where it was. */
  path: fieldPathSchema.nullable(),
  /** The values as they were written, long ones cut; null where there is none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type Difference = z.infer<typeof differenceSchema>

/** How two payloads differ. */
export const comparisonSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    language: z.enum(['json', 'xml', 'yaml', 'plain']),
    before: z.string(),
    after: z.string(),
    /** Whether the texts are longer than what is here. */
    isCut: z.boolean(),
    isSame: z.boolean(),
    /** Of JSON: how the values differ, whatever the order of keys. */
    structure: z.strictObject({ differences: z.array(differenceSchema), total: z.number().int() }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('bytes'),
    before: z.instanceof(Uint8Array),
    after: z.instanceof(Uint8Array),
    isCut: z.boolean(),
    isSame: z.boolean(),
    /** Bytes at the same place that differ, and those that one has more. */
    differing: z.number().int(),
  }),
])
export type Comparison = z.infer<typeof comparisonSchema>

/** A comparison, and what it was made with where that is a message. */
export const comparedPayloadsSchema = z.strictObject({
  comparison: comparisonSchema,
  before: z.strictObject({ topic: z.string(), sequence: z.number().int(), receivedAtMs: z.number() }).nullable(),
})
export type ComparedPayloads = z.infer<typeof comparedPayloadsSchema>
