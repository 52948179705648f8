import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'

/** The first thing wrong with a text as JSON; those after it mostly follow from it. `offset` in UTF-16 units; null: no place can be named. */
export interface JsonFault {
  readonly detail: string
  readonly offset: number | null
}

/** What is wrong with a text as JSON (RFC 8259), or null. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return firstOf(text) ?? { detail: error instanceof Error ? error.message : String(error), offset: null }
  }
}

function firstOf(text: string): JsonFault | null {
  const errors: ParseError[] = []
  try {
    parseTree(text, errors, { disallowComments: true })
  } catch {
    return null // nested too deeply for the parser's stack
  }
  const [first] = errors
  return first === undefined ? null : { detail: wordsOf(printParseErrorCode(first.error)), offset: first.offset }
}

/** `CommaExpected` as “Comma expected”. */
function wordsOf(code: string): string {
  const words = code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
