import type { FieldPath } from '@shared/payload/field-path'
import { searchTestOf } from '@shared/search/parse-search'
import { readWords, type Word } from '@shared/search/read-words'
import { MAX_SEARCH_LENGTH, MAX_SEARCH_TERMS, type SearchTest } from '@shared/search/search'
import type { SearchFault } from '@shared/search/search-fault'
import { readFieldPath } from './read-field-path'

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!='

/** What one term of the filter asks of a message. */
export type RowTest =
  /** Of its topic or its payload, in any case. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly ignoreCase: boolean }
  /** A topic filter. */
  | { readonly kind: 'filter'; readonly filter: string }
  | { readonly kind: 'payload'; readonly text: string }
  /** Received so many milliseconds ago, or less. */
  | { readonly kind: 'since'; readonly milliseconds: number }
  /** Bytes of its payload. */
  | { readonly kind: 'size'; readonly sign: '>' | '<'; readonly value: number }
  | { readonly kind: 'retained' }
  /** Numbers by value, all else by its text. */
  | { readonly kind: 'field'; readonly path: FieldPath; readonly sign: Comparison; readonly value: string }

export interface RowTerm {
  readonly negated: boolean
  readonly test: RowTest
}

/** Messages pass that pass all terms; without terms all do. */
export type RowFilter = readonly RowTerm[]

export type ParsedRowFilter = { readonly ok: true; readonly filter: RowFilter } | { readonly ok: false; readonly fault: SearchFault }

/**
 * Reads the filter of a table: the language of the search box, asked of each message rather than of a topic, and
 * comparisons of payload fields: `temperature > 20`, `status.state = "on"`. Never throws.
 */
export function parseRowFilter(text: string): ParsedRowFilter {
  if (text.length > MAX_SEARCH_LENGTH) return { ok: false, fault: { code: 'too-long' } }
  const filter: RowTerm[] = []
  for (const word of readWords(text, true)) {
    const test = rowTestOf(word)
    if (test === null) continue
    if ('code' in test) return { ok: false, fault: test }
    if (filter.length === MAX_SEARCH_TERMS) return { ok: false, fault: { code: 'too-many-terms' } }
    filter.push({ negated: word.negated, test })
  }
  return { ok: true, filter }
}

function rowTestOf(word: Word): RowTest | SearchFault | null {
  if (word.kind === 'comparison') {
    const path = readFieldPath(word.field)
    if (path === null) return { kind: 'text', text: word.text }
    if (word.value === null) return { code: 'half-comparison', text: word.text, field: word.field }
    return { kind: 'field', path, sign: word.comparison, value: word.value }
  }
  const test = searchTestOf(word)
  return test === null || 'code' in test ? test : ofMessage(test, word.text)
}

function ofMessage(test: SearchTest, text: string): RowTest | SearchFault {
  if (test.kind !== 'measure') return test
  // A message has no rate.
  if (test.measure !== 'size') return { code: 'of-topics', text, operator: test.measure }
  return { kind: 'size', sign: test.sign, value: test.value }
}
