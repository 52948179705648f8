import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charsetSchema, type Charset } from '@shared/payload/reading'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { ofHex, rendered, shownText } from '../../../../support/read-payload'

const text = (charset: Charset) => ({ kind: 'text', charset }) as const

describe('text', () => {
  // RFC 2781, 4.5 and 5: "U+12345 is the letter M".
  const RA = '\u{12345}=Ra'
  it.each([
    ['utf-8', 'c3bce282ac', 'ü€'],
    ['latin1', 'fc80ff', 'ü\u0080ÿ'],
    ['utf-16be', 'd808df45003d00520061', RA],
    ['utf-16le', '08d845df3d0052006100', RA],
  ] as const)('in %s: %s', (charset, hex, shown) => {
    expect(shownText(ofHex(hex), { as: text(charset) })).toBe(shown)
    expect(Buffer.from(encode(shown, text(charset), [])).toString('hex')).toBe(hex)
  })

  it.each([
    ['utf-8', 'ff'],
    ['utf-16le', '41'],
    ['utf-16be', 'd8080041'],
  ] as const)('in %s is not %s', (charset, hex) => {
    expect(rendered(ofHex(hex), { as: text(charset) })).toMatchObject({ format: 'hex', fault: { format: 'text', reason: { kind: 'malformed' } } })
  })

  it('in UTF-16 is known by its byte order mark, and by no guess', () => {
    expect(rendered(ofHex('fffe480069 00'.replace(' ', '')))).toMatchObject({ format: 'text', body: { text: '\ufeffHi' } })
    expect(rendered(ofHex('feff00480069'))).toMatchObject({ format: 'text', body: { text: '\ufeffHi' } })
    expect(rendered(ofHex('48006900'))).toMatchObject({ format: 'hex' })
    expect(rendered(ofHex('fffe'))).toMatchObject({ format: 'hex' })
    expect(rendered(ofHex('fffe0100'))).toMatchObject({ format: 'hex' })
  })

  it('in UTF-16 is cut between characters', () => {
    for (const [charset, hex] of [['utf-16be', 'd808df45003d'], ['utf-16le', '08d845df3d00']] as const) {
      const shown = [1, 2, 3, 4, 5, 6].map((maxBytes) => rendered(ofHex(hex), { as: text(charset), maxBytes }).shownBytes)
      expect(shown).toEqual([0, 0, 0, 4, 4, 6])
    }
  })

  it.each([
    ['latin1', 'a€', 1],
    ['utf-8', 'ab\ud800', 2],
    ['utf-16le', '\udc00', 0],
  ] as const)('in %s cannot hold %j', (charset, written, position) => {
    expect(() => encode(written, text(charset), [])).toThrowError(
      expect.objectContaining({ code: 'payload-not-encoded', details: { reason: expect.any(String) as string, position } }),
    )
  })

  it('of any characters comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...charsetSchema.options), (written, charset) => {
        const possible = charset === 'latin1' ? written.replace(/[^\u0000-\u00ff]/g, '?') : written
        expect(shownText(encode(possible, text(charset), []), { as: text(charset) })).toBe(possible)
      }),
    )
  })
})
