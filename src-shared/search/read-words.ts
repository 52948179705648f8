import { topicFilterFault } from '@shared/mqtt/topic'
import type { OperatorName } from './search-fault'

/** One word of a search text; `text` is it as it was written, without what negates it. */
export type Word = { readonly negated: boolean; readonly text: string } & (
  | { readonly kind: 'bare' }
  | { readonly kind: 'quoted'; readonly value: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly ignoreCase: boolean }
  | { readonly kind: 'operator'; readonly operator: OperatorName; readonly sign: Sign; readonly value: string }
  /** Of a payload's field; only where such are read. `value` null: still to be written. */
  | { readonly kind: 'comparison'; readonly field: string; readonly comparison: ComparisonSign; readonly value: string | null }
)

export type ComparisonSign = '<' | '<=' | '>' | '>=' | '=' | '!='

export type Sign = ':' | '<' | '>' | '='

/** A dash before something, or the word `not` before another one. */
const NEGATION = /-(?=\S)|not\s+(?=\S)/iy
/** Quoted text; without its end it goes to the end of all. `\"` and `\\` are a quote and a backslash. */
const QUOTED = /"((?:\\["\\]|[^"])*)(?:"|$)/y
/** Ends with the first slash before a space, so those within need no backslash. */
const REGEX = /\/((?:\\[^]|[^\\])+?)\/(i?)(?=\s|$)/y
const OPERATOR = /(payload|since|rate|size|messages|retained)([:<>=])/iy
/** `field > value`, with space around the sign or without. A field is a path: `a.b[0]["c d"]`. */
const COMPARISON = /((?:[\p{L}_$][\p{L}\p{N}_$]*|\["(?:\\.|[^"\\])*"\])(?:\.[\p{L}_$][\p{L}\p{N}_$]*|\[\d+\]|\["(?:\\.|[^"\\])*"\])*)\s*(>=|<=|!=|>|<|=)\s*/uy
const BARE = /\S+/y

/** The words of a search text, one after the other; `comparisons`: of payload fields, too. */
export function* readWords(text: string, comparisons = false): Generator<Word, void> {
  const reader = new Reader(text)
  while (reader.skipSpace()) {
    const negated = reader.take(NEGATION) !== null
    yield { negated, ...readWord(reader, comparisons) }
  }
}

type Unsigned<Each> = Each extends Word ? Omit<Each, 'negated'> : never

function readWord(reader: Reader, comparisons: boolean): Unsigned<Word> {
  const quoted = reader.take(QUOTED)
  if (quoted !== null) return { kind: 'quoted', text: quoted[0], value: unescaped(quoted[1]) }
  if (!isTopicFilter(reader.peek(BARE))) {
    const regex = reader.take(REGEX)
    if (regex !== null) return { kind: 'regex', text: regex[0], pattern: regex[1] ?? '', ignoreCase: regex[2] === 'i' }
  }
  const operator = reader.take(OPERATOR)
  if (operator !== null) {
    const { written, value } = readValue(reader)
    return {
      kind: 'operator',
      text: operator[0] + written,
      operator: (operator[1] ?? '').toLowerCase() as OperatorName,
      sign: operator[2] as Sign,
      value,
    }
  }
  const comparison = comparisons ? reader.take(COMPARISON) : null
  if (comparison === null) return { kind: 'bare', text: reader.take(BARE)?.[0] ?? '' }
  const { written, value } = readValue(reader)
  const [before, field = '', sign] = comparison
  return { kind: 'comparison', text: before + written, field, comparison: sign as ComparisonSign, value: written === '' ? null : value }
}

function readValue(reader: Reader): { readonly written: string; readonly value: string } {
  const quoted = reader.take(QUOTED)
  const written = quoted?.[0] ?? reader.take(BARE)?.[0] ?? ''
  return { written, value: quoted === null ? written : unescaped(quoted[1]) }
}

/** `/a/+/` could be a regular expression too; as a topic filter it makes more sense. */
function isTopicFilter(word: string): boolean {
  return /[+#]/.test(word) && topicFilterFault(word) === null
}

function unescaped(quoted = ''): string {
  return quoted.replace(/\\(["\\])/g, '$1')
}

/** A place in a text, and what begins there. */
class Reader {
  #at = 0

  constructor(private readonly text: string) {}

  /** Whether anything follows. */
  skipSpace(): boolean {
    this.take(/\s+/y)
    return this.#at < this.text.length
  }

  take(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.text)
    if (found !== null) this.#at += found[0].length
    return found
  }

  peek(sticky: RegExp): string {
    sticky.lastIndex = this.#at
    return sticky.exec(this.text)?.[0] ?? ''
  }
}
