import { describe, expect, it } from 'vitest'
import { readPolicy } from '@shared/acl/policy-document'
import { decidingLine, type BrokerVersion, type Question } from '@shared/acl/question'
import { AclGenerator, seededRandom } from '../../../support/acl-generator'

const SEED = 20_261_124
const FILES = 120
const TOPICS = 20

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Section 4.7 of MQTT as a regular expression. */
function matches(filter: string, topic: string): boolean {
  if (filter.startsWith('$') !== topic.startsWith('$')) return false
  const levels = filter.split('/')
  const hasHash = levels.at(-1) === '#'
  const own = hasHash ? levels.slice(0, -1) : levels
  const fixed = own.map((level) => (level === '+' ? '[^/]*' : escaped(level))).join('/')
  const source = !hasHash ? fixed : own.length === 0 ? '[^]*' : `${fixed}(/[^]*)?`
  return new RegExp(`^${source}$`, 'su').test(topic)
}

/** What a pattern is for a client, or null where it is nothing. */
function replaced(pattern: string, { username, clientId }: Question, version: BrokerVersion): string | null {
  if (version === '2.1') {
    const levels = pattern.split('/').map((level) => (level === '%c' ? clientId : level === '%u' ? (username ?? '') : level))
    return levels.some((level) => level.includes('/')) ? null : levels.join('/')
  }
  let text = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const name = pattern.slice(at, at + 2)
    if (name === '%c') text += clientId
    else if (name === '%u') text += username ?? ''
    else {
      text += pattern.charAt(at)
      continue
    }
    at += 1
  }
  return text
}

interface Entry {
  readonly line: number
  readonly access: string
  readonly filter: string
}

/** The rules once more, as simple as can be: two lists, and denies are put in front. */
function expectedLine(file: string, question: Question, version: BrokerVersion): string {
  const { access, topic, clientId } = question
  const username = question.username === '' ? null : question.username
  if (topic.startsWith('$share')) return 'denied by nothing'
  if (access === 'write' && topic.startsWith('$SYS') && !matches('$SYS/broker/connection/+/state', topic)) return 'denied by nothing'
  const own: Entry[] = []
  const patterns: Entry[] = []
  let user: string | null = null
  for (const [index, text] of file.split('\n').entries()) {
    const line = text.replace(/[ \t\v\f\r]+$/, '')
    const [, keyword = '', rest = ''] = /^ *([^ ]+) *([^]*)$/.exec(line) ?? []
    if (line.startsWith('#') || keyword === '') continue
    if (keyword === 'user') {
      user = rest.replace(/^[ \t]+/, '')
      continue
    }
    const [, word = '', tail = ''] = /^([^ ]+) ?([^]*)$/.exec(rest) ?? []
    const entry: Entry = { line: index + 1, access: tail === '' ? 'readwrite' : word, filter: tail === '' ? word : tail.replace(/^[ \t]+/, '') }
    const list = keyword === 'pattern' ? patterns : user === username ? own : null
    if (entry.access === 'deny') list?.unshift(entry)
    else list?.push(entry)
  }
  for (const { line, access: granted, filter } of own) {
    if (!matches(filter, topic)) continue
    if (granted === 'deny') return `denied by ${line}`
    if (granted.includes(access)) return `allowed by ${line}`
  }
  if (patterns.length > 0 && /[+#]/.test(`${username ?? ''}${clientId}`)) return 'denied by nothing'
  for (const { line, access: granted, filter } of patterns) {
    if (username === null && filter.includes('%u')) continue
    const text = replaced(filter, { ...question, username }, version)
    if (version === '2.1' && topic.startsWith('$') && !filter.startsWith('$')) continue
    if (text === null || !matches(text, topic)) continue
    if (granted === 'deny') return `denied by ${line}`
    if (granted.includes(access)) return `allowed by ${line}`
  }
  return 'denied by nothing'
}

describe('the index, the explanation and a scan of the file', () => {
  it.each<BrokerVersion>(['2.0', '2.1'])(`come to the same line with ${FILES} files, rules of %s`, (version) => {
    for (let number = 0; number < FILES; number += 1) {
      const generator = new AclGenerator(seededRandom(SEED + number))
      const file = generator.file()
      const { policy } = readPolicy(file, version)
      const askers = generator.askers(file)
      for (const topic of generator.topics(file, askers, TOPICS)) {
        for (const asker of askers) {
          for (const access of ['read', 'write'] as const) {
            const question: Question = { ...asker, access, topic }
            const decision = policy.decide(question)
            const told = `${decision.allowed ? 'allowed' : 'denied'} by ${decidingLine(decision) ?? 'nothing'}`
            if (told !== expectedLine(file, question, version)) expect({ file, question, told }).toEqual(expectedLine(file, question, version))
            if (JSON.stringify(policy.explain(question).decision) !== JSON.stringify(decision)) expect(policy.explain(question).decision).toEqual(decision)
          }
        }
      }
    }
  })
})
