import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editorText } from '../../../../../src-renderer/features/acl/editor-text'

const text = fc.array(fc.constantFrom('a', '\r\n', '\n', '\r', '\ufeff', '\u240d', '\ud800', '\udc80', '\0', 'é')).map((parts) => parts.join(''))

describe('the text in the editor', () => {
  it('comes back as it was, whatever its line ends', () => {
    fc.assert(
      fc.property(text, (original) => {
        const { shown, restore } = editorText(original)
        // What an editor would take for a line end or drop.
        expect(shown).not.toMatch(/[\r\ufeff]/)
        expect(restore(shown)).toBe(original)
      }),
    )
  })

  it('has the lines that the broker sees', () => {
    fc.assert(
      fc.property(text, (original) => {
        expect(editorText(original).shown.split('\n')).toHaveLength(original.split('\n').length)
      }),
    )
  })

  it.each([
    ['a\r\nb\r\n', 'a\nb\nc\n', 'a\r\nb\r\nc\r\n'],
    ['a\nb\r\n', 'a\nb\u240d\nc', 'a\nb\r\nc'],
    ['\ufeffa', '\u2402ab', '\ufeffab'],
  ])('keeps the line ends of %j while it is edited', (original, typed, saved) => {
    expect(editorText(original).restore(typed)).toBe(saved)
  })
})
