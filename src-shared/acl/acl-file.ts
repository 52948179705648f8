import { aclFilterFault, type AclFilterFault } from './acl-filter'
import { eachBrokerLine } from './broker-lines'

/** What a line grants; `deny` covers both directions. */
export type Grant = 'read' | 'write' | 'readwrite' | 'deny'

/** Where something stands in its line, in characters from 0; `end` is behind the last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Why a broker refuses a line, and with it the file. */
export type AclFault =
  | { readonly kind: 'unknown-keyword'; readonly word: string }
  | { readonly kind: 'missing-topic' }
  | { readonly kind: 'missing-user' }
  | { readonly kind: 'unknown-access'; readonly word: string }
  | { readonly kind: 'filter'; readonly fault: AclFilterFault }

export interface AclRule {
  readonly kind: 'topic' | 'pattern'
  readonly grant: Grant
  /** Null: no access word stands there, which means `readwrite`. */
  readonly grantSpan: Span | null
  readonly filter: string
  readonly filterSpan: Span
}

/** What a line says. `ignored`: the broker never sees it (see `eachBrokerLine`). */
export type AclStatement =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'user'; readonly name: string; readonly span: Span }
  | AclRule
  | { readonly kind: 'fault'; readonly fault: AclFault; readonly span: Span }

export interface AclLine {
  /** From 1. */
  readonly line: number
  /** Without its LF; the lines joined by LF are the file again. */
  readonly text: string
  readonly statement: AclStatement
}

/** A line with a `topic` or `pattern`. There may be millions of them: where its words stand is worked out when asked. */
export class PlacedRule implements AclRule {
  readonly kind: 'topic' | 'pattern'
  readonly grant: Grant
  readonly filter: string
  readonly line: number
  /** In whose block it stands; null: before the first. Patterns hold for all. */
  readonly user: string | null
  private readonly filterStart: number
  private readonly grantStart: number | null

  constructor({ kind, grant, grantSpan, filter, filterSpan }: AclRule, line: number, user: string | null) {
    this.kind = kind
    this.grant = grant
    this.filter = filter
    this.line = line
    this.user = user
    this.filterStart = filterSpan.start
    this.grantStart = grantSpan === null ? null : grantSpan.start
  }

  get grantSpan(): Span | null {
    return this.grantStart === null ? null : { start: this.grantStart, end: this.grantStart + this.grant.length }
  }

  get filterSpan(): Span {
    return { start: this.filterStart, end: this.filterStart + this.filter.length }
  }
}

export interface AclFile {
  /** Made when first asked for: decisions go by the rules alone. */
  readonly lines: readonly AclLine[]
  readonly rules: readonly PlacedRule[]
  /** The users that the file names, each once, in its order. */
  readonly users: readonly string[]
  /** The first line that the broker would refuse, at which it would not start; null: it takes the file. */
  readonly firstFaultLine: number | null
}

/** C's `isspace` in the C locale. */
const SPACES = ' \t\n\v\f\r'
const isSpace = (text: string, at: number): boolean => SPACES.includes(text.charAt(at))

const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ['read', 'read'],
  ['write', 'write'],
  ['readwrite', 'readwrite'],
  ['deny', 'deny'],
])

/** The next word from `from`, as C's `strtok` finds it with a space as the only separator; null at the end. */
function wordAt(text: string, from: number): Span | null {
  let start = from
  while (text[start] === ' ') start += 1
  if (start >= text.length) return null
  const end = text.indexOf(' ', start)
  return { start, end: end === -1 ? text.length : end }
}

/** What is left of the line behind the separator at `from`, without spaces at its start; null: nothing. */
function restAt(text: string, from: number): Span | null {
  let start = from + 1
  while (start < text.length && isSpace(text, start)) start += 1
  return start < text.length ? { start, end: text.length } : null
}

const cut = (text: string, { start, end }: Span): string => text.slice(start, end)

function ruleIn(text: string, kind: 'topic' | 'pattern', keyword: Span): AclStatement {
  const first = wordAt(text, keyword.end)
  if (first === null) return { kind: 'fault', fault: { kind: 'missing-topic' }, span: keyword }
  const rest = restAt(text, first.end)
  // One word is the topic, even if it reads "deny".
  const grant = rest === null ? 'readwrite' : GRANTS.get(cut(text, first))
  if (grant === undefined) return { kind: 'fault', fault: { kind: 'unknown-access', word: cut(text, first) }, span: first }
  const filterSpan = rest ?? first
  const filter = cut(text, filterSpan)
  const fault = aclFilterFault(filter)
  if (fault !== null) return { kind: 'fault', fault: { kind: 'filter', fault }, span: filterSpan }
  return { kind, grant, grantSpan: rest === null ? null : first, filter, filterSpan }
}

/** Reads what the broker makes of a line. */
export function readStatement(line: string): AclStatement {
  if (line.startsWith('#')) return { kind: 'comment' }
  let end = line.length
  while (end > 0 && isSpace(line, end - 1)) end -= 1
  const text = line.slice(0, end)
  const keyword = wordAt(text, 0)
  if (keyword === null) return { kind: 'blank' }
  const word = cut(text, keyword)
  switch (word) {
    case 'topic':
    case 'pattern':
      return ruleIn(text, word, keyword)
    case 'user': {
      const span = restAt(text, keyword.end)
      if (span === null) return { kind: 'fault', fault: { kind: 'missing-user' }, span: keyword }
      return { kind: 'user', name: cut(text, span), span }
    }
    default:
      return { kind: 'fault', fault: { kind: 'unknown-keyword', word }, span: keyword }
  }
}

const statementOf = (seen: string | null): AclStatement => (seen === null ? { kind: 'ignored' } : readStatement(seen))

function linesOf(text: string): readonly AclLine[] {
  const lines: AclLine[] = []
  eachBrokerLine(text, (seen, line, lineText) => lines.push({ line, text: lineText, statement: statementOf(seen) }))
  return lines
}

/**
 * Reads an `acl_file` as Mosquitto does (mosquitto.conf(5), and what 2.0.11, 2.0.22 and 2.1.2 were seen to do).
 * Never fails: lines that the broker refuses are kept as such.
 */
export function parseAclFile(text: string): AclFile {
  const rules: PlacedRule[] = []
  const users = new Set<string>()
  let user: string | null = null
  let firstFaultLine: number | null = null
  eachBrokerLine(text, (seen, line) => {
    const statement = statementOf(seen)
    switch (statement.kind) {
      case 'user':
        user = statement.name
        users.add(user)
        break
      case 'topic':
      case 'pattern':
        rules.push(new PlacedRule(statement, line, user))
        break
      case 'fault':
        firstFaultLine ??= line
        break
      default:
    }
  })
  let lines: readonly AclLine[] | null = null
  return {
    get lines() {
      return (lines ??= linesOf(text))
    },
    rules,
    users: [...users],
    firstFaultLine,
  }
}
