import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../../../../src-main/engine/wire/byte-reader'
import { ProtocolViolation } from '../../../../../src-main/engine/wire/violation'

const reader = (...bytes: number[]): ByteReader => new ByteReader(Uint8Array.from(bytes), 0)
const MALFORMED = (clause: string) => expect.objectContaining({ clause, reasonCode: 0x81 }) as Error
const prefixed = (bytes: Uint8Array): Uint8Array => Uint8Array.of(bytes.length >> 8, bytes.length & 0xff, ...bytes)

describe('numbers', () => {
  it('are big-endian, of one, two and four bytes, one after the other', () => {
    const from = reader(0xff, 0x12, 0x34, 0xff, 0xff, 0xff, 0xfe, 9)
    expect([from.byte('a'), from.twoBytes('b'), from.fourBytes('c'), from.left]).toEqual([0xff, 0x1234, 0xffff_fffe, 1])
  })

  it.each<[string, (from: ByteReader) => unknown]>([
    ['a byte of none', (from) => from.section(3, 'x') && from.byte('it')],
    ['two bytes of one', (from) => from.section(2, 'x') && from.twoBytes('it')],
    ['four bytes of three', (from) => from.fourBytes('it')],
    ['an integer that goes on', (from) => from.variableByteInteger('it')],
  ])('that are not all there are malformed: %s', (_what, read) => {
    expect(() => read(reader(0x80, 0x80, 0x80))).toThrow(MALFORMED('MQTT-4.13.1-1'))
  })
})

describe('a Variable Byte Integer', () => {
  // [MQTT-1.5.5], table 1-1
  it.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [16_383, [0xff, 0x7f]],
    [16_384, [0x80, 0x80, 0x01]],
    [2_097_151, [0xff, 0xff, 0x7f]],
    [2_097_152, [0x80, 0x80, 0x80, 0x01]],
    [268_435_455, [0xff, 0xff, 0xff, 0x7f]],
  ])('%i', (value, bytes) => {
    const from = reader(...bytes, 0xaa)
    expect(from.variableByteInteger('it')).toBe(value)
    expect(from.left).toBe(1)
  })

  it.each([
    ['two bytes for 0', [0x80, 0x00], 'MQTT-1.5.5-1'],
    ['three bytes for 127', [0xff, 0x80, 0x00], 'MQTT-1.5.5-1'],
    ['five bytes', [0xff, 0xff, 0xff, 0xff, 0x01], 'MQTT-1.5.5'],
  ])('in more bytes than it needs is malformed: %s', (_what, bytes, clause) => {
    expect(() => reader(...bytes).variableByteInteger('it')).toThrow(MALFORMED(clause))
  })
})

describe('binary data', () => {
  it('is what its length says, and not copied', () => {
    const bytes = Uint8Array.of(0, 2, 7, 8, 9)
    const from = new ByteReader(bytes, 0)
    const data = from.binary('it')
    expect([...data]).toEqual([7, 8])
    expect(data.buffer).toBe(bytes.buffer)
    expect(from.left).toBe(1)
    expect(reader(0, 0).binary('it')).toHaveLength(0)
  })

  it('longer than what is left is malformed, though more bytes lie behind', () => {
    expect(() => reader(0, 3, 1, 2).binary('it')).toThrow(MALFORMED('MQTT-4.13.1-1'))
    expect(() => reader(0, 3, 1, 2, 3).section(4, 'x').binary('it')).toThrow(MALFORMED('MQTT-4.13.1-1'))
  })
})

describe('a string', () => {
  it('is any Unicode text, a byte order mark included [MQTT-1.5.4-3]', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 }).filter((each) => !each.includes('\0'))
    fc.assert(fc.property(fc.oneof(text, text.map((each) => `\uFEFF${each}`)), (each) => {
      expect(new ByteReader(prefixed(new TextEncoder().encode(each)), 0).string('it')).toBe(each)
    }))
  })

  it.each([
    ['a lone continuation byte', [0x80], 'MQTT-1.5.4-1'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'MQTT-1.5.4-1'],
    ['a letter in two bytes where one is enough', [0xc1, 0x81], 'MQTT-1.5.4-1'],
    ['a letter cut off', [0x61, 0xc3], 'MQTT-1.5.4-1'],
    ['a null character', [0x61, 0x00], 'MQTT-1.5.4-2'],
  ])('must be one: %s', (_what, bytes, clause) => {
    expect(() => new ByteReader(prefixed(Uint8Array.from(bytes)), 0).string('it')).toThrow(MALFORMED(clause))
  })
})

describe('a section', () => {
  it('ends where it should, and the rest goes on behind it', () => {
    const from = reader(1, 2, 3, 4)
    const section = from.section(2, 'they')
    expect([section.byte('a'), section.byte('b'), section.left]).toEqual([1, 2, 0])
    expect(() => section.byte('c')).toThrow(MALFORMED('MQTT-4.13.1-1'))
    expect([from.byte('d'), from.left]).toEqual([3, 1])
  })

  it('longer than what is left is malformed', () => {
    expect(() => reader(1).section(2, 'they')).toThrow('they are longer than their packet')
  })
})

it('never reads outside, nor throws anything but a violation', () => {
  const step = fc.constantFrom('byte', 'twoBytes', 'fourBytes', 'variableByteInteger', 'binary', 'string')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(step, { maxLength: 10 }), (bytes, steps) => {
      const from = new ByteReader(bytes, 0)
      try {
        for (const each of steps) from[each]('it')
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolViolation)
      }
      expect(from.left).toBeGreaterThanOrEqual(0)
    }),
  )
})
