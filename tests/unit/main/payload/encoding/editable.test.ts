import { gzipSync } from 'node:zlib'
import { get } from 'sparkplug-payload'
import { describe, expect, it } from 'vitest'
import type { EditablePayload } from '@shared/payload/editable'
import type { FormatChoice } from '@shared/payload/reading'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { editablePayload } from '../../../../../src-main/payload/encoding/editable'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { messageOf, readingOf, type How } from '../../../../support/read-payload'
import { CBOR_APPENDIX_A } from '../fixtures/cbor-appendix-a'
import { MESSAGEPACK_OF_PYTHON } from '../fixtures/messagepack-python'

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex')
const editable = (bytes: Uint8Array, how: How = {}): EditablePayload => editablePayload(messageOf(bytes, how), readingOf(how))

/** The very same bytes come of it; false where it says that they would not. */
function keeps(bytes: Uint8Array, as: FormatChoice, schemas: readonly SchemaFile[] = []): boolean {
  const found = editablePayload(messageOf(bytes), { ...readingOf({ as }), aids: { schemas, births: [] } })
  if (found.kind !== 'text') return false
  expect(found.format).toEqual(as)
  expect(Buffer.from(encode(found.text, found.format, schemas)).toString('hex')).toBe(Buffer.from(bytes).toString('hex'))
  return true
}

describe('a payload to be edited', () => {
  it('is the JSON form of CBOR where its bytes are the ones that preferred serialization gives', () => {
    for (const [digits, form, isPreferred] of CBOR_APPENDIX_A) {
      const kept = keeps(hex(digits), { kind: 'cbor' })
      if (isPreferred) expect(kept, `${digits}: ${form}`).toBe(true)
    }
    expect(editable(hex('9fff'), { as: 'cbor' })).toEqual({ kind: 'would-change', format: 'cbor' })
    expect(editable(hex('1800'), { as: 'cbor' })).toEqual({ kind: 'would-change', format: 'cbor' })
  })

  it('is the JSON form of what MessagePack of Python wrote', () => {
    const kept = MESSAGEPACK_OF_PYTHON.filter(([, digits]) => keeps(hex(digits), { kind: 'msgpack' }))
    expect(kept).toHaveLength(MESSAGEPACK_OF_PYTHON.length)
  })

  it('goes by content type, and is laid out', () => {
    expect(editable(hex('a2616101616202'), { contentType: 'application/cbor' })).toEqual({
      kind: 'text',
      text: '{\n  "a": 1,\n  "b": 2\n}',
      format: { kind: 'cbor' },
    })
  })

  it('goes by a schema, and by the wire where there is none', () => {
    const id = '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a09'
    const schemas: SchemaFile[] = [{ id, name: 'a.proto', kind: 'protobuf', text: 'syntax = "proto3"; message A { int32 a = 1; string b = 2; }' }]
    const choice = { kind: 'protobuf', schemaId: id, messageType: 'A' } as const
    expect(keeps(hex('0896011201' + '78'), choice, schemas)).toBe(true)
    // In the other order, and with a default that is written: both are allowed, and not how it is written here.
    expect(keeps(hex('1201780896' + '01'), choice, schemas)).toBe(false)
    expect(keeps(hex('0800'), choice, schemas)).toBe(false)
    const avro: SchemaFile[] = [{ id, name: 'a.avsc', kind: 'avro', text: '{"type":"record","name":"A","fields":[{"name":"a","type":"int"}]}' }]
    expect(keeps(hex('02'), { kind: 'avro', schemaId: id }, avro)).toBe(true)
  })

  it('has the aliases of Sparkplug it was sent with, whatever a BIRTH calls them', () => {
    const tahu = get('spBv1.0') ?? expect.fail('sparkplug-payload knows no Sparkplug B')
    const birth = tahu.encodePayload({ timestamp: 1, seq: 0, metrics: [{ name: 'Temperature', type: 'Int32', value: 1, alias: 7 }] })
    const data = tahu.encodePayload({ timestamp: 2, seq: 1, metrics: [{ type: 'Int32', value: 5, alias: 7 }] } as Parameters<typeof tahu.encodePayload>[0])
    const chosen = { ...readingOf({}), aids: { schemas: [], births: [birth] } }
    const found = editablePayload(messageOf(data, { topic: 'spBv1.0/g/NDATA/n' }), chosen)
    expect(found).toMatchObject({ kind: 'text', format: { kind: 'sparkplug' } })
    if (found.kind === 'text') expect(Buffer.from(encode(found.text, found.format, []))).toEqual(Buffer.from(data))
  })

  it.each<[string, Uint8Array, How]>([
    ['JSON', Buffer.from('{ "a":1.0 }'), {}],
    ['text', Buffer.from('on'), {}],
    ['bytes', hex('00ff'), {}],
    ['what is not what it was taken for', hex('ff'), { as: 'cbor' }],
    ['what ends too early', hex('a2616101'), { as: 'cbor' }],
  ])('is edited as it is: %s', (_what, bytes, how) => {
    expect(editable(bytes, how)).toEqual({ kind: 'plain' })
  })

  it('keeps YAML and XML as they were laid out, and numbers and other texts', () => {
    const yaml = Buffer.from('b:   1 # first\na: 2\n')
    expect(editable(yaml, { as: 'yaml' })).toEqual({ kind: 'text', text: yaml.toString(), format: { kind: 'yaml' } })
    const xml = Buffer.from('<a  b="1"><c/></a>')
    expect(editable(xml, { as: 'xml' })).toEqual({ kind: 'text', text: xml.toString(), format: { kind: 'xml' } })
    expect(keeps(hex('41ac0000'), { kind: 'number', type: 'float32', byteOrder: 'big-endian' })).toBe(true)
    expect(keeps(hex('e4f6fc'), { kind: 'text', charset: 'latin1' })).toBe(true)
  })

  it('stays bytes where it is compressed, or where its text is too long', () => {
    expect(editable(gzipSync('{"a":1}'))).toEqual({ kind: 'compressed' })
    // A byte string of 1.8 MB, which is longer as Base64.
    const long = Buffer.concat([hex('5a001b7740'), Buffer.alloc(1_800_000)])
    expect(editable(long, { as: 'cbor' })).toEqual({ kind: 'too-long', format: 'cbor' })
  })
})
