import { schemaIdSchema } from '@shared/payload/reading'
import { z } from '@shared/schema'

export const schemaKindSchema = z.enum(['protobuf', 'avro', 'json-schema'])
export type SchemaKind = z.infer<typeof schemaKindSchema>

/** Most bytes of one file, of all of a profile, and most files. */
export const MAX_SCHEMA_BYTES = 1024 * 1024
export const MAX_LIBRARY_BYTES = 8 * 1024 * 1024
export const MAX_SCHEMAS = 100

/** A name is what other files import it by: it may have folders, as `acme/units.proto`. */
export const schemaNameSchema = z.string().min(1).max(200).regex(/^[^\p{Cc}]+$/u)

/** A file with a schema that the user added. */
export const schemaFileSchema = z.strictObject({
  id: schemaIdSchema,
  name: schemaNameSchema,
  kind: schemaKindSchema,
  text: z.string().max(MAX_SCHEMA_BYTES),
})
export type SchemaFile = z.infer<typeof schemaFileSchema>

/** All files of a profile. */
export const schemaLibrarySchema = z.array(schemaFileSchema).max(MAX_SCHEMAS)
export type SchemaLibrary = z.infer<typeof schemaLibrarySchema>

/** Where in a text something is; both begin at 1. Null: nobody knows. */
const place = { line: z.number().int().nullable(), column: z.number().int().nullable() }

/** What is wrong with a schema. `detail` is the words of the library that reads it. */
export const schemaProblemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('malformed'), detail: z.string(), ...place }),
  /** It imports or refers to what is not in the library (yet). */
  z.strictObject({ kind: z.literal('missing'), name: z.string() }),
])
export type SchemaProblem = z.infer<typeof schemaProblemSchema>

/** Whether a file with this problem is none: what is missing may still be added. */
export const isRefused = ({ kind }: SchemaProblem): boolean => kind === 'malformed'

/** What a file says. */
export const schemaReportSchema = z.strictObject({
  /** Full names of what can be decoded with it: messages of Protobuf, the outermost type of Avro. */
  types: z.array(z.string()),
  problems: z.array(schemaProblemSchema),
})
export type SchemaReport = z.infer<typeof schemaReportSchema>

/** A file of the library, as it is listed. */
export const listedSchemaSchema = schemaFileSchema.omit({ text: true }).extend({ bytes: z.number().int(), report: schemaReportSchema })
export type ListedSchema = z.infer<typeof listedSchemaSchema>

/** Why a file was not added. */
export const schemaRefusalSchema = z.strictObject({
  name: z.string(),
  reason: z.enum(['unknown-kind', 'unreadable', 'too-large', 'not-text', 'problems']),
  /** With the reason `problems`, else none. */
  problems: z.array(schemaProblemSchema),
})
export type SchemaRefusal = z.infer<typeof schemaRefusalSchema>

/** Where a text is not what its JSON Schema asks for. */
export const jsonProblemSchema = z.strictObject({
  /** JSON pointer (RFC 6901) to the value; empty: the whole. */
  pointer: z.string(),
  message: z.string(),
  /** Of the value, or the key, in UTF-16 units. */
  offset: z.number().int(),
  length: z.number().int(),
})
export type JsonProblem = z.infer<typeof jsonProblemSchema>

/** Which kind of schema a file of that name holds; null: none that we know. */
export function kindOfName(name: string): SchemaKind | null {
  const lower = name.toLowerCase()
  if (lower.endsWith('.proto')) return 'protobuf'
  if (lower.endsWith('.avsc')) return 'avro'
  return lower.endsWith('.json') ? 'json-schema' : null
}
