import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { SchemaProblem } from '@shared/schemas/schema-file'
import { placeOf } from './text-place'

/** What is wrong with a text as JSON: the first fault, those after it mostly follow from it. */
export function jsonProblems(text: string): SchemaProblem[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    const errors: ParseError[] = []
    parseTree(text, errors, { disallowComments: true })
    const [first] = errors
    const detail = first === undefined ? (error instanceof Error ? error.message : String(error)) : wordsOf(printParseErrorCode(first.error))
    return [{ kind: 'malformed', detail, ...(first === undefined ? { line: null, column: null } : placeOf(text, first.offset)) }]
  }
}

/** `CommaExpected` as “Comma expected”. */
function wordsOf(code: string): string {
  const words = code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
