import { describe, expect, it } from 'vitest'
import { decodeProtobuf } from '../../../../../src-main/payload/decoding/protobuf'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import type { SchemaFile } from '@shared/schemas/schema-file'

const ALL_TYPES = `syntax = "proto3";
package test;
import "google/protobuf/timestamp.proto";
message All {
  double d = 1; float f = 2; int32 i32 = 3; int64 i64 = 4; uint32 u32 = 5; uint64 u64 = 6;
  sint32 s32 = 7; sint64 s64 = 8; fixed32 f32 = 9; fixed64 f64 = 10; sfixed32 sf32 = 11; sfixed64 sf64 = 12;
  bool b = 13; string s = 14; bytes by = 15; Color color = 16; All child = 17;
  repeated int32 packed = 18; repeated string words = 19; repeated All children = 20;
  map<string, int32> counts = 21; map<int64, string> names = 22; map<bool, bytes> flags = 23;
  oneof choice { string text = 24; int32 number = 25; }
  google.protobuf.Timestamp at = 26; optional int32 maybe = 27;
  map<uint64, All> deep = 28; repeated Color colors = 29;
}
enum Color { NONE = 0; RED = 1; BLUE = -1; }
`
/** What protoc 3.21.12 encodes from the text form of {@link ALL_VALUES}. */
const ALL_BYTES = [
  '09000000000000f83f15cdcccc3d1880808080f8ffffffff01208080808080808080800128ffffffff0f30ffffffffffffffffff013801408180808080808020',
  '4dffffffff5101000000000020005dfbffffff61faffffffffffffff6801720668c3a96c6c6f7a0200ff8001018a0102180792010d01ffffffffffffffffff01',
  'ac029a0101619a0100a20103720178a20100aa01070a036f6e651001aa01080a047a65726f1000b2011008ffffffffffffffefff0112036e6567',
  'ba01050801120101c80100d201080880e2cfaa061005d80100e2010908cec2f10512026801ea010bffffffffffffffffff0101',
].join('')
const ALL_VALUES = {
  d: 1.5, f: 0.1, i32: -2147483648, i64: -9223372036854775808n, u32: 4294967295, u64: 18446744073709551615n,
  s32: -1, s64: -9007199254740993n, f32: 4294967295, f64: 9007199254740993n, sf32: -5, sf64: -6,
  b: true, s: 'héllo', by: { $bytes: 'AP8=' }, color: 'RED', child: { i32: 7 },
  packed: [1, -1, 300], words: ['a', ''], children: [{ s: 'x' }, {}],
  counts: { one: 1, zero: 0 }, names: { '-9007199254740993': 'neg' }, flags: { true: { $bytes: 'AQ==' } },
  number: 0, at: { seconds: 1700000000, nanos: 5 }, maybe: 0,
  deep: { '12345678': { b: true } }, colors: ['BLUE', 'RED'],
}

const ID = '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a01'
const file = (text: string, name = 'all.proto', id = ID): SchemaFile => ({ id, name, kind: 'protobuf', text })
const hex = (digits: string): Uint8Array => Buffer.from(digits, 'hex')

function decode(bytes: Uint8Array, messageType: string, schemas: readonly SchemaFile[], schemaId: string | null = ID, isWhole = true) {
  const payload = { bytes, isWhole, topic: 't', aids: { schemas, births: [] } }
  const { body, reason } = decodeProtobuf(payload, { kind: 'protobuf', schemaId, messageType }, Number.MAX_SAFE_INTEGER)
  return { text: body?.kind === 'text' ? body.text : null, reason }
}
const written = (text: string, messageType: string, schemas: readonly SchemaFile[], schemaId: string | null = ID): string =>
  Buffer.from(encode(text, { kind: 'protobuf', schemaId, messageType }, schemas)).toString('hex')
const raw = (bytes: Uint8Array) => decode(bytes, '', [], null)
/** JSON with exact integers, on one line. */
function json(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${json(member)}`).join(',')}}`
}

