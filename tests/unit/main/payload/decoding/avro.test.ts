import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { decodeAvro } from '../../../../../src-main/payload/decoding/avro'
import { encode } from '../../../../../src-main/payload/encoding/encoders'

const ID = '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a03'
const file = (schema: unknown): SchemaFile => ({ id: ID, name: 'a.avsc', kind: 'avro', text: JSON.stringify(schema) })
const hex = (digits: string): Buffer => Buffer.from(digits.replace(/\s/g, ''), 'hex')

function decode(bytes: Uint8Array, schema: unknown, isWhole = true) {
  const schemas = schema === null ? [] : [file(schema)]
  const payload = { bytes, isWhole, topic: 't', aids: { schemas, births: [] } }
  const { body, reason } = decodeAvro(payload, { kind: 'avro', schemaId: schema === null ? null : ID }, Number.MAX_SAFE_INTEGER)
  return { text: body?.kind === 'text' ? body.text : null, reason }
}
const written = (text: string, schema: unknown): string => Buffer.from(encode(text, { kind: 'avro', schemaId: ID }, [file(schema)])).toString('hex')

const TEST_RECORD = { type: 'record', name: 'test', fields: [{ name: 'a', type: 'long' }, { name: 'b', type: 'string' }] }

describe('a value of a known schema', () => {
  // The examples of the specification (Avro 1.12, Binary Encoding).
  it.each([
    ['record', TEST_RECORD, '36 06 66 6f 6f', '{"a":27,"b":"foo"}'],
    ['array', { type: 'array', items: 'long' }, '04 06 36 00', '[3,27]'],
    ['union, null', ['null', 'string'], '00', 'null'],
    ['union, string', ['null', 'string'], '02 02 61', '"a"'],
    ['enum', { type: 'enum', name: 'Foo', symbols: ['A', 'B', 'C', 'D'] }, '06', '"D"'],
    ['string', 'string', '06 66 6f 6f', '"foo"'],
    ['long 0', 'long', '00', '0'],
    ['long -1', 'long', '01', '-1'],
    ['long 1', 'long', '02', '1'],
    ['long -64', 'long', '7f', '-64'],
    ['long 64', 'long', '80 01', '64'],
  ])('%s', (_name, schema, bytes, text) => {
    expect(decode(hex(bytes), schema)).toEqual({ text, reason: null })
    expect(written(text, schema)).toBe(bytes.replaceAll(' ', ''))
  })

  it('has longs exactly, bytes as such, and unions that JSON cannot tell apart by their type', () => {
    const schema = {
      type: 'record',
      name: 'All',
      fields: [
        { name: 'most', type: 'long' },
        { name: 'raw', type: 'bytes' },
        { name: 'mac', type: { type: 'fixed', name: 'Mac', size: 2 } },
        { name: 'either', type: ['int', 'double'] },
        { name: 'more', type: { type: 'map', values: 'boolean' } },
      ],
    }
    const text = '{"most":9223372036854775807,"raw":{"$bytes":"AP8="},"mac":{"$bytes":"AQI="},"either":{"double":1},"more":{"on":true}}'
    const bytes = written(text, schema)
    expect(bytes).toMatch(/^feffffffffffffffff01/) // the zigzag form of 2^63 - 1
    expect(decode(hex(bytes), schema)).toEqual({ text, reason: null })
  })

  it('shows a registry’s schema id, and skips it', () => {
    expect(decode(hex('00 00 00 00 2a 36 06 66 6f 6f'), TEST_RECORD).text).toBe('{"registrySchemaId":42,"value":{"a":27,"b":"foo"}}')
  })

  it('says what is wrong: no schema, no such bytes, cut', () => {
    expect(decode(hex('3606'), null).reason).toEqual({ kind: 'schema-missing' })
    expect(decode(hex('3606666f'), TEST_RECORD).reason).toMatchObject({ kind: 'malformed' })
    expect(decode(hex('3606666f6fff'), TEST_RECORD).reason).toMatchObject({ kind: 'malformed' })
    expect(decode(hex('36'), TEST_RECORD, false).reason).toMatchObject({ kind: 'limit', limit: 'bytes' })
    expect(decode(hex('36'), { type: 'nonsense' }).reason).toMatchObject({ kind: 'schema-unusable' })
  })

  const empty = { type: 'record', name: 'E', fields: [] }
  const tree = { type: 'record', name: 'T', fields: [{ name: 'more', type: ['null', 'T'] }] }
  it.each([
    ['nothing, a million million times', { type: 'array', items: 'null' }, '8080808080808001', { kind: 'limit', limit: 'values', most: 1_000_000 }],
    ['empty records', { type: 'array', items: empty }, '8080808080808001', { kind: 'limit', limit: 'values', most: 1_000_000 }],
    ['lists whose size is only promised', { type: 'array', items: 'long' }, 'feffffff0f00', { kind: 'malformed', detail: 'it ends too early' }],
    ['entries that are only promised', { type: 'map', values: 'long' }, 'feffffff0f00', { kind: 'malformed', detail: 'it ends too early' }],
    ['records in records', tree, '02'.repeat(100_000), { kind: 'limit', limit: 'depth', most: 200 }],
    ['a text below zero', 'string', '0102', { kind: 'malformed', detail: 'it ends too early' }],
    ['a number without end', 'long', 'ff'.repeat(20), { kind: 'malformed', detail: 'a number has more than 64 bits' }],
    ['a branch there is not', ['null', 'long'], '04', { kind: 'malformed', detail: 'a union has no such branch' }],
    ['a prototype', { type: 'map', values: 'long' }, '02125f5f70726f746f5f5f0200', { kind: 'malformed', detail: 'the key __proto__ cannot be read' }],
    ['what follows', 'long', '0236', { kind: 'malformed', detail: 'the value ends 1 bytes before the payload does' }],
  ])('stops soon at %s', (_what, schema, bytes, reason) => {
    expect(decode(hex(bytes), schema)).toEqual({ text: null, reason })
  })

  it('measures what it reads: whatever is written, in blocks with their size too', () => {
    const schema = { type: 'array', items: { type: 'map', values: ['null', 'double', { type: 'fixed', name: 'F', size: 2 }] } }
    const text = '[{"a":null,"b":1.5},{"c":{"$bytes":"AQI="}},{}]'
    expect(decode(hex(written(text, schema)), schema)).toEqual({ text, reason: null })
    expect(decode(hex('01 04 36 00'), { type: 'array', items: 'long' }).text).toBe('[27]') // a block of -1 items that has 2 bytes
  })

  it('has no field that would be the prototype', () => {
    const schema = { type: 'record', name: 'R', fields: [{ name: '__proto__', type: 'long' }] }
    expect(decode(hex('02'), schema).reason).toMatchObject({ kind: 'schema-unusable', detail: 'a field __proto__ cannot be read' })
  })

  it('does not run what a schema calls itself', () => {
    const name = `A'];globalThis.avroRan=1;//`
    for (const schema of [{ type: 'record', name, fields: [] }, { type: 'record', name: 'A', fields: [{ name, type: 'int' }] }, [{ type: 'enum', name: `a.${name}`, symbols: ['B'] }, 'null']]) {
      expect(decode(hex('00'), schema).reason).toMatchObject({ kind: 'schema-unusable' })
    }
    expect('avroRan' in globalThis).toBe(false)
  })

  it.each([
    ['{"a": "27", "b": "foo"}', 'a must be long', 6],
    ['{"a": 27}', 'b must be string', null],
    ['{"a": 27, "b": "foo", "c": 1}', 'must be test', 0],
    ['{"a": 9223372036854775808, "b": ""}', 'a must be long', 6],
  ])('%s is not written: %s', (text, reason, position) => {
    const details = position === null ? { reason } : { reason, position }
    expect(() => written(text, TEST_RECORD)).toThrow(expect.objectContaining({ code: 'payload-not-encoded', details }))
  })

  it('is not written without a schema', () => {
    expect(() => encode('1', { kind: 'avro', schemaId: null }, [])).toThrow(
      expect.objectContaining({ details: { reason: 'Avro cannot be written without a schema', position: 0 } }),
    )
  })
})

