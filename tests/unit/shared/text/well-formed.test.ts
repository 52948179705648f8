import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWellFormed } from '@shared/text/well-formed'

/** The independent judge: encodeURIComponent throws for a lone surrogate, and for nothing else. */
function canBeEncoded(text: string): boolean {
  try {
    encodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

describe('isWellFormed', () => {
  it.each([
    ['', true],
    ['plain', true],
    ['\u{1F600}', true],
    ['a\u{1F600}\u{10FFFF}b', true],
    ['\uD83D', false],
    ['\uDE00', false],
    ['\uDE00\uD83D', false],
    ['\uD83D\uD83D\uDE00', false],
    ['\uD83D\uDE00\uDE00', false],
    ['\uFFFD', true],
  ])('%j: %s', (text, expected) => {
    expect(isWellFormed(text)).toBe(expected)
  })

  it('agrees with what can be encoded', () => {
    const units = fc.constantFrom('\uD800', '\uDBFF', '\uDC00', '\uDFFF', 'a', '\uD7FF', '\uE000')
    fc.assert(
      fc.property(fc.array(units, { maxLength: 8 }), (parts) => {
        const text = parts.join('')
        expect(isWellFormed(text)).toBe(canBeEncoded(text))
      }),
      { numRuns: 1_000 },
    )
  })
})
