import { get } from 'sparkplug-payload'
import { describe, expect, it } from 'vitest'
import { decodeSparkplug } from '../../../../../src-main/payload/decoding/sparkplug'
import { encode } from '../../../../../src-main/payload/encoding/encoders'

/** Eclipse Tahu's own encoder and decoder. */
const tahu = get('spBv1.0') ?? expect.fail('sparkplug-payload knows no Sparkplug B')
type TahuPayload = Parameters<typeof tahu.encodePayload>[0]
const hex = (digits: string): Buffer => Buffer.from(digits.replace(/\s/g, ''), 'hex')

function decode(bytes: Uint8Array, { births = [] as Uint8Array[], topic = 'spBv1.0/g/NBIRTH/n' } = {}) {
  const { body, reason } = decodeSparkplug({ bytes, isWhole: true, topic, aids: { schemas: [], births } }, { kind: 'sparkplug' }, Number.MAX_SAFE_INTEGER)
  return { value: body?.kind === 'text' ? (JSON.parse(body.text) as unknown) : null, text: body?.kind === 'text' ? body.text : null, reason }
}
const written = (value: unknown): Uint8Array => encode(typeof value === 'string' ? value : JSON.stringify(value), { kind: 'sparkplug' }, [])

const BIRTH: TahuPayload = {
  timestamp: 1_700_000_000_000,
  seq: 0,
  metrics: [
    { name: 'bdSeq', type: 'UInt64', value: 5 },
    { name: 'i8', type: 'Int8', value: -1, alias: 1 },
    { name: 'i16', type: 'Int16', value: -300, alias: 2 },
    { name: 'i32', type: 'Int32', value: -70000, alias: 3, timestamp: 1_700_000_000_001 },
    { name: 'u32', type: 'UInt32', value: 4_294_967_295 },
    { name: 'float', type: 'Float', value: 0.1 },
    { name: 'double', type: 'Double', value: -2.5, properties: { unit: { type: 'String', value: '°C' }, quality: { type: 'Int32', value: 192 } } },
    { name: 'on', type: 'Boolean', value: true, isHistorical: true },
    { name: 'words', type: 'String', value: 'größe' },
    { name: 'none', type: 'String', value: null },
    { name: 'bytes', type: 'Bytes', value: Uint8Array.of(0, 255), metadata: { contentType: 'image/png', size: 2, fileName: 'a.png' } },
    {
      name: 'table',
      type: 'DataSet',
      value: { numOfColumns: 2, columns: ['name', 'age'], types: ['String', 'UInt32'], rows: [['Ada', 36], ['Alan', 41]] },
    },
    {
      name: 'motor',
      type: 'Template',
      value: {
        version: '1',
        templateRef: 'Motor',
        isDefinition: false,
        metrics: [{ name: 'rpm', type: 'Int32', value: -5 }],
        parameters: [{ name: 'index', type: 'String', value: 'third' }],
      },
    },
  ],
}
const BIRTH_VALUE = {
  timestamp: 1_700_000_000_000,
  seq: 0,
  metrics: [
    { name: 'bdSeq', dataType: 'UInt64', value: 5 },
    { name: 'i8', alias: 1, dataType: 'Int8', value: -1 },
    { name: 'i16', alias: 2, dataType: 'Int16', value: -300 },
    { name: 'i32', alias: 3, timestamp: 1_700_000_000_001, dataType: 'Int32', value: -70000 },
    { name: 'u32', dataType: 'UInt32', value: 4_294_967_295 },
    { name: 'float', dataType: 'Float', value: 0.1 },
    {
      name: 'double',
      dataType: 'Double',
      properties: { unit: { dataType: 'String', value: '°C' }, quality: { dataType: 'Int32', value: 192 } },
      value: -2.5,
    },
    { name: 'on', dataType: 'Boolean', isHistorical: true, value: true },
    { name: 'words', dataType: 'String', value: 'größe' },
    { name: 'none', dataType: 'String', value: null },
    { name: 'bytes', dataType: 'Bytes', metadata: { contentType: 'image/png', size: 2, fileName: 'a.png' }, value: { $bytes: 'AP8=' } },
    {
      name: 'table',
      dataType: 'DataSet',
      value: { columns: ['name', 'age'], types: ['String', 'UInt32'], rows: [['Ada', 36], ['Alan', 41]] },
    },
    {
      name: 'motor',
      dataType: 'Template',
      value: {
        version: '1',
        templateRef: 'Motor',
        isDefinition: false,
        parameters: [{ name: 'index', dataType: 'String', value: 'third' }],
        metrics: [{ name: 'rpm', dataType: 'Int32', value: -5 }],
      },
    },
  ],
}

describe('a payload of Eclipse Tahu', () => {
  it('is read with names, types and values of every kind', () => {
    expect(decode(tahu.encodePayload(BIRTH))).toMatchObject({ value: BIRTH_VALUE, reason: null })
  })

  it('is written so that Tahu reads the same', () => {
    const bytes = written(BIRTH_VALUE)
    expect(decode(bytes).value).toEqual(BIRTH_VALUE)
    const theirs = tahu.decodePayload(Buffer.from(bytes))
    expect(JSON.stringify(theirs)).toBe(JSON.stringify(tahu.decodePayload(tahu.encodePayload(BIRTH))))
  })
})