describe('a message of a known type', () => {
  it('with more fields it does not know than are shown says so', () => {
    const bytes = Buffer.alloc(200_100, Buffer.from([0x78, 1])) // field 15, 100,050 times
    expect(decode(bytes, 'M', [file('syntax = "proto3"; message M { int32 a = 1; }')])).toEqual({ text: null, reason: { kind: 'limit', limit: 'values', most: 100_000 } })
  })

  const all = [file(ALL_TYPES)]

  it('has all that protoc put in, integers of 64 bits exactly', () => {
    const { text, reason } = decode(hex(ALL_BYTES), 'test.All', all)
    expect(reason).toBeNull()
    expect(JSON.parse(text ?? '')).toEqual(JSON.parse(json(ALL_VALUES)))
    for (const exact of ['-9223372036854775808', '18446744073709551615', '-9007199254740993', '"f64":9007199254740993']) expect(text).toContain(exact)
  })

  it('is written as protoc writes it', () => {
    expect(written(json(ALL_VALUES), 'test.All', all)).toBe(ALL_BYTES)
  })

  it('shows what was not sent as absent, and a default that was sent', () => {
    expect(decode(new Uint8Array(), 'test.All', all).text).toBe('{}')
    expect(decode(hex('d80100'), 'test.All', all).text).toBe('{"maybe":0}')
  })

  it('keeps fields that the type does not have, and writes them back', () => {
    const bytes = '1807' + 'f206036f6465' + 'f806960f' // i32 = 7, then fields 110 and 111
    const { text } = decode(hex(bytes), 'test.All', all)
    expect(JSON.parse(text ?? '')).toEqual({
      i32: 7,
      $unknown: [
        { field: 110, wire: 'length-delimited', guess: 'text', text: 'ode' },
        { field: 111, wire: 'varint', value: 1942 },
      ],
    })
    expect(written(text ?? '', 'test.All', all)).toBe(bytes)
  })

  it('reads groups and defaults of proto2', () => {
    const old = [file('syntax = "proto2"; message Old { required int32 id = 1; optional group Part = 2 { optional string name = 3; } repeated int32 plain = 4; optional float x = 5 [default = 2.5]; }')]
    const { text } = decode(hex('0801131a01701420012002'), 'Old', old)
    expect(JSON.parse(text ?? '')).toEqual({ id: 1, part: { name: 'p' }, plain: [1, 2] })
    expect(decode(hex('2001'), 'Old', old).reason).toMatchObject({ kind: 'malformed' })
  })

  it('follows imports in the library, by path or by name', () => {
    const unit = file('syntax = "proto3"; package acme; enum Unit { NONE = 0; CELSIUS = 1; }', 'units.proto', '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a02')
    const reading = file('syntax = "proto3"; package acme; import "acme/units.proto"; message Reading { Unit unit = 1; }')
    expect(decode(hex('0801'), 'acme.Reading', [reading, unit]).text).toBe('{"unit":"CELSIUS"}')
    expect(decode(hex('0801'), 'acme.Reading', [reading]).reason).toEqual({ kind: 'schema-unusable', detail: 'acme/units.proto is missing' })
  })

  it('says when there is no such type, no such file, or the bytes are cut', () => {
    expect(decode(hex('0801'), 'test.Nothing', all).reason).toMatchObject({ kind: 'schema-unusable' })
    expect(decode(hex('0801'), 'test.All', []).reason).toEqual({ kind: 'schema-missing' })
    expect(decode(hex('7206'), 'test.All', all).reason).toMatchObject({ kind: 'malformed' })
    expect(decode(hex('0801'), 'test.All', all, ID, false).reason).toEqual({ kind: 'limit', limit: 'bytes', most: 2 })
  })

  it('gives up on messages nested without end', () => {
    let bytes = Buffer.alloc(0)
    for (let depth = 0; depth < 1_000; depth += 1) {
      const length = bytes.byteLength < 128 ? [bytes.byteLength] : [(bytes.byteLength & 0x7f) | 0x80, bytes.byteLength >> 7]
      bytes = Buffer.concat([Buffer.from([0x8a, 0x01, ...length]), bytes])
    }
    expect(decode(bytes, 'test.All', all).reason).toMatchObject({ kind: 'malformed', detail: 'max depth exceeded' })
  })

  it.each([
    ['{"i32": 2147483648}', 'i32 must be from -2147483648 to 2147483647', 8],
    ['{"u64": -1}', 'u64 must be from 0 to 18446744073709551615', 8],
    ['{"child": {"words": ["a", 5]}}', 'child.words[1] must be text', 26],
    ['{"colour": 1}', 'colour All has no such field', 11],
    ['{"color": "GREEN"}', 'color Color has no value GREEN', 10],
    ['{"text": "a", "number": 1}', 'only one of text, number can be sent', 0],
    ['{"by": "AP8="}', 'by must be bytes: {"$bytes": "<base64>"}', 7],
    ['{"names": {"x": "y"}}', 'names.x the key must be an integer', 16],
    ['{"b": 1}', 'b must be true or false', 6],
    ['[]', 'must be an object', 0],
  ])('%s is not written: %s', (text, reason, position) => {
    expect(() => written(text, 'test.All', all)).toThrow(
      expect.objectContaining({ code: 'payload-not-encoded', details: { reason, position } }),
    )
  })
})

