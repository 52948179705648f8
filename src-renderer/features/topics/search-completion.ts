import { SEARCH_OPERATORS, type SearchOperator } from '@shared/search/search-operators'

/** A text and what of it is selected. */
export interface Edit {
  readonly text: string
  readonly selectionStart: number
  readonly selectionEnd: number
}

/** Fewer letters than that say too little about what is meant. */
const LEAST_LETTERS = 2

/** The operators that the word before the caret is the beginning of. */
export function completions(text: string, caret: number): readonly SearchOperator[] {
  if (!/^(\s|$)/.test(text.slice(caret)) || isQuoted(text.slice(0, caret))) return []
  const word = wordBefore(text, caret)
  return word.length < LEAST_LETTERS ? [] : SEARCH_OPERATORS.filter((operator) => isBegun(operator, word))
}

/** Writes an operator with its example in place of what is selected, and of its own beginning before that; the example is selected. */
export function insertOperator({ text, selectionStart, selectionEnd }: Edit, operator: SearchOperator): Edit {
  const { before, value, after } = operator
  const word = wordBefore(text, selectionStart)
  const head = spaced(text.slice(0, isBegun(operator, word) ? selectionStart - word.length : selectionStart))
  const tail = text.slice(selectionEnd).trimStart()
  const from = head.length + before.length
  return {
    text: `${head}${before}${value}${after}${tail === '' ? '' : ' '}${tail}`,
    selectionStart: from,
    selectionEnd: from + value.length,
  }
}

/** A space behind words, and none behind a dash that is to negate what comes. */
function spaced(head: string): string {
  return /(^|\s)-?$/.test(head) ? head : `${head} `
}

function wordBefore(text: string, caret: number): string {
  const word = text.slice(0, caret).split(/\s/).at(-1) ?? ''
  return word.replace(/^-/, '').toLowerCase()
}

/** Operators that are words can be completed; the others are examples. */
function isBegun({ before }: SearchOperator, word: string): boolean {
  return word !== '' && /^[a-z]+[:>]?$/.test(before) && before.startsWith(word) && before !== word
}

function isQuoted(head: string): boolean {
  return (head.match(/"/g) ?? []).length % 2 === 1
}
