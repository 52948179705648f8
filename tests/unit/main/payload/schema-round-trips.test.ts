import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toJsonForm } from '@shared/payload/json-form'
import { fromJsonForm } from '@shared/payload/read-json-form'
import type { FormatChoice } from '@shared/payload/reading'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { structuredForm } from './structured-form'
import { encode } from '../../../../src-main/payload/encoding/encoders'

const ID = '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a09'

/** What is read of what was written of a value, both in the JSON form. */
function expectSame(value: unknown, format: FormatChoice, schemas: readonly SchemaFile[]): void {
  const { text } = toJsonForm(value)
  expect(fromJsonForm(structuredForm(encode(text, format, schemas), format, schemas))).toEqual(fromJsonForm(text))
}

const bits = (count: bigint, signed: boolean) =>
  fc
    .bigInt(signed ? -(1n << (count - 1n)) : 0n, (1n << (signed ? count - 1n : count)) - 1n)
    .map((integer) => (Number.isSafeInteger(Number(integer)) ? Number(integer) : integer))
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const bytes = fc.uint8Array({ maxLength: 20 })
const double = fc.double({ noDefaultInfinity: false }).map((number) => (Number.isInteger(number) && !Number.isSafeInteger(number) ? 0.5 : number))
const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 4 })

describe('what is written is read as it was', () => {
  it('Protobuf, by its schema', () => {
    const schema = `syntax = "proto3";
      message All {
        optional int32 a = 1; optional uint64 b = 2; optional sint64 c = 3; optional sfixed64 d = 4; optional double e = 5;
        optional string f = 6; optional bytes g = 7; optional bool h = 8; optional Kind i = 9; repeated All j = 10;
        repeated sint32 k = 11; map<string, fixed64> l = 12; oneof m { string n = 13; uint32 o = 14; }
      }
      enum Kind { ZERO = 0; ONE = 1; TWO = 2; }`
    const schemas: SchemaFile[] = [{ id: ID, name: 'all.proto', kind: 'protobuf', text: schema }]
    const { all } = fc.letrec<{ all: Record<string, unknown> }>((tie) => ({
      all: fc.record(
        {
          a: bits(32n, true), b: bits(64n, false), c: bits(64n, true), d: bits(64n, true), e: double, f: text, g: bytes, h: fc.boolean(),
          i: fc.constantFrom('ZERO', 'ONE', 'TWO'), j: some(tie('all')), k: some(bits(32n, true)),
          l: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), bits(64n, false), { minKeys: 1, maxKeys: 3 }), n: text,
        },
        { requiredKeys: [] },
      ),
    }))
    fc.assert(fc.property(all, (value) => expectSame(value, { kind: 'protobuf', schemaId: ID, messageType: 'All' }, schemas)), { numRuns: 100 })
  })

  it('Avro', () => {
    const schema = {
      type: 'record',
      name: 'All',
      fields: [
        { name: 'a', type: 'int' },
        { name: 'b', type: 'long' },
        { name: 'c', type: 'double' },
        { name: 'd', type: 'string' },
        { name: 'e', type: 'bytes' },
        { name: 'f', type: ['null', 'All'] },
        { name: 'g', type: { type: 'map', values: 'boolean' } },
        { name: 'h', type: { type: 'array', items: 'long' } },
      ],
    }
    const schemas: SchemaFile[] = [{ id: ID, name: 'all.avsc', kind: 'avro', text: JSON.stringify(schema) }]
    const { all } = fc.letrec<{ all: Record<string, unknown> }>((tie) => ({
      all: fc.record({
        a: bits(32n, true), b: bits(64n, true), c: double, d: text, e: bytes, f: fc.option(tie('all'), { maxDepth: 4 }),
        g: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.boolean(), { maxKeys: 3 }), h: fc.array(bits(64n, true), { maxLength: 4 }),
      }),
    }))
    fc.assert(fc.property(all, (value) => expectSame(value, { kind: 'avro', schemaId: ID }, schemas)), { numRuns: 200 })
  })

  it('Sparkplug B', () => {
    const of = (dataType: string, value: fc.Arbitrary<unknown>) => fc.record({ name: text, dataType: fc.constant(dataType), value: fc.option(value) })
    const metric = fc.oneof(
      of('Int8', bits(8n, true)), of('Int16', bits(16n, true)), of('Int32', bits(32n, true)), of('Int64', bits(64n, true)),
      of('UInt8', bits(8n, false)), of('UInt32', bits(32n, false)), of('UInt64', bits(64n, false)), of('DateTime', bits(64n, false)),
      of('Double', double), of('Boolean', fc.boolean()), of('String', text), of('Bytes', bytes),
      of('Int32Array', fc.array(bits(32n, true))), of('BooleanArray', fc.array(fc.boolean())), of('DoubleArray', fc.array(double)),
      of('StringArray', fc.array(text.filter((words) => !words.includes('\0')))),
    )
    const payload = fc.record({ timestamp: bits(64n, false), seq: bits(8n, false), metrics: fc.array(metric, { maxLength: 6 }) })
    fc.assert(fc.property(payload, (value) => expectSame(value, { kind: 'sparkplug' }, [])), { numRuns: 200 })
  })
})
