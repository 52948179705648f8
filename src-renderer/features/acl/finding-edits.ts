import type { languages } from 'monaco-editor/editor/editor.api'
import type { Finding } from '@shared/acl/lint/finding'

/** Where a finding is, in the editor’s coordinates, of which columns count from 1. At least one character, to be seen. */
export function rangeOf({ line, span }: Pick<Finding, 'line' | 'span'>) {
  return { startLineNumber: line, startColumn: span.start + 1, endLineNumber: line, endColumn: Math.max(span.end, span.start + 1) + 1 }
}

/** The change that heals a finding, or null. */
export function editOf({ line, fix }: Finding, lineCount: number, lengthOf: (line: number) => number): languages.TextEdit | null {
  if (fix === undefined) return null
  if (fix.kind === 'replace') {
    const range = { startLineNumber: line, startColumn: fix.span.start + 1, endLineNumber: line, endColumn: fix.span.end + 1 }
    return { range, text: fix.text }
  }
  // The last line goes with the line end before it.
  const range =
    line < lineCount || line === 1
      ? { startLineNumber: line, startColumn: 1, endLineNumber: Math.min(line + 1, lineCount), endColumn: line < lineCount ? 1 : lengthOf(line) + 1 }
      : { startLineNumber: line - 1, startColumn: lengthOf(line - 1) + 1, endLineNumber: line, endColumn: lengthOf(line) + 1 }
  return { range, text: '' }
}
