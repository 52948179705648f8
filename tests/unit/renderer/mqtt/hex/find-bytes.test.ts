import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, findBytes } from '../../../../../src-renderer/mqtt/hex/find-bytes'
import { hexText, numbersAt } from '../../../../../src-renderer/mqtt/hex/hex-rows'

describe('findBytes', () => {
  it('finds what Buffer finds, from a place on and round the end', async () => {
    const bytes = fc.uint8Array({ max: 2, minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.uint8Array({ max: 2, minLength: 1, maxLength: 3 }), fc.nat(29), async (hay, sought, place) => {
        const from = Math.min(place, hay.length - 1)
        const buffer = Buffer.from(hay)
        const next = buffer.indexOf(sought, from + 1)
        const expected = next >= 0 ? next : buffer.indexOf(sought)
        expect(await findBytes(hay, sought, from, false)).toBe(expected < 0 ? null : expected)
        const last = from === 0 ? -1 : buffer.lastIndexOf(sought, from - 1)
        const before = last >= 0 ? last : buffer.lastIndexOf(sought)
        expect(await findBytes(hay, sought, from, true)).toBe(before < 0 ? null : before)
      }),
      { numRuns: 200 },
    )
  })

  it('is given up when nobody waits for it', async () => {
    expect(await findBytes(new Uint8Array(100), Uint8Array.of(1), 0, false, () => true)).toBeNull()
  })
})

describe('bytes', () => {
  it('are read from hexadecimal digits', () => {
    expect(bytesOfHex('ff D8')).toEqual(Uint8Array.of(0xff, 0xd8))
    for (const wrong of ['', 'f', 'fg', 'ff d']) expect(bytesOfHex(wrong)).toBeNull()
  })

  it('are copied sixteen a line', () => {
    expect(hexText(Uint8Array.from({ length: 17 }, (_, index) => index))).toBe('00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n10')
  })

  it('are numbers, as far as there are enough', () => {
    // 22.5 as a 32-bit float (IEEE 754), big-endian.
    const found = numbersAt(Uint8Array.of(0, 0x41, 0xb4, 0, 0), 1)
    expect(found.find(({ type }) => type === 'float32')?.bigEndian).toBe('22.5')
    expect(found.find(({ type }) => type === 'uint16')).toMatchObject({ bigEndian: '16820', littleEndian: '46145' })
    expect(found.map(({ type }) => type)).not.toContain('uint64')
  })
})
