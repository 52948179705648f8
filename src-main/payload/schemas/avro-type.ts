import { Type, types, type Schema } from 'avsc'

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

/** The types that have names. */
export type AvroRegistry = Record<string, Type>

/** The type that a schema, as JSON, describes; it may name those of the registry, to which its own are added. @throws {Error} it is none */
export function avroType(schema: unknown, registry: AvroRegistry = {}): Type {
  registry.long ??= EXACT_LONG
  return Type.forSchema(schema as Schema, { registry, wrapUnions: 'auto', typeHook: refuseProto })
}

/** The library would set the prototype of its values. */
function refuseProto(schema: unknown): undefined {
  const fields: unknown = typeof schema === 'object' && schema !== null && 'fields' in schema ? schema.fields : []
  const isProto = (field: unknown): boolean => typeof field === 'object' && field !== null && 'name' in field && field.name === '__proto__'
  if (Array.isArray(fields) && fields.some(isProto)) throw new Error('a field __proto__ cannot be read')
}
