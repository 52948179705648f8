import { FilterIndex } from './filter-index'
import type { AclFile, PlacedRule, Span } from '../acl-file'
import { namesUser, splitAtNames } from '../pattern'
import type { Finding, Fix, RuleId, Severity } from './finding'

const ACCESS_WORDS: readonly string[] = ['read', 'write', 'readwrite', 'deny']
/** What bridges may write of `$SYS`. */
const BRIDGE_STATE = '$SYS/broker/connection/+/state'

type Say = (rule: RuleId, severity: Severity, more?: { span?: Span; data?: Record<string, string>; fix?: Fix }) => void

/** What surprises in a `topic` or `pattern` line by itself. */
export function ruleLines(file: AclFile): Finding[] {
  const findings: Finding[] = []
  let knowsFreeIds = false
  let blockWithPattern: string | null = null
  for (const rule of file.rules) {
    const { line, filterSpan } = rule
    const say: Say = (id, severity, { span = filterSpan, data, fix } = {}) => {
      findings.push({ rule: id, severity, line, span, data: { line, ...data }, ...(fix === undefined ? {} : { fix }) })
    }
    aboutFilter(rule, say)
    if (rule.kind === 'topic') {
      aboutTopic(rule, say)
      continue
    }
    aboutPattern(rule, say)
    if (!knowsFreeIds && rule.grant !== 'deny' && rule.filter.includes('%c')) {
      knowsFreeIds = true
      say('client-id-is-free', 'note')
    }
    if (rule.user !== null && rule.user !== blockWithPattern) say('pattern-in-block', 'note', { span: wholeRule(rule), data: { user: rule.user } })
    blockWithPattern = rule.user
  }
  return findings
}

const wholeRule = ({ filterSpan, grantSpan, kind }: PlacedRule): Span => ({
  start: Math.max(0, (grantSpan ?? filterSpan).start - kind.length - 1),
  end: filterSpan.end,
})

function aboutFilter(rule: PlacedRule, say: Say): void {
  const { filter, filterSpan, grant, grantSpan } = rule
  const writes = grant === 'write' || grant === 'readwrite'
  if (grantSpan === null && ACCESS_WORDS.includes(filter.toLowerCase())) {
    say('access-word-as-topic', 'warning', { span: wholeRule(rule), data: { word: filter, keyword: rule.kind } })
  }
  if (filter.startsWith('$share')) {
    const behind = /^\$share\/[^/]*\/(.+)$/.exec(filter)?.[1]
    say('share-filter', 'warning', behind === undefined ? {} : { fix: { kind: 'replace', span: filterSpan, text: behind } })
  }
  if (writes && filter.startsWith('$SYS') && !isBridgeState(filter)) say('system-write', 'warning', { ...readInstead(rule) })
  if (writes && (filter === '#' || filter === '+/#')) say('grants-all', rule.user === null || rule.kind === 'pattern' ? 'warning' : 'note')
}

function isBridgeState(filter: string): boolean {
  const index = new FilterIndex('2.0', false, { left: 300 })
  index.at(BRIDGE_STATE)
  let isCovered = false
  index.covering(filter, () => (isCovered = true))
  return isCovered
}

function readInstead({ grant, grantSpan, filterSpan }: PlacedRule): { fix?: Fix } {
  if (grant === 'write') return {}
  if (grantSpan !== null) return { fix: { kind: 'replace', span: grantSpan, text: 'read' } }
  return { fix: { kind: 'replace', span: { start: filterSpan.start, end: filterSpan.start }, text: 'read ' } }
}

function aboutTopic({ filter, filterSpan }: PlacedRule, say: Say): void {
  const name = /%[cu]/.exec(filter)
  if (name === null) return
  const start = filterSpan.start + name.index
  say('name-in-topic', 'warning', { span: { start, end: start + 2 }, data: { name: name[0] } })
}

function aboutPattern({ filter, filterSpan }: PlacedRule, say: Say): void {
  if (!filter.includes('%c') && !namesUser(filter)) {
    say('pattern-without-name', 'warning')
    return
  }
  const levels = filter.split('/')
  let start = filterSpan.start
  for (const level of levels) {
    if (splitAtNames(level, '2.0').length > splitAtNames(level, '2.1').length) {
      say('name-in-part-of-level', 'warning', { span: { start, end: start + level.length } })
      break
    }
    start += level.length + 1
  }
  if (/^%[cu]/.test(filter)) say('name-at-start', 'note', { span: { start: filterSpan.start, end: filterSpan.start + 2 } })
}

