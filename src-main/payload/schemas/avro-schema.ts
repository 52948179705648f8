import { Type, types, type Schema } from 'avsc'
import type { SchemaFile, SchemaProblem } from '@shared/schemas/schema-file'
import { jsonProblems } from './json-text'
import { remembering } from './remembering'

/** An Avro schema, ready to read and write with. */
export type AvroSchema = { readonly type: Type; readonly problems: readonly [] } | { readonly type: null; readonly problems: readonly SchemaProblem[] }

/** Longs are numbers where those are exact, and else bigints. */
const EXACT_LONG = types.LongType.__with(
  {
    fromBuffer: (bytes: Buffer) => {
      const value = bytes.readBigInt64LE()
      return Number.isSafeInteger(Number(value)) ? Number(value) : value
    },
    toBuffer: (value: number | bigint) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64LE(BigInt(value))
      return bytes
    },
    fromJSON: Number,
    toJSON: String,
    isValid: (value: unknown) =>
      typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value),
    compare: (one: number | bigint, other: number | bigint) => (one < other ? -1 : one > other ? 1 : 0),
  },
  false,
)

/** The type that a schema, as JSON, describes. @throws {Error} it is none */
export function avroType(schema: unknown): Type {
  return Type.forSchema(schema as Schema, { registry: { long: EXACT_LONG }, wrapUnions: 'auto' })
}

/** Reads an Avro schema (Avro 1.12, Schema Declaration). */
export const compileAvro = remembering(({ text }: SchemaFile): AvroSchema => {
  const problems = jsonProblems(text)
  if (problems.length > 0) return { type: null, problems }
  try {
    return { type: avroType(JSON.parse(text)), problems: [] }
  } catch (error) {
    return { type: null, problems: [{ kind: 'malformed', detail: error instanceof Error ? error.message : String(error), line: null, column: null }] }
  }
})
