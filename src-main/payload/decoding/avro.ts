import { inflateRawSync } from 'node:zlib'
import { Type } from 'avsc'
import { z } from '@shared/schema'
import { compileAvro } from '../schemas/avro-schema'
import { avroType } from '../schemas/avro-type'
import { AvroBounds } from './avro-bounds'
import { AvroFault } from './avro-fault'
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
const headerSchema = z.object({ meta: z.record(z.string(), z.instanceof(Buffer)), sync: z.instanceof(Buffer) })
const blockAtSchema = z.object({
  value: z.object({ count: z.number(), data: z.instanceof(Buffer), sync: z.instanceof(Buffer) }).optional(),
  offset: z.number(),
})

/** Of one container file. */
const MOST_VALUES = 100_000

/** Confluent's wire format: a zero byte, the id of the schema in a registry as four bytes, then the value. */
const CONFLUENT_HEADER_BYTES = 5

/** By the user's schema; container files bring their own. */
export const decodeAvro: Decoder<'avro'> = ({ bytes, isWhole, aids }, { schemaId }) => {
  const buffer = Buffer.from(bytes)
  if (!isWhole) return { body: null, reason: { kind: 'limit', limit: 'bytes', most: bytes.byteLength } }
  try {
    if (buffer.subarray(0, 4).toString('latin1') === CONTAINER_MAGIC) return valueOutcome(containerOf(buffer), bytes.byteLength, null)
    if (schemaId === null || !aids.schemas.some(({ id }) => id === schemaId)) return { body: null, reason: { kind: 'schema-missing' } }
    const { type, problems } = compileAvro(aids.schemas, schemaId)
    if (type === null) return { body: null, reason: { kind: 'schema-unusable', detail: problems.map((problem) => (problem.kind === 'malformed' ? problem.detail : `${problem.name} is missing`)).join('\n') } }
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
    const more = buffer.byteLength - new AvroBounds().endOf(type, buffer, 0)
    if (more > 0) throw damaged(`the value ends ${more} bytes before the payload does`)
    return { ok: true, value: type.fromBuffer(buffer) }
  } catch (error) {
    return { ok: false, error }
  }
}

function containerOf(buffer: Buffer): unknown {
  const bounds = new AvroBounds()
  const start = bounds.endOf(HEADER, buffer, 0)
  const header = headerSchema.parse(HEADER.fromBuffer(buffer.subarray(0, start)))
  const codec = header.meta['avro.codec']?.toString() ?? 'null'
  const schema: unknown = JSON.parse(header.meta['avro.schema']?.toString() ?? 'null')
  const type = avroType(schema)
  const values: unknown[] = []
  let inflatedBytes = 0
  for (let at = start; at < buffer.byteLength; ) {
    const { value: block, offset } = blockAtSchema.parse(BLOCK.decode(buffer, at))
    if (block === undefined || offset < 0 || !block.sync.equals(header.sync)) throw damaged('a block of the container file is damaged')
    const data = inflated(block.data, codec, READING_LIMITS.inflatedBytes - inflatedBytes)
    if (codec !== 'null') inflatedBytes += data.byteLength
    readBlock(data, type, block.count, values, bounds)
    at = offset
  }
  return { schema, codec, values }
}

const damaged = (detail: string): AvroFault => new AvroFault({ kind: 'malformed', detail })

function readBlock(data: Buffer, type: Type, count: number, values: unknown[], bounds: AvroBounds): void {
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (values.length >= MOST_VALUES) throw new AvroFault({ kind: 'limit', limit: 'values', most: MOST_VALUES })
    const end = bounds.endOf(type, data, at)
    values.push(type.fromBuffer(data.subarray(at, end)))
    at = end
  }
  if (at < data.byteLength) throw damaged('a block of the container file is longer than its values')
}

function inflated(data: Buffer, codec: string, mostBytes: number): Buffer {
  if (codec === 'null') return data
  if (codec !== 'deflate') throw new AvroFault({ kind: 'schema-unusable', detail: `codec ${codec}` })
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, mostBytes) })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? new AvroFault(limitFault('inflated-bytes')) : error
  }
}