describe('the wire view', () => {
  // protobuf.dev/programming-guides/encoding
  it.each([
    ['089601', [{ field: 1, wire: 'varint', value: 150 }]],
    ['120774657374696e67', [{ field: 2, wire: 'length-delimited', guess: 'text', text: 'testing' }]],
    ['1a03089601', [{ field: 3, wire: 'length-delimited', guess: 'message', fields: [{ field: 1, wire: 'varint', value: 150 }] }]],
    ['220568656c6c6f280128022803', [
      { field: 4, wire: 'length-delimited', guess: 'text', text: 'hello' },
      { field: 5, wire: 'varint', value: 1 },
      { field: 5, wire: 'varint', value: 2 },
      { field: 5, wire: 'varint', value: 3 },
    ]],
    ['15cdcccc3d', [{ field: 2, wire: 'fixed32', value: 1036831949, asFloat: 0.1 }]],
    ['131a01701420ff01', [
      { field: 2, wire: 'group', fields: [{ field: 3, wire: 'length-delimited', guess: 'text', text: 'p' }] },
      { field: 4, wire: 'varint', value: 255 },
    ]],
    ['3206038e029ea705', [{ field: 6, wire: 'length-delimited', bytes: { $bytes: 'A44CnqcF' } }]],
  ])('of %s', (bytes, fields) => {
    expect(JSON.parse(raw(hex(bytes)).text ?? '')).toEqual(fields)
    expect(written(raw(hex(bytes)).text ?? '', '', [], null)).toBe(bytes)
  })

  it('shows negative numbers as both they may be', () => {
    expect(raw(hex('08ffffffffffffffffff01')).text).toBe('[{"field":1,"wire":"varint","value":18446744073709551615,"asSigned":-1}]')
  })

  it('of what protoc wrote is written back byte for byte', () => {
    const { text, reason } = raw(hex(ALL_BYTES))
    expect(reason).toBeNull()
    expect(written(text ?? '', '', [], null)).toBe(ALL_BYTES)
  })

  it.each(['08', '0f', '0000', '0a05', '14', '13', 'ffffffffffffffffffffff'])('refuses %s', (bytes) => {
    expect(raw(hex(bytes)).reason).toMatchObject({ kind: 'malformed' })
  })

  it('stops at so many fields, and at nested groups without end', () => {
    const started = performance.now()
    const { reason } = raw(Buffer.from('0801'.repeat(200_000), 'hex'))
    expect(reason).toMatchObject({ kind: 'limit', limit: 'values' })
    expect(raw(Buffer.alloc(1_000_000, 0x0b)).reason).toMatchObject({ kind: 'malformed' })
    let nested = Buffer.from([0x08, 0x01])
    while (nested.byteLength < 20_000) nested = Buffer.concat([Buffer.from([0x0a, (nested.byteLength & 0x7f) | 0x80, ((nested.byteLength >> 7) & 0x7f) | 0x80, nested.byteLength >> 14]), nested])
    expect(raw(nested).reason).toBeNull()
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
