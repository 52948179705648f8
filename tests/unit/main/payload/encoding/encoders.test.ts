import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { READABLE_FORMATS, usualChoice, type ReadableFormat } from '@shared/payload/reading'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { shownText } from '../../../../support/read-payload'

const encoded = (text: string, kind: ReadableFormat): string => Buffer.from(encode(text, usualChoice(kind), [])).toString('hex')

/** The details of the error that says why not. */
function refusal(text: string, kind: ReadableFormat): Record<string, string | number> {
  try {
    encode(text, usualChoice(kind), [])
  } catch (error) {
    expect(error).toMatchObject({ code: 'payload-not-encoded' })
    return (error as { details: Record<string, string | number> }).details
  }
  throw new Error('it was written')
}

const metric = (dataType: string, value: string): string => `{"metrics":[{"name":"m","dataType":"${dataType}","value":${value}}]}`

describe('a text', () => {
  it.each([
    ['json', '{ "a": 1.0 }', '7b202261223a20312e30207d'],
    ['text', 'ü', 'c3bc'],
    ['hex', '00 FF\n10', '00ff10'],
    ['base64', 'AP8Q', '00ff10'],
    ['cbor', '{"a":[1,2.5,"x"]}', 'a161618301f941006178'],
    ['msgpack', '{"a":[1,2.5,"x"]}', '81a1619301cb4004000000000000a178'],
    ['number', '21.5', '41ac0000'],
    ['xml', '<a/>', '3c612f3e'],
    ['yaml', 'a: 1', '613a2031'],
  ] as const)('is written as %s', (kind, text, hex) => {
    expect(encoded(text, kind)).toBe(hex)
  })

  it.each<[ReadableFormat, string, string | RegExp, number | undefined]>([
    ['json', '{"a":}', /^not JSON: /, 5],
    ['json', '{"a":1', /^not JSON: /, 6],
    ['cbor', '[1,]', /^not JSON: /, 3],
    ['cbor', '{"a":1,"a":2}', 'The key "a" is there twice', 7],
    ['cbor', ' {"$bytes":"?"}', /is base64/, 1],
    ['msgpack', '[{"$date":"soon"}]', /is a time/, 1],
    ['cbor', '['.repeat(300) + ']'.repeat(300), 'it is nested deeper than 200 levels', undefined],
    ['cbor', '{"$tag":-1,"value":1}', '-1 is no tag of CBOR', undefined],
    ['cbor', '{"$simple":24}', 'CBOR has no simple value 24', undefined],
    ['cbor', '{"$date":"2020-01-01T00:00:00.000000001Z"}', /millisecond/, undefined],
    ['cbor', '{"a":1,"$more":5}', /a limit left out/, 0],
    ['number', `1${'0'.repeat(320)}`, 'is too large for a float of 32 bits', 0],
    ['number', '[1, 1e39]', '[1] is too large for a float of 32 bits', 4],
    ['number', '[1, "x"]', '[1] must be a number', 4],
    ['protobuf', '[{"field":1,"wire":"length-delimited","text":"\\ud800"}]', /lone surrogate/, 45],
    ['sparkplug', metric('Int8Array', '[1.5]'), 'metrics[0].value[0] must be an integer', 56],
    ['sparkplug', metric('UInt8Array', '[1,256]'), 'metrics[0].value[1] must be from 0 to 255', 59],
    ['sparkplug', metric('FloatArray', '[1e300]'), /^metrics\[0\].value\[0\] is too large/, 57],
    ['sparkplug', metric('StringArray', '["a",1]'), 'metrics[0].value[1] must be text', 62],
    ['sparkplug', metric('StringArray', '["a\\u0000b"]'), /zero byte/, 58],
    ['sparkplug', metric('Float', '1e300'), 'metrics[0].value is too large for a float of 32 bits', 51],
    ['sparkplug', metric('String', '"\\ud800"'), /lone surrogate/, 52],
    ['sparkplug', metric('Boolean', '1'), 'metrics[0].value must be true or false', 53],
    ['sparkplug', metric('Bytes', '"AA=="'), /^metrics\[0\].value must be bytes/, 51],
    ['hex', '0g', '“g” is no hexadecimal digit', 1],
    ['hex', '012', /digit is missing/, 3],
    ['base64', 'A', 'not valid Base64', undefined],
    ['image', 'x', 'image is only read', undefined],
  ])('is no %s: %s', (kind, text, reason, position) => {
    const details = refusal(text, kind)
    expect(details.reason).toMatch(reason)
    expect(details.position).toBe(position)
  })

  it('in any format: never an error but the one that says why', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...READABLE_FORMATS), (text, kind) => {
        try {
          encode(text, usualChoice(kind), [])
        } catch (error) {
          expect(error).toMatchObject({ code: 'payload-not-encoded' })
        }
      }),
      { numRuns: 500 },
    )
  })

  it('of JSON is the same value in every format that takes the JSON form', () => {
    fc.assert(
      fc.property(fc.jsonValue().filter((value) => !/"\$|\d{19}/.test(JSON.stringify(value))), fc.constantFrom('cbor', 'msgpack'), (value, kind) => {
        const json = JSON.stringify(value)
        expect(JSON.parse(shownText(encode(json, usualChoice(kind), []), { as: kind }))).toEqual(JSON.parse(json))
      }),
    )
  })
})
