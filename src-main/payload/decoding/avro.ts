import { inflateRawSync } from 'node:zlib'
import { Type } from 'avsc'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { z } from '@shared/schema'
import { avroType, compileAvro } from '../schemas/avro-schema'
import { detailOf, malformed, type Decoder } from './decoder'
import { READING_LIMITS } from './reading-limits'
import { limitFault, valueOutcome } from './value-outcome'

/** Avro 1.12, Object Container Files: how such a file begins, and what it is made of, as the specification itself says it in Avro. */
const CONTAINER_MAGIC = 'Obj\u0001'
const SYNC = { type: 'fixed', name: 'Sync', size: 16 } as const
const HEADER = Type.forSchema({
  type: 'record',
  name: 'org.apache.avro.file.Header',
  fields: [
    { name: 'magic', type: { type: 'fixed', name: 'Magic', size: 4 } },
    { name: 'meta', type: { type: 'map', values: 'bytes' } },
    { name: 'sync', type: SYNC },
  ],
})
const BLOCK = Type.forSchema({
  type: 'record',
  name: 'Block',
  fields: [{ name: 'count', type: 'long' }, { name: 'data', type: 'bytes' }, { name: 'sync', type: SYNC }],
})

/** What avsc says of a value within a buffer; an offset below zero: the buffer ended before it did. */
const headerAtSchema = z.object({
  value: z.object({ meta: z.record(z.string(), z.instanceof(Buffer)), sync: z.instanceof(Buffer) }).optional(),
  offset: z.number(),
})
const blockAtSchema = z.object({
  value: z.object({ count: z.number(), data: z.instanceof(Buffer), sync: z.instanceof(Buffer) }).optional(),
  offset: z.number(),
})
const valueAtSchema = z.object({ value: z.unknown(), offset: z.number() })

/** Of one container file. */
const MOST_VALUES = 100_000

/** Confluent's wire format: a zero byte, the id of the schema in a registry as four bytes, then the value. */
const CONFLUENT_HEADER_BYTES = 5

class AvroFault extends Error {
  constructor(readonly reason: ReadingFault) {
    super(reason.kind)
  }
}

/** By the user's schema; container files bring their own. */
export const decodeAvro: Decoder<'avro'> = ({ bytes, isWhole, aids }, { schemaId }) => {
  const buffer = Buffer.from(bytes)
  if (!isWhole) return { body: null, reason: { kind: 'limit', limit: 'bytes', most: bytes.byteLength } }
  try {
    if (buffer.subarray(0, 4).toString('latin1') === CONTAINER_MAGIC) return valueOutcome(containerOf(buffer), bytes.byteLength, null)
    const file = aids.schemas.find(({ id }) => id === schemaId)
    if (file === undefined) return { body: null, reason: { kind: 'schema-missing' } }
    const { type, problems } = compileAvro(file)
    if (type === null) return { body: null, reason: { kind: 'schema-unusable', detail: problems.map((problem) => (problem.kind === 'malformed' ? problem.detail : problem.name)).join('\n') } }
    return valueOutcome(valueOf(buffer, type), bytes.byteLength, null)
  } catch (error) {
    if (error instanceof AvroFault) return { body: null, reason: error.reason }
    return malformed(detailOf(error))
  }
}

/** A value alone, or behind Confluent's header: what else begins with a zero byte is a value that fits the schema as it is. */
function valueOf(buffer: Buffer, type: Type): unknown {
  const bare = exactly(buffer, type)
  if (bare.ok) return bare.value
  if (buffer[0] !== 0 || buffer.byteLength < CONFLUENT_HEADER_BYTES) throw bare.error
  const framed = exactly(buffer.subarray(CONFLUENT_HEADER_BYTES), type)
  if (!framed.ok) throw bare.error
  return { registrySchemaId: buffer.readUInt32BE(1), value: framed.value }
}

/** Reads the whole buffer as one value. */
function exactly(buffer: Buffer, type: Type): { ok: true; value: unknown } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: type.fromBuffer(buffer) }
  } catch (error) {
    return { ok: false, error }
  }
}

function containerOf(buffer: Buffer): unknown {
  const { value: header, offset: start } = headerAtSchema.parse(HEADER.decode(buffer, 0))
  if (header === undefined || start < 0) throw damaged('the header of the container file is cut')
  const codec = header.meta['avro.codec']?.toString() ?? 'null'
  const schema: unknown = JSON.parse(header.meta['avro.schema']?.toString() ?? 'null')
  const type = avroType(schema)
  const values: unknown[] = []
  for (let at = start; at < buffer.byteLength; ) {
    const { value: block, offset } = blockAtSchema.parse(BLOCK.decode(buffer, at))
    if (block === undefined || offset < 0 || !block.sync.equals(header.sync)) throw damaged('a block of the container file is damaged')
    readBlock(inflated(block.data, codec), type, block.count, values)
    at = offset
  }
  return { schema, codec, values }
}

const damaged = (detail: string): AvroFault => new AvroFault({ kind: 'malformed', detail })

function readBlock(data: Buffer, type: Type, count: number, values: unknown[]): void {
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (values.length >= MOST_VALUES) throw new AvroFault({ kind: 'limit', limit: 'values', most: MOST_VALUES })
    const { value, offset } = valueAtSchema.parse(type.decode(data, at))
    if (offset < 0) throw damaged('a value of the container file is cut')
    values.push(value)
    at = offset
  }
}

function inflated(data: Buffer, codec: string): Buffer {
  if (codec === 'null') return data
  if (codec !== 'deflate') throw new AvroFault({ kind: 'schema-unusable', detail: `codec ${codec}` })
  try {
    return inflateRawSync(data, { maxOutputLength: READING_LIMITS.inflatedBytes })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? new AvroFault(limitFault('inflated-bytes')) : error
  }
}
