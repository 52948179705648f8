import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'

/** What a JSON text lacks, by the names of the parser's error codes. */
export type JsonProblem = ReturnType<typeof printParseErrorCode>

/** The first thing wrong with a JSON text, as a place in UTF-16 units from its start; null when none can be pointed at. */
export function jsonProblem(text: string): { problem: JsonProblem; offset: number } | null {
  const errors: ParseError[] = []
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  } catch {
    // Nested too deeply for the parser's stack.
    return null
  }
  const [first] = errors
  return first === undefined ? null : { problem: printParseErrorCode(first.error), offset: first.offset }
}

/** Line and column, from 1, of a place in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before[before.length - 1] ?? '').length + 1 }
}
