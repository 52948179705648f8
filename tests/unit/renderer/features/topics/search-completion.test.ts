import { describe, expect, it } from 'vitest'
import { SEARCH_OPERATORS, type SearchOperator } from '@shared/search/search-operators'
import { completions, insertOperator } from '../../../../../src-renderer/features/topics/search-completion'

const named = (name: SearchOperator['name']): SearchOperator => {
  const found = SEARCH_OPERATORS.find((operator) => operator.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

/** A text with `|` where the caret is, or around what is selected. */
function parted(marked: string): { text: string; selectionStart: number; selectionEnd: number } {
  const start = marked.indexOf('|')
  const end = marked.lastIndexOf('|')
  return { text: marked.replaceAll('|', ''), selectionStart: start, selectionEnd: end === start ? start : end - 1 }
}

function marked({ text, selectionStart, selectionEnd }: ReturnType<typeof parted>): string {
  const selected = text.slice(selectionStart, selectionEnd)
  return `${text.slice(0, selectionStart)}|${selected}${selected === '' ? '' : '|'}${text.slice(selectionEnd)}`
}

describe('completions', () => {
  it.each([
    ['pa|', ['payload']],
    ['pump -Si|', ['since', 'size']],
    ['re|', ['retained']],
    ['ra| x', ['rate']],
    ['p|', []],
    ['|', []],
    ['pa|ge', []],
    ['payload:|', []],
    ['retained|', []],
    ['"pa|', []],
    ['"x" pa|', ['payload']],
    ['plant/pa|', []],
    ['plant|', []],
    ['plant/|', []],
  ])('of %j are %j', (text, names) => {
    const { text: typed, selectionStart } = parted(text)
    expect(completions(typed, selectionStart).map(({ name }) => name)).toEqual(names)
  })
})

describe('insertOperator', () => {
  it.each([
    ['|', 'payload', 'payload:|error|'],
    ['pa|', 'payload', 'payload:|error|'],
    ['x -PA|', 'payload', 'x -payload:|error|'],
    ['pump|', 'since', 'pump since:|5m|'],
    ['pump |', 'since', 'pump since:|5m|'],
    ['pump -|', 'retained', 'pump -retained|'],
    ['|pump', 'rate', 'rate>|10| pump'],
    ['a| b', 'quoted', 'a "|living room|" b'],
    ['a |old| b', 'regex', 'a /|line-[12]$|/ b'],
    ['re|', 'not', 're -|test|'],
  ] as const)('into %j: %s', (before, name, after) => {
    expect(marked(insertOperator(parted(before), named(name)))).toBe(after)
  })
})
