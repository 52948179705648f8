import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteOrderSchema, numberTypeSchema, type ByteOrder, type NumberType } from '@shared/payload/reading'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { ofHex, rendered, shownText } from '../../../../support/read-payload'

const choice = (type: NumberType, byteOrder: ByteOrder = 'big-endian') => ({ kind: 'number', type, byteOrder }) as const
const shown = (hex: string, type: NumberType, byteOrder?: ByteOrder): string =>
  shownText(ofHex(hex), { as: choice(type, byteOrder) }).replace(/\s/g, '')

describe('a number', () => {
  // Floating point: IEEE 754; 41a80000 is 21.5 in any table of it.
  it.each([
    ['ff', 'int8', 'big-endian', '-1'],
    ['ff', 'uint8', 'big-endian', '255'],
    ['0102', 'uint16', 'big-endian', '258'],
    ['0102', 'uint16', 'little-endian', '513'],
    ['fffe', 'int16', 'big-endian', '-2'],
    ['fffffffe', 'int32', 'big-endian', '-2'],
    ['feffffff', 'uint32', 'little-endian', '4294967294'],
    ['ffffffffffffffff', 'uint64', 'big-endian', '18446744073709551615'],
    ['8000000000000000', 'int64', 'big-endian', '-9223372036854775808'],
    ['0100000000000000', 'int64', 'little-endian', '1'],
    ['41ac0000', 'float32', 'big-endian', '21.5'],
    ['0000ac41', 'float32', 'little-endian', '21.5'],
    ['3dcccccd', 'float32', 'big-endian', '0.1'],
    ['7fc00000', 'float32', 'big-endian', '{"$number":"NaN"}'],
    ['3fb999999999999a', 'float64', 'big-endian', '0.1'],
    ['fff0000000000000', 'float64', 'big-endian', '{"$number":"-Infinity"}'],
    ['00010002', 'uint16', 'big-endian', '[1,2]'],
  ] as const)('%s as %s, %s, is %s', (hex, type, byteOrder, text) => {
    expect(shown(hex, type, byteOrder)).toBe(text)
    expect(Buffer.from(encode(text, choice(type, byteOrder), [])).toString('hex')).toBe(hex)
  })

  it.each(['', '01', '010203'])('is not in %j', (hex) => {
    expect(rendered(ofHex(hex), { as: choice('uint16') })).toMatchObject({ format: 'hex', fault: { format: 'number', reason: { kind: 'malformed' } } })
  })

  it('of which the last is cut is left out', () => {
    expect(rendered(ofHex('000100020003'), { as: choice('uint16'), maxBytes: 5 })).toMatchObject({ shownBytes: 4, fault: null })
  })

  it.each([
    ['uint8', '256'],
    ['uint8', '-1'],
    ['int8', '1.5'],
    ['int64', '9223372036854775808'],
    ['uint64', '18446744073709551616'],
    ['float32', '1e39'],
    ['float64', '"1"'],
    ['int8', '[1,[2]]'],
    ['int8', '{"$number":"NaN"}'],
  ] as const)('of the type %s cannot be %s', (type, text) => {
    expect(() => encode(text, choice(type), [])).toThrowError(expect.objectContaining({ code: 'payload-not-encoded' }))
  })

  it('of any bytes comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...numberTypeSchema.options.filter((type) => !type.startsWith('float'))),
        fc.constantFrom(...byteOrderSchema.options),
        fc.uint8Array({ minLength: 8, maxLength: 40 }),
        (type, byteOrder, bytes) => {
          const whole = bytes.subarray(0, bytes.byteLength - (bytes.byteLength % 8))
          const text = shownText(whole, { as: choice(type, byteOrder) })
          expect(Buffer.from(encode(text, choice(type, byteOrder), [])).equals(whole)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('of any float comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1 }), fc.constantFrom(...byteOrderSchema.options), (values, byteOrder) => {
        const bytes = new Uint8Array(values.length * 4)
        for (const [index, value] of values.entries()) new DataView(bytes.buffer).setFloat32(index * 4, value, byteOrder === 'little-endian')
        const text = shownText(bytes, { as: choice('float32', byteOrder) })
        expect(Buffer.from(encode(text, choice('float32', byteOrder), [])).equals(bytes)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
