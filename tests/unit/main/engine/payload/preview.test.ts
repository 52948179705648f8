import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previewOf } from '../../../../../src-main/engine/payload/preview'

const LIMIT_BYTES = 160
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const preview = (text: string) => previewOf(bytesOf(text))

describe('previewOf', () => {
  it.each<[string, string, ReturnType<typeof previewOf>]>([
    ['nothing', '', { kind: 'empty', text: '' }],
    ['a word', 'on', { kind: 'text', text: 'on' }],
    ['a number', '21.50', { kind: 'text', text: '21.50' }],
    ['an object', '{"a":1}', { kind: 'json', text: '{"a":1}' }],
    ['an array', ' [1,\n 2]', { kind: 'json', text: '[1, 2]' }],
    ['lines and tabs on one line', ' a\r\n\tb \n', { kind: 'text', text: 'a b' }],
    ['other alphabets', 'Küche 21 °C 温度 😀', { kind: 'text', text: 'Küche 21 °C 温度 😀' }],
    ['markup as text', '<img src=x onerror=alert(1)>', { kind: 'text', text: '<img src=x onerror=alert(1)>' }],
    ['spaces alone', '  \n ', { kind: 'text', text: '' }],
  ])('shows %s', (_what, text, expected) => {
    expect(preview(text)).toEqual(expected)
  })

  it.each<[string, number[], string]>([
    ['a byte that is no UTF-8', [0xff], 'ff'],
    ['a character cut in two', [0x61, 0xc3], '61 c3'],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], 'ed a0 80'],
    ['an overlong form', [0xc0, 0xaf], 'c0 af'],
    ['NUL', [0x61, 0x00], '61 00'],
    ['an escape', [0x1b, 0x5b], '1b 5b'],
  ])('shows %s as hex', (_what, bytes, text) => {
    expect(previewOf(Uint8Array.from(bytes))).toEqual({ kind: 'binary', text })
  })

  it('shows 24 bytes of what is binary', () => {
    const bytes = Array.from({ length: 24 }, (_, index) => index)
    const text = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    expect(previewOf(Uint8Array.from(bytes)).text).toBe(text)
    expect(previewOf(Uint8Array.from([...bytes, 0])).text).toBe(`${text} …`)
  })

  it('says when text goes on', () => {
    expect(preview('x'.repeat(LIMIT_BYTES)).text).toBe('x'.repeat(LIMIT_BYTES))
    expect(preview('x'.repeat(LIMIT_BYTES + 1)).text).toBe(`${'x'.repeat(LIMIT_BYTES)}…`)
  })

  it.each(['é', '€', '😀'])('never shows half of %s at the limit', (character) => {
    for (let shift = 0; shift < 4; shift += 1) {
      const text = 'x'.repeat(shift) + character.repeat(LIMIT_BYTES)
      const { kind, text: shown } = preview(text)
      expect(kind).toBe('text')
      const whole = Math.floor((LIMIT_BYTES - shift) / Buffer.byteLength(character))
      expect(shown).toBe(`${'x'.repeat(shift)}${character.repeat(whole)}…`)
    }
  })

  it('takes nothing for a cut that is none: a payload that ends in half a character is binary', () => {
    expect(previewOf(bytesOf('x'.repeat(LIMIT_BYTES)).map((byte, index) => (index === LIMIT_BYTES - 1 ? 0xe2 : byte))).kind).toBe('binary')
  })

  it('is one line of text or hex for any bytes, and a start of what they say', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 400 }).map(bytesOf)), (bytes) => {
        const { kind, text } = previewOf(bytes)
        expect(text).not.toMatch(/[\n\r\t\0]/)
        expect(text.length).toBeLessThanOrEqual(LIMIT_BYTES + 1)
        if (kind === 'text' || kind === 'json') {
          const whole = Buffer.from(bytes).toString('utf8').replace(/\s+/g, ' ').trimStart()
          expect(whole.startsWith(text.replace(/…$/, ''))).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