describe('bytes written by hand, by the definition of Sparkplug 3.0, 6.4.1', () => {
  /** A metric `a` of this type, whose value is in `bytes_value` (field 16). */
  const arrayMetric = (type: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([0x12, bytes.byteLength + 8, 0x0a, 1, 0x61, 0x20, type, 0x82, 0x01, bytes.byteLength]), bytes])

  it('are read: time, metric, sequence', () => {
    // timestamp 1 = 1; metric 2 { name 1 "a", alias 2 = 3, datatype 4 = Int64, long_value 11 = -1 }; seq 3 = 7
    const bytes = hex('0801 1212 0a0161 1003 2004 58ffffffffffffffffff01 1807')
    expect(decode(bytes)).toMatchObject({ text: '{"timestamp":1,"seq":7,"metrics":[{"name":"a","alias":3,"dataType":"Int64","value":-1}]}', reason: null })
    expect(Buffer.from(written('{"timestamp":1,"seq":7,"metrics":[{"name":"a","alias":3,"dataType":"Int64","value":-1}]}')).toString('hex')).toBe(bytes.toString('hex'))
  })

  // The examples of Sparkplug 3.0, 6.4.17; the doubles to their last digit.
  it.each([
    ['Int16Array', 23, 'd08a 3075', [-30000, 30000]],
    ['Int32Array', 24, 'ffffffff faafcb12', [-1, 315338746]],
    ['Int64Array', 25, 'ce0672ac189cbac4 c4ba9c18ac7206ce', [-4270929666821191986n, -3601064768563266876n]],
    ['UInt8Array', 26, '17 fa', [23, 250]],
    ['UInt16Array', 27, '1e00 88cc', [30, 52360]],
    ['UInt32Array', 28, '34000000 49fb55c4', [52, 3293969225]],
    ['FloatArray', 30, 'a4709d3f 98aeb242', [1.23, 89.341]],
    ['DoubleArray', 31, 'd7a005685bb52840 8e171c6f4cf78f40', [12.35421299999909, 1022.9123213]],
    ['BooleanArray', 32, '0c000000 34d0', [false, false, true, true, false, true, false, false, true, true, false, true]],
    ['StringArray', 33, '41424300 68656c6c6f00', ['ABC', 'hello']],
    ['DateTimeArray', 34, 'c7d0907524010000 b8bab89781010000', [1256102875335, 1656107875000]],
  ])('%s', (dataType, type, bytes, values) => {
    const { text, reason } = decode(arrayMetric(type, hex(bytes)))
    expect(reason).toBeNull()
    expect(text).toBe(`{"metrics":[{"name":"a","dataType":"${dataType}","value":[${values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))).join(',')}]}]}`)
    expect(Buffer.from(written(text ?? '')).toString('hex')).toBe(arrayMetric(type, hex(bytes)).toString('hex'))
  })

  it('are refused when they are none', () => {
    expect(decode(hex('0a05')).reason).toMatchObject({ kind: 'malformed' })
    expect(decode(arrayMetric(24, hex('ffff'))).reason).toMatchObject({ kind: 'malformed' })
    expect(decode(arrayMetric(32, hex('ffffffff34'))).reason).toMatchObject({ kind: 'malformed' })
  })
})

describe('aliases', () => {
  const nodeBirth = tahu.encodePayload(BIRTH)
  const deviceBirth = tahu.encodePayload({ seq: 1, metrics: [{ name: 'valve', type: 'Int16', value: 0, alias: 9 }] })
  // As many devices send it: by alias alone, without the type: metric { alias 2 = 9, int_value 10 = 4294967295 }
  const data = hex('1208 1009 50ffffffff0f')

  it('get name and type from the BIRTH of the edge node, or of its device', () => {
    const topic = 'spBv1.0/g/DDATA/n/d'
    expect(decode(data, { births: [nodeBirth, deviceBirth], topic })).toMatchObject({
      value: { metrics: [{ name: 'valve', alias: 9, dataType: 'Int16', value: -1 }] },
      reason: null,
    })
    expect(decode(hex('1204 1003 5005'), { births: [nodeBirth], topic: 'spBv1.0/g/NDATA/n' }).value).toEqual({
      metrics: [{ name: 'i32', alias: 3, dataType: 'Int32', value: 5 }],
    })
  })

  it('without it are shown as they are, and the edge node is named', () => {
    for (const births of [[], [nodeBirth], [hex('ff')]]) {
      expect(decode(data, { births, topic: 'spBv1.0/g/DDATA/n/d' })).toMatchObject({
        value: { metrics: [{ alias: 9, value: 4294967295 }] },
        reason: { kind: 'birth-missing', edgeNode: 'g/n' },
      })
    }
  })

  it('are not needed where names are sent; the type may still come from the BIRTH', () => {
    // metric { name 1 "i8", int_value 10 = 4294967294 }
    expect(decode(hex('120a 0a026938 50feffffff0f'), { births: [nodeBirth], topic: 'spBv1.0/g/NDATA/n' })).toMatchObject({
      value: { metrics: [{ name: 'i8', dataType: 'Int8', value: -2 }] },
      reason: null,
    })
  })
})

describe('writing', () => {
  it.each([
    ['{"metrics": [{"name": "a", "value": 1}]}', 'metrics[0].dataType must be a data type, as Int32, Double or String', null],
    ['{"metrics": [{"name": "a", "dataType": "Int8", "value": 128}]}', 'metrics[0].value must be from -128 to 127', 56],
    ['{"metrics": [{"name": "a", "dataType": "Int8", "vale": 1}]}', 'metrics[0].vale is nothing Sparkplug knows here', 55],
    ['{"metrics": {}}', 'metrics must be a list', 12],
    ['{"metrics": [{"name": "a", "dataType": "Boolean", "value": "yes"}]}', 'metrics[0].value must be true or false', 59],
  ])('refuses %s', (text, reason, position) => {
    const details = position === null ? { reason } : { reason, position }
    expect(() => written(text)).toThrow(expect.objectContaining({ code: 'payload-not-encoded', details }))
  })
})
