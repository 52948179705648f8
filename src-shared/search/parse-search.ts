import { topicFilterFault } from '@shared/mqtt/topic'
import { readWords, type Sign, type Word } from './read-words'
import { compileRegex, type RegexFault } from './regex'
import { MAX_SEARCH_LENGTH, MAX_SEARCH_TERMS, type Search, type SearchTerm, type SearchTest } from './search'
import type { OperatorName, SearchFault } from './search-fault'

export type ParsedSearch = { readonly ok: true; readonly search: Search } | { readonly ok: false; readonly fault: SearchFault }

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, k: 1_024, m: 1_024 ** 2 }
const NO_UNIT: Readonly<Record<string, number>> = { '': 1 }
/** Up to 15 digits, which a double holds exactly. */
const AMOUNT = /^(\d{1,15}(?:\.\d{1,15})?)([a-z]?)$/i

/**
 * Reads the text of the search box: terms side by side, of which a topic must pass all.
 * Unknown words, with a colon or without, are parts of a topic. Never throws.
 */
export function parseSearch(text: string): ParsedSearch {
  if (text.length > MAX_SEARCH_LENGTH) return { ok: false, fault: { code: 'too-long' } }
  const search: SearchTerm[] = []
  for (const word of readWords(text)) {
    if (word.kind === 'comparison') continue
    const test = searchTestOf(word)
    if (test === null) continue
    if ('code' in test) return { ok: false, fault: test }
    if (search.length === MAX_SEARCH_TERMS) return { ok: false, fault: { code: 'too-many-terms' } }
    search.push({ negated: word.negated, test })
  }
  return { ok: true, search }
}

/** Null for quotes with nothing in them (yet), which every topic would pass. */
export function searchTestOf(word: Exclude<Word, { kind: 'comparison' }>): SearchTest | SearchFault | null {
  switch (word.kind) {
    case 'quoted':
      return word.value === '' ? null : { kind: 'text', text: word.value }
    case 'regex':
      return regexTest(word)
    case 'operator':
      return operatorTest(word)
    case 'bare':
      return bareTest(word.text)
  }
}

function bareTest(text: string): SearchTest | SearchFault {
  if (text.toLowerCase() === 'retained') return { kind: 'retained' }
  if (!/[+#]/.test(text)) return { kind: 'text', text }
  const fault = topicFilterFault(text)
  return fault === null ? { kind: 'filter', filter: text } : { code: 'topic-filter', text, fault }
}

function regexTest({ text, pattern, ignoreCase }: Extract<Word, { kind: 'regex' }>): SearchTest | SearchFault {
  const compiled = compileRegex(pattern, ignoreCase)
  return compiled.ok ? { kind: 'regex', pattern, ignoreCase } : regexFault(text, compiled.fault)
}

function regexFault(text: string, fault: RegexFault): SearchFault {
  if (fault.kind === 'syntax') return { code: 'regex', text, detail: fault.detail }
  return { code: fault.kind === 'too-long' ? 'regex-too-long' : 'regex-too-big', text }
}

function operatorTest({ text, operator, sign, value }: Extract<Word, { kind: 'operator' }>): SearchTest | SearchFault {
  const test = readValue(operator, sign, value)
  if (test === 'sign') return { code: 'sign', text, operator }
  if (value === '') return { code: 'no-value', text, operator }
  return test === 'value' ? { code: 'value', text, operator } : test
}

/** Or which part the operator cannot take. */
function readValue(operator: OperatorName, sign: Sign, value: string): SearchTest | 'sign' | 'value' {
  switch (operator) {
    case 'retained':
      return 'sign'
    case 'payload':
      return sign === ':' ? { kind: 'payload', text: value } : 'sign'
    case 'since': {
      if (sign !== ':') return 'sign'
      const milliseconds = amount(value, UNIT_MILLISECONDS)
      return milliseconds === null || milliseconds === 0 ? 'value' : { kind: 'since', milliseconds }
    }
    case 'rate':
    case 'size':
    case 'messages': {
      if (sign !== '>' && sign !== '<') return 'sign'
      const number = amount(value, operator === 'size' ? UNIT_BYTES : NO_UNIT)
      return number === null ? 'value' : { kind: 'measure', measure: operator, sign, value: number }
    }
  }
}

/** A number with its unit behind it, as a number without one; null when it is something else. */
function amount(text: string, units: Readonly<Record<string, number>>): number | null {
  const [, number, unit = ''] = AMOUNT.exec(text) ?? []
  const factor = units[unit.toLowerCase()]
  return number === undefined || factor === undefined ? null : Number(number) * factor
}
