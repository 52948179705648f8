import { describe, expect, it } from 'vitest'
import type { Finding } from '@shared/acl/lint/finding'
import { editOf, rangeOf } from '../../../../../src-renderer/features/acl/finding-edits'

const LINES = ['ab', 'cde', 'f']
const finding = (line: number, fix?: Finding['fix']): Finding => ({ rule: 'duplicate-line', severity: 'warning', line, span: { start: 1, end: 2 }, data: { line }, ...(fix === undefined ? {} : { fix }) })

/** The lines after the edit of a finding, as an editor makes it. */
function edited(lines: readonly string[], about: Finding): string | null {
  const edit = editOf(about, lines.length, (line) => lines[line - 1]?.length ?? 0)
  if (edit === null) return null
  const { startLineNumber, startColumn, endLineNumber, endColumn } = edit.range
  const offset = (line: number, column: number): number => lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1
  const text = lines.join('\n')
  return text.slice(0, offset(startLineNumber, startColumn)) + edit.text + text.slice(offset(endLineNumber, endColumn))
}

describe('the edit that heals a finding', () => {
  it.each([
    [1, 'cde\nf'],
    [2, 'ab\nf'],
    [3, 'ab\ncde'],
  ])('removes line %i whole', (line, text) => {
    expect(edited(LINES, finding(line, { kind: 'remove-line' }))).toBe(text)
  })
  it('leaves nothing of the only line', () => {
    expect(edited(['ab'], finding(1, { kind: 'remove-line' }))).toBe('')
  })
  it('replaces a part', () => {
    expect(edited(LINES, finding(2, { kind: 'replace', span: { start: 1, end: 2 }, text: 'X' }))).toBe('ab\ncXe\nf')
  })
  it('is none where nothing heals', () => {
    expect(edited(LINES, finding(2))).toBeNull()
  })
  it('has a place to be seen, even for nothing', () => {
    expect(rangeOf({ line: 4, span: { start: 0, end: 0 } })).toEqual({ startLineNumber: 4, startColumn: 1, endLineNumber: 4, endColumn: 2 })
    expect(rangeOf({ line: 4, span: { start: 2, end: 5 } })).toEqual({ startLineNumber: 4, startColumn: 3, endLineNumber: 4, endColumn: 6 })
  })
})
