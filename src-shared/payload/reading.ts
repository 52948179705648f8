import { z } from '@shared/schema'

/** What payloads are made of; the registry of the decoders (`src-main/payload`) has an entry for each. */
export const readableFormatSchema = z.enum([
  'json',
  'text',
  'hex',
  'base64',
  'cbor',
  'msgpack',
  'protobuf',
  'avro',
  'sparkplug',
  'number',
  'image',
  'xml',
  'yaml',
])
export type ReadableFormat = z.infer<typeof readableFormatSchema>
export const READABLE_FORMATS = readableFormatSchema.options

export const charsetSchema = z.enum(['utf-8', 'latin1', 'utf-16le', 'utf-16be'])
export type Charset = z.infer<typeof charsetSchema>

export const numberTypeSchema = z.enum(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'])
export type NumberType = z.infer<typeof numberTypeSchema>

export const byteOrderSchema = z.enum(['big-endian', 'little-endian'])
export type ByteOrder = z.infer<typeof byteOrderSchema>

/** How a payload is wrapped; the first three are known by their magic numbers, the others only when said. */
export const compressionSchema = z.enum(['gzip', 'zlib', 'zstd', 'brotli', 'deflate'])
export type Compression = z.infer<typeof compressionSchema>

/** A file with a schema, as a profile keeps it. */
export const schemaIdSchema = z.uuid()

/** A format with all that is needed to read it; `encoding` is the same for writing. */
export const formatChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('json') }),
  z.strictObject({ kind: z.literal('text'), charset: charsetSchema }),
  z.strictObject({ kind: z.literal('hex') }),
  z.strictObject({ kind: z.literal('base64') }),
  z.strictObject({ kind: z.literal('cbor') }),
  z.strictObject({ kind: z.literal('msgpack') }),
  /** Without a schema: the wire format's own view. `messageType` is a full name, as `acme.Reading`. */
  z.strictObject({ kind: z.literal('protobuf'), schemaId: schemaIdSchema.nullable(), messageType: z.string().max(1_000) }),
  z.strictObject({ kind: z.literal('avro'), schemaId: schemaIdSchema.nullable() }),
  z.strictObject({ kind: z.literal('sparkplug') }),
  z.strictObject({ kind: z.literal('number'), type: numberTypeSchema, byteOrder: byteOrderSchema }),
  z.strictObject({ kind: z.literal('image') }),
  z.strictObject({ kind: z.literal('xml') }),
  z.strictObject({ kind: z.literal('yaml') }),
])
export type FormatChoice = z.infer<typeof formatChoiceSchema>

/** How to read a payload. */
export const readingSchema = z.strictObject({
  /** `auto`: what the magic numbers and MQTT 5.0's content type say. */
  compression: z.union([z.enum(['auto', 'none']), compressionSchema]),
  /** Null: what topic, content type and the bytes themselves say. */
  format: formatChoiceSchema.nullable(),
})
export type Reading = z.infer<typeof readingSchema>

export const AUTOMATIC: Reading = { compression: 'auto', format: null }

/** A format by its kind alone, with what is usual. */
export function usualChoice(kind: ReadableFormat): FormatChoice {
  switch (kind) {
    case 'text':
      return { kind, charset: 'utf-8' }
    case 'protobuf':
      return { kind, schemaId: null, messageType: '' }
    case 'avro':
      return { kind, schemaId: null }
    case 'number':
      return { kind, type: 'float32', byteOrder: 'big-endian' }
    default:
      return { kind }
  }
}
