import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textFinder } from '../../../../../src-main/engine/search/text-finder'

/** Whether `part` is found in `text`, which stands within other bytes. */
function isIn(part: string, text: string): boolean {
  const bytes = Buffer.from(`${part}${text}${part}`)
  const around = Buffer.byteLength(part)
  return textFinder(part).isIn(bytes, around, bytes.length - around)
}

describe('textFinder', () => {
  it.each([
    ['press', 'plant/PRESSURE', true],
    ['press', 'plant/pres', false],
    ['aab', 'aaab', true],
    ['@', '`', false], // they differ by the bit that letters differ by
    ['[a', '{A', false],
    ['É', 'caf\u00e9', true],
    ['straße', 'STRASSE', true],
    ['STRASSÉ', 'straßé', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['οδοσ/', 'ΟΔΟΣ/1', true],
    ['\u212a', 'k', true],
    ['é', 'e\u0301', false],
    ['😀', 'a😀b', true],
  ])('finds %j in %j: %s', (part, text, found) => {
    expect(isIn(part, text)).toBe(found)
  })

  it('says the same as strings do, for ASCII texts in any bytes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '/', '1', 'é', '€', '😀'), maxLength: 30 })
    const part = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '/', '1'), minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(part, text, (wanted, within) => {
        expect(isIn(wanted, within)).toBe(within.toLowerCase().includes(wanted.toLowerCase()))
      }),
      { numRuns: 2_000 },
    )
  })

  it('says the same as strings do, for texts of any kind', () => {
    const unit = fc.constantFrom('a', 'A', 'é', 'É', 'ß', 'ж', 'Ж', '€', '😀', '/')
    const fold = (text: string): string => text.toLowerCase().replaceAll('ß', 'ss')
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 3 }), fc.string({ unit, maxLength: 12 }), (wanted, within) => {
        fc.pre(/[^\0-\x7f]/.test(wanted))
        expect(isIn(wanted, within)).toBe(fold(within).includes(fold(wanted)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds what is longer than a byte can skip', () => {
    const part = 'x'.repeat(400)
    expect(isIn(part, `${'y'.repeat(700)}${part.toUpperCase()}`)).toBe(true)
    expect(isIn(part, `${'y'.repeat(700)}${part.slice(1)}y${part.slice(1)}`)).toBe(false)
  })

  it.each([65_533, 65_534, 65_535, 65_536, 131_070])('finds what lies across two pieces of a long payload, at %i', (at) => {
    const bytes = Buffer.from(`${'x'.repeat(at)}aÉ😀b${'x'.repeat(100_000)}`)
    expect(textFinder('Aé😀').isIn(bytes, 0, bytes.length)).toBe(true)
    expect(textFinder('é😀a').isIn(bytes, 0, bytes.length)).toBe(false)
  })

  it('takes bytes that are no UTF-8 as they are', () => {
    const bytes = Buffer.from([0xff, 0xc3, 0x61, 0x62, 0xe2, 0x82])
    expect(textFinder('AB').isIn(bytes, 0, bytes.length)).toBe(true)
    expect(textFinder('é').isIn(bytes, 0, bytes.length)).toBe(false)
  })
})
