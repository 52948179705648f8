import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aclByteLength, decodeAclBytes, encodeAclText } from '@shared/acl/file-bytes'

describe('a file of bytes as text', () => {
  it('is the same bytes again, whatever they are', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)))
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 4 }), (parts) => {
        const all = Uint8Array.from(parts.flatMap((part) => [...part]))
        const text = decodeAclBytes(all)
        expect([...encodeAclText(text)]).toEqual([...all])
        expect(aclByteLength(text)).toBe(all.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is decoded as Node does where it is UTF-8, with its mark', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => { expect(decodeAclBytes(Buffer.from(`\ufeff${text}`))).toBe(`\ufeff${text}`) }))
  })

  it.each([
    ['a lone byte', [0x61, 0xff, 0x62], 'a\udcffb'],
    ['a character that ends too early', [0xe2, 0x82], '\udce2\udc82'],
    ['one longer than needed', [0xc0, 0xaf], '\udcc0\udcaf'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
    ['one beyond the last', [0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80'],
    ['good ones around a bad one', [0xf0, 0x9f, 0x98, 0x80, 0x80, 0xc3, 0xa9], '😀\udc80é'],
  ])('keeps %s', (_what, bytes, text) => {
    expect(decodeAclBytes(Uint8Array.from(bytes))).toBe(text)
  })
})
