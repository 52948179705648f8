import { describe, expect, it } from 'vitest'
import { matchedParts } from '../../../../src-renderer/app/matched-parts'

const marked = (text: string, query: string): string =>
  matchedParts(text, query)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('')

describe('the parts of a topic that were looked for', () => {
  it.each([
    ['plant/Hall-2/temp', 'hall temp', 'plant/[Hall]-2/[temp]'],
    ['plant/hall', 'plant/', '[plant/]hall'],
    ['a/a/b', 'a b', '[a]/a/[b]'],
    ['a/b', 'b a', 'a/[b]'],
    ['a/b', '', 'a/b'],
    // A letter that is two in small.
    ['İ/x', 'x', 'İ/x'],
  ])('of %s for “%s”', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected)
  })
})
