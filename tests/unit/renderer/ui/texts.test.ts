import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeBetween } from '../../../../src-renderer/ui/monaco-text'
import { hexOfCssColor } from '../../../../src-renderer/ui/monaco-theme'
import { visibleLine, visibleText } from '../../../../src-renderer/ui/visible-text'

describe('changeBetween', () => {
  it('turns one text into the other', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁', 'é') })
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const { start, end, text } = changeBetween(before, after)
        expect(before.slice(0, start) + text + before.slice(end)).toBe(after)
        // No half characters: each piece is well formed by itself.
        expect(encodeURIComponent(text)).toBeTypeOf('string')
        expect(encodeURIComponent(before.slice(0, start))).toBeTypeOf('string')
      }),
    )
  })

  it('touches only what differs', () => {
    expect(changeBetween('{"v": 1, "u": "C"}', '{"v": 2, "u": "C"}')).toEqual({ start: 6, end: 7, text: '2' })
  })
})

describe('hexOfCssColor', () => {
  it.each([
    ['rgb(14, 17, 22)', '#0e1116ff'],
    ['rgba(157, 140, 255, 0.5)', '#9d8cff80'],
    ['color(srgb 1 0 0.5 / 0.25)', '#ff008040'],
  ])('reads %s', (css, hex) => {
    expect(hexOfCssColor(css)).toBe(hex)
  })
})

describe('visibleText', () => {
  it('leaves readable text alone, in any script', () => {
    for (const text of ['press-07', 'שלום', 'مرحبا', '22 °C', '👩‍🔬']) expect(visibleText(text)).toBe(text)
  })

  it('shows what hides or turns the direction', () => {
    expect(visibleText('a\u0000b\u007f')).toBe('a␀b␡')
    expect(visibleText('\u202Egpj.exe')).toBe('⟨U+202E⟩gpj.exe')
    expect(visibleText('pay\u200bload')).toBe('pay⟨U+200B⟩load')
  })
})

describe('visibleLine', () => {
  it('is the text, or as much of it as any line could hold, and says that there is more', () => {
    expect(visibleLine('a\u202eb')).toBe(visibleText('a\u202eb'))
    const line = visibleLine('x'.repeat(65_535))
    expect(line).toHaveLength(1_001)
    expect(line.endsWith('…')).toBe(true)
  })
})
