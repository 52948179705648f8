import type { AclFile, PlacedRule } from './acl-file'
import type { DynsecFile } from './dynamic-security/dynsec-file'
import { expandPattern, namesUser } from './pattern'
import type { BrokerVersion } from './question'

/** A sentence of `aclWords.line` by its path there, and what fills it. */
export interface LineSentence {
  readonly key: string
  readonly data: Readonly<Record<string, string>>
}

const NAMES = { username: 'alice', clientId: 'device-7' }
/** A file may be one long line. */
const MOST_SENTENCES = 5
const LEVELS_FOR_HASH = [['a'], ['a', 'b']]

/** Two or three topics that a line matches, its names filled in. */
export function exampleTopics(rule: PlacedRule, version: BrokerVersion): readonly string[] {
  const levels = rule.kind === 'pattern' ? expandPattern(rule.filter, NAMES, version) : rule.filter.split('/')
  const isExact = !levels.some((level) => level === '+' || level === '#')
  // A topic that is no pattern needs no example of itself.
  if (isExact) return rule.kind === 'pattern' ? [levels.join('/')] : []
  const filled = (words: readonly string[]): string[] => {
    let next = 0
    return levels.flatMap((level) => (level === '+' ? [words[next++ % words.length] ?? 'a'] : [level]))
  }
  if (levels.at(-1) !== '#') return [['a', 'b'], ['x', 'y']].map((words) => filled(words).join('/'))
  const before = filled(['a', 'b']).slice(0, -1)
  // `a/#` matches `a` too [4.7.1.2].
  return [...(before.length > 0 ? [before] : []), ...LEVELS_FOR_HASH.map((more) => [...before, ...more])].map((topic) => topic.join('/'))
}

function namesIn(filter: string): 'client' | 'user' | 'both' | null {
  const client = filter.includes('%c')
  if (namesUser(filter)) return client ? 'both' : 'user'
  return client ? 'client' : null
}

/** What a line says, in plain words: sentences to be put one behind the other. Empty: there is no such line. */
export function explainLine(file: AclFile, line: number, version: BrokerVersion): readonly LineSentence[] {
  const statement = file.lines[line - 1]?.statement
  switch (statement?.kind) {
    case undefined:
      return []
    case 'topic':
    case 'pattern': {
      const rule = file.rules.find((placed) => placed.line === line)
      return rule === undefined ? [] : sentencesOf(rule, version)
    }
    case 'user':
      return [{ key: 'user', data: { user: statement.name } }]
    case 'blank':
    case 'comment':
    case 'ignored':
    case 'fault':
      return [{ key: statement.kind, data: {} }]
  }
}

function sentencesOf(rule: PlacedRule, version: BrokerVersion): readonly LineSentence[] {
  const filter = `\`${rule.filter}\``
  if (rule.filter.startsWith('$share')) return [{ key: 'share', data: {} }]
  const examples = exampleTopics(rule, version).map((topic) => `\`${topic}\``).join(', ')
  const isSystemWrite = rule.filter.startsWith('$SYS') && (rule.grant === 'write' || rule.grant === 'readwrite')
  const more: LineSentence[] = [
    ...(isSystemWrite ? [{ key: 'system', data: {} }] : []),
    ...(examples === '' ? [] : [{ key: 'examples', data: { examples } }]),
  ]
  if (rule.kind === 'topic') {
    return [rule.user === null ? { key: `anonymous.${rule.grant}`, data: { filter } } : { key: `own.${rule.grant}`, data: { user: rule.user, filter } }, ...more]
  }
  const names = namesIn(rule.filter)
  return [{ key: `pattern.${rule.grant}`, data: { filter } }, ...(names === null ? [] : [{ key: `names.${names}`, data: {} }]), ...more]
}

/** What the entries say whose topics stand in a line of a `dynamic-security.json`. */
export function explainEntries({ roles }: DynsecFile, line: number): readonly LineSentence[] {
  const here = [...roles.values()].flatMap((entries) => entries.filter((entry) => entry.line === line))
  return here.slice(0, MOST_SENTENCES).map(({ role, type, topic, allow }) => ({ key: `entry.${allow ? 'allow' : 'deny'}.${type}`, data: { role, filter: `\`${topic}\`` } }))
}
