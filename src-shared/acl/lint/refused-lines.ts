import type { AclFault, AclFile, AclLine, Span } from '../acl-file'
import type { Finding, Fix, RuleId } from './finding'

const KEYWORDS: readonly string[] = ['topic', 'pattern', 'user']
const ACCESS_WORDS: readonly string[] = ['read', 'write', 'readwrite', 'deny']

interface Refusal {
  readonly rule: RuleId
  readonly span?: Span
  readonly data?: Record<string, string>
  readonly fix?: Fix
}

const replace = (span: Span, text: string): Fix => ({ kind: 'replace', span, text })

/** The lines the broker refuses, each with what to write instead. */
export function refusedLines(file: AclFile): Finding[] {
  return file.lines.flatMap((line): Finding[] => {
    if (line.statement.kind !== 'fault') return []
    const { fault, span } = line.statement
    const { data, ...refusal } = refusalOf(line, fault, span)
    return [{ severity: 'error', line: line.line, span, ...refusal, data: { line: line.line, ...data } }]
  })
}

function refusalOf({ text }: AclLine, fault: AclFault, span: Span): Refusal {
  switch (fault.kind) {
    case 'unknown-keyword':
      return unknownKeyword(text, fault.word, span)
    case 'unknown-access':
      return wordRefusal(fault.word, span, ACCESS_WORDS, 'unknown-access', 'capitalised-access')
    case 'missing-topic':
      return { rule: 'missing-topic', data: { word: text.slice(span.start, span.end) } }
    case 'missing-user':
      return { rule: 'missing-user' }
    case 'filter': {
      const comment = commentBehind(text, span)
      return comment === null ? { rule: fault.fault } : { rule: 'comment-behind-topic', ...comment }
    }
    default:
      return { rule: 'refused-line' }
  }
}

function unknownKeyword(text: string, word: string, span: Span): Refusal {
  if (word.startsWith('\ufeff')) return { rule: 'byte-order-mark', fix: replace({ start: span.start, end: span.start + 1 }, '') }
  const before = /^[ \t]+(?=#)/.exec(text)
  if (before !== null) return { rule: 'indented-comment', fix: replace({ start: 0, end: before[0].length }, '') }
  return wordRefusal(word, span, KEYWORDS, 'unknown-keyword', 'capitalised-keyword')
}

function wordRefusal(word: string, span: Span, known: readonly string[], unknown: RuleId, capitalised: RuleId): Refusal {
  const tab = /\t+/.exec(word)
  if (tab !== null) {
    const start = span.start + tab.index
    return { rule: 'tab-in-keyword', fix: replace({ start, end: start + tab[0].length }, tab.index === 0 ? '' : ' ') }
  }
  const right = word.toLowerCase()
  if (known.includes(right)) return { rule: capitalised, data: { word, right }, fix: replace(span, right) }
  return { rule: unknown, data: { word: shortened(word) } }
}

const shortened = (word: string): string => (word.length > 60 ? `${word.slice(0, 60)}…` : word)

/** A comment behind a name or topic, and how it gets a line of its own. */
export function commentBehind(text: string, span: Span): { span: Span; fix: Fix } | null {
  const at = /[ \t]+#(?=[\s\w#])/.exec(text.slice(span.start, span.end))
  if (at === null) return null
  const start = span.start + at.index
  const comment = text.slice(start, span.end).trim()
  return { span: { start, end: span.end }, fix: replace({ start: 0, end: span.end }, `${comment}\n${text.slice(0, start)}`) }
}