describe('types of other files', () => {
  const OTHER = (index: number) => `0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6b0${index}`
  const library = (main: unknown, ...others: unknown[]): SchemaFile[] => [
    ...others.map((schema, index) => ({ ...file(schema), id: OTHER(index), name: `${index}.avsc` })),
    file(main),
  ]
  const read = (bytes: string, schemas: SchemaFile[]) => {
    const { body, reason } = decodeAvro({ bytes: hex(bytes), isWhole: true, topic: 't', aids: { schemas, births: [] } }, { kind: 'avro', schemaId: ID }, 1_000)
    return body?.kind === 'text' ? body.text : reason
  }
  const unit = { type: 'enum', name: 'Unit', namespace: 'acme.units', symbols: ['C', 'K'] }
  const reading = { type: 'record', name: 'Reading', namespace: 'acme', fields: [{ name: 'value', type: 'long' }, { name: 'unit', type: 'acme.units.Unit' }] }
  const report = { type: 'record', name: 'Report', namespace: 'acme', fields: [{ name: 'readings', type: { type: 'array', items: 'Reading' } }, { name: 'unit', type: 'acme.units.Unit' }] }

  it.each([
    ['in order', [unit, reading]],
    ['in any order', [reading, unit]],
    ['beside files that are wrong', [{ type: 'record', name: 'X', fields: [{ name: 'a', type: 'nowhere.Y' }] }, reading, 5, unit, { type: 'nonsense' }]],
  ])('are found, %s', (_how, others) => {
    const schemas = library(report, ...others)
    expect(read('02 36 02 00 00', schemas)).toBe('{"readings":[{"value":27,"unit":"K"}],"unit":"C"}')
    expect(Buffer.from(encode('{"readings":[{"value":27,"unit":"K"}],"unit":"C"}', { kind: 'avro', schemaId: ID }, schemas)).toString('hex')).toBe('0236020000')
  })

  it('are told when they are missing, or when files need each other', () => {
    expect(read('00', library(report, reading))).toEqual({ kind: 'schema-unusable', detail: 'acme.units.Unit is missing' })
    const circle = { type: 'record', name: 'B', fields: [{ name: 'a', type: 'A' }] }
    expect(read('00', library({ type: 'record', name: 'A', fields: [{ name: 'b', type: 'B' }] }, circle))).toEqual({ kind: 'schema-unusable', detail: 'A is missing' })
  })

  it('are looked for in time, however many files want them', () => {
    const others = Array.from({ length: 60 }, (_, index) => ({ type: 'record', name: `R${index}`, fields: [{ name: 'a', type: 'gone' }, { name: 'b', type: `R${(index + 1) % 60}` }] }))
    expect(read('00', library({ type: 'array', items: 'R0' }, ...others))).toEqual({ kind: 'schema-unusable', detail: 'gone is missing' })
  })
})

