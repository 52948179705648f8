import { expandPattern } from '@shared/acl/pattern'
import { parseAclFile } from '@shared/acl/acl-file'

/** The same numbers for the same seed, from 0 to below 1. */
export type Random = () => number

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface AclAsker {
  readonly clientId: string
  readonly username: string | null
}

const USERS = ['alice', 'bob', '__proto__', 'constructor', '$&', '$1', '%u', '%c', 'a/b', 'a', '+', 'x+', '#', 'b ob', 'bob # c', 'Zoë', '$SYS', '$x', 'a/', '/', 'deny', 'topic', '😀']
const CLIENT_IDS = ['c1', 'a', 'b', 'a/b', '+', 'c#', '$SYS', '$x', '%u', '%c', '$&', "$'", '__proto__', 'toString', 'Zoë', '/', 'p', 'b/', '\u{1f600}', 'x y']
const PLAIN_LEVELS = ['a', 'b', 'c', '', 'x y', 'deny', 'read', 'é', '__proto__', '$x', '%', '%d', '😀']
const NAMED_LEVELS = ['%c', '%u', 'p-%c', '%c-%u', '%u%c', '%%c', '%cs', '%c%c', '%u-', 'a%u', '%%u', '%c%u%c', '%C']
const ROOTS = ['$SYS', '$SYSTEM', '$share', '$shared', '$x', '$', '$sys', '$SYS2']
const FIXED_TOPICS = ['$SYS/broker/connection/a/state', '$SYS/broker/connection//state', '$SYS/broker/connection/a/b/state', '$SYS/broker/version', '$SYS', '$SYSTEM/a', '$share/a/b', '$shared/a', '$x', '/', '//', 'a', 'a/', '/a']
const GRANTS = ['', '', 'read ', 'write ', 'readwrite ', 'deny ', 'deny ', 'deny ']
const SPACES = [' ', ' ', ' ', '  ', '   ']
const ENDS = ['', '', '', ' ', '\t', '\r', ' \v\f ', '\r\r', '   ']

export class AclGenerator {
  constructor(private readonly random: Random) {}

  /** A file that a broker takes. */
  file(): string {
    const lines = Array.from({ length: this.count(1, 22) }, () => this.line())
    return lines.join('\n') + this.one(['\n', '\n', '', '\n\n'])
  }

  /** Clients for one broker: no client id twice. */
  askers(file: string): readonly AclAsker[] {
    const named = parseAclFile(file).lines.flatMap(({ statement }) => (statement.kind === 'user' ? [statement.name] : []))
    const ids = [...CLIENT_IDS].sort(() => this.random() - 0.5)
    return ids.slice(0, 7).map((clientId) => ({
      clientId,
      username: this.random() < 0.15 ? this.one([null, '']) : this.random() < 0.6 && named.length > 0 ? this.one(named) : this.one(USERS),
    }))
  }

  /** Topics about which the file has something to say, or nearly. */
  topics(file: string, askers: readonly AclAsker[], count: number): readonly string[] {
    const { rules } = parseAclFile(file)
    const topics = new Set<string>()
    for (let tries = 0; topics.size < count && tries < count * 20; tries += 1) {
      const rule = this.random() < 0.8 && rules.length > 0 ? this.one(rules) : null
      const filter = rule === null ? this.filter().split('/') : rule.kind === 'pattern' ? expandPattern(rule.filter, this.one(askers), '2.0') : rule.filter.split('/')
      const topic = this.random() < 0.1 ? this.one(FIXED_TOPICS) : this.changed(this.filled(filter)).join('/')
      if (topic !== '' && !/[+#\0]/.test(topic) && !topic.startsWith('$CONTROL')) topics.add(topic)
    }
    return [...topics]
  }

  private line(): string {
    const end = this.one(ENDS)
    const lead = this.random() < 0.1 ? this.one(SPACES) : ''
    switch (this.count(1, 14)) {
      case 1:
        return `#${this.one(['', ' comment', 'topic a'])}`
      case 2:
        return this.one(['', ' ', '\r', '  \t'])
      case 3:
      case 4:
      case 5:
        return `${lead}user${this.one(SPACES)}${this.one(USERS)}${end}`
      case 6:
      case 7:
      case 8:
      case 9:
        return `${lead}pattern${this.one(SPACES)}${this.grantAndFilter()}${end}`
      default:
        return `${lead}topic${this.one(SPACES)}${this.grantAndFilter()}${end}`
    }
  }

  /** One word alone is the filter: one with a space in it needs another before it. */
  private grantAndFilter(): string {
    const grant = this.one(GRANTS)
    const filter = this.filter()
    if (grant === '') return filter.replaceAll(' ', '_')
    return grant + (this.random() < 0.2 ? this.one(['  ', '\t', ' \t ']) : '') + filter
  }

  private filter(): string {
    if (this.random() < 0.05) return this.one(['deny', 'read', '#', '+', '/', '//', '+/+', '%u/#', '%c/#', '$SYS/#', '$SYS/broker/connection/+/state', '+/#', '/#', '/+'])
    const levels = Array.from({ length: this.count(1, 4) }, () => this.level())
    if (this.random() < 0.12) levels.unshift(this.one(ROOTS))
    if (this.random() < 0.2) levels.push('#')
    return levels.join('/') || 'a'
  }

  private level(): string {
    const kind = this.random()
    return kind < 0.2 ? '+' : kind < 0.5 ? this.one(NAMED_LEVELS) : this.one(PLAIN_LEVELS)
  }

  private filled(levels: readonly string[]): readonly string[] {
    return levels.flatMap((level) => {
      if (level === '+') return [this.one(PLAIN_LEVELS)]
      if (level === '#') return Array.from({ length: this.count(0, 2) }, () => this.one(PLAIN_LEVELS))
      return [level]
    })
  }

  private changed(levels: readonly string[]): readonly string[] {
    switch (this.count(1, 8)) {
      case 1:
        return [...levels, this.one(PLAIN_LEVELS)]
      case 2:
        return levels.slice(0, -1)
      case 3:
        return levels.map((level) => (this.random() < 0.3 ? this.one(PLAIN_LEVELS) : level))
      default:
        return levels
    }
  }

  private one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.random() * items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }

  /** From `least` to `most`. */
  private count(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1))
  }
}