describe('a container file', () => {
  const SYNC = '00112233445566778899aabbccddeeff'
  /** The header by the specification: magic, a map of metadata in one block, the sync marker. */
  function container(codec: string, blocks: readonly { count: number; data: Buffer }[], schema: unknown = TEST_RECORD): Buffer {
    const text = (value: string): Buffer => Buffer.concat([zigzag(Buffer.byteLength(value)), Buffer.from(value)])
    const meta = [text('avro.schema'), text(JSON.stringify(schema)), text('avro.codec'), text(codec)]
    return Buffer.concat([
      Buffer.from('Obj\u0001', 'latin1'),
      ...[zigzag(2), ...meta, zigzag(0), hex(SYNC)],
      ...blocks.flatMap(({ count, data }) => [zigzag(count), zigzag(data.byteLength), data, hex(SYNC)]),
    ])
  }
  function zigzag(value: number): Buffer {
    const bytes: number[] = []
    let rest = value * 2
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128)
    return Buffer.from([...bytes, rest])
  }
  const LARGE = deflateRawSync(Buffer.concat([zigzag(30 * 1024 * 1024), Buffer.alloc(30 * 1024 * 1024)]))
  const TWO = hex('36 06 66 6f 6f 02 00')

  it.each([['null', TWO], ['deflate', deflateRawSync(TWO)]])('brings its own schema; codec %s', (codec, data) => {
    const { text, reason } = decode(container(codec, [{ count: 2, data }, { count: 2, data }]), null)
    expect(reason).toBeNull()
    expect(JSON.parse(text ?? '')).toEqual({
      schema: TEST_RECORD,
      codec,
      values: [{ a: 27, b: 'foo' }, { a: 1, b: '' }, { a: 27, b: 'foo' }, { a: 1, b: '' }],
    })
  })

  it.each([
    ['a codec we lack', container('snappy', [{ count: 1, data: TWO }]), { kind: 'schema-unusable', detail: 'codec snappy' }],
    ['a cut block', container('null', [{ count: 2, data: TWO }]).subarray(0, -3), { kind: 'malformed' }],
    ['a cut header', container('null', []).subarray(0, 20), { kind: 'malformed' }],
    ['a bomb of values', container('null', [{ count: 2_000_000_000, data: Buffer.alloc(0) }], 'null'), { kind: 'limit', limit: 'values' }],
    ['a bomb of lists', container('null', Array.from({ length: 4 }, () => ({ count: 1, data: hex('80f424 00') })), { type: 'array', items: 'null' }), { kind: 'limit', limit: 'values' }],
    ['a bomb of many blocks', container('deflate', Array(3).fill({ count: 1, data: LARGE }), 'bytes'), { kind: 'limit', limit: 'inflated-bytes' }],
    ['a block longer than its values', container('null', [{ count: 1, data: TWO }]), { kind: 'malformed' }],
    ['a bomb of bytes', container('deflate', [{ count: 1, data: deflateRawSync(Buffer.alloc(80 * 1024 * 1024)) }], 'bytes'), { kind: 'limit', limit: 'inflated-bytes' }],
  ])('refuses %s', (_name, bytes, reason) => {
    expect(decode(bytes, null).reason).toMatchObject(reason)
  })
})
