import { matchesFilter } from '@shared/mqtt/topic'
import { allowed, decidedBefore, deliveryOf, denied } from '../fixed-rules'
import type { PatternClient } from '../pattern'
import type { Access, AccessPolicy, Decision, Explanation, LineVerdict, OrderedRules, Question, TraceStep } from '../question'
import { coversFilter } from './covers-filter'
import type { DefaultType, DynsecFile, Entry, EntryType, Ranked } from './dynsec-file'

const DEFAULT_OF: Readonly<Record<Access, DefaultType>> = {
  read: 'publishClientReceive',
  write: 'publishClientSend',
  subscribe: 'subscribe',
  unsubscribe: 'unsubscribe',
}

/** Entries of a role that are about an access, in the order they are looked at. */
const TYPES_OF: Readonly<Record<Access, readonly EntryType[]>> = {
  read: ['publishClientReceive'],
  write: ['publishClientSend'],
  subscribe: ['subscribeLiteral', 'subscribePattern'],
  unsubscribe: ['unsubscribeLiteral', 'unsubscribePattern'],
}

/** Highest priority first; those of the same as they stand in the file. */
const ranked = <Item extends { readonly priority: number }>(items: readonly Item[]): readonly Item[] =>
  [...items].sort((one, other) => other.priority - one.priority)

/** Highest priority first; those of the same by their names. */
const namesByRank = (items: readonly Ranked[]): readonly string[] =>
  [...items].sort((one, other) => other.priority - one.priority || (one.name < other.name ? -1 : 1)).map(({ name }) => name)

/** A client's entries for one access, in the order in which the first that matches decides. */
type Entries = readonly { readonly entry: Entry; readonly matches: (topic: string, levels: readonly string[]) => boolean }[]

function matcherOf({ type, topic }: Entry): Entries[number]['matches'] {
  const levels = topic.split('/')
  switch (type) {
    case 'publishClientSend':
    case 'publishClientReceive': {
      const filter = levels
      return (_topic, topicLevels) => matchesFilter(filter, topicLevels)
    }
    case 'subscribeLiteral':
    case 'unsubscribeLiteral':
      return (asked) => asked === topic
    case 'subscribePattern':
    case 'unsubscribePattern':
      return (_asked, askedLevels) => coversFilter(levels, askedLevels)
  }
}

/**
 * The order in which Mosquitto's dynamic security plugin settles a question: the client's own roles, then those of its groups, each
 * by priority, and in a role its entries by priority; the first that matches decides, else the default.
 */
class DynsecPolicy implements AccessPolicy {
  readonly users: readonly string[]
  private readonly clients: ReadonlyMap<string, DynsecFile['clients'][number]>
  private readonly entries = new Map<string, Entries>()

  constructor(private readonly file: DynsecFile) {
    this.users = file.clients.map(({ username }) => username)
    this.clients = new Map(file.clients.map((client) => [client.username, client]))
  }

  decide(question: Question): Decision {
    const before = this.before(question)
    if (before !== null) return before
    const levels = question.topic.split('/')
    const found = this.entriesFor(question).find(({ matches }) => matches(question.topic, levels))
    return found === undefined ? this.byDefault(question) : byEntry(found.entry)
  }

  explain(question: Question): Explanation {
    const levels = question.topic.split('/')
    let decision = this.before(question)
    const steps = this.entriesFor(question).map(({ entry, matches }): TraceStep => {
      if (decision !== null) return { line: entry.line, entry, verdict: 'not-reached' }
      const verdict: LineVerdict = matches(question.topic, levels) ? 'decides' : 'no-match'
      if (verdict === 'decides') decision = byEntry(entry)
      return { line: entry.line, entry, verdict }
    })
    return { decision: decision ?? this.byDefault(question), steps }
  }

  ordered({ username, clientId }: PatternClient, access: 'read' | 'write'): OrderedRules {
    const ask = (topic: string): Question => ({ username, clientId, access, topic })
    const otherwise = (topic: string): Decision => this.before(ask(topic)) ?? this.byDefault(ask(topic))
    if (this.signInFault(ask('')) !== null) return { rules: [], otherwise }
    return { rules: this.entriesFor(ask('')).map(({ entry }) => ({ filter: entry.topic.split('/'), decision: byEntry(entry) })), otherwise }
  }

  private before(question: Question): Decision | null {
    const { access } = question
    const fault = this.signInFault(question)
    if (fault !== null) return fault
    return access === 'read' || access === 'write' ? decidedBefore(deliveryOf(question, access)) : null
  }

  private signInFault({ username, clientId }: Question): Decision | null {
    if (username !== null && username !== '') {
      const client = this.clients.get(username)
      if (client === undefined) return denied({ kind: 'cannot-sign-in', why: 'unknown-user' })
      if (client.isDisabled) return denied({ kind: 'cannot-sign-in', why: 'disabled' })
      if (client.clientId !== null && client.clientId !== clientId) return denied({ kind: 'cannot-sign-in', why: 'other-client-id' })
    }
    return null
  }

  private byDefault({ access, topic }: Question): Decision {
    const { allow, line } = this.file.defaults[DEFAULT_OF[access]]
    if (allow && topic.startsWith('$CONTROL')) return denied({ kind: 'control-topic' })
    const cause = { kind: 'default', ...(line === null ? {} : { line }) } as const
    return allow ? allowed(cause) : denied(cause)
  }

  private entriesFor({ username, access }: Question): Entries {
    const user = username === '' ? null : username
    const key = JSON.stringify([access, user])
    let entries = this.entries.get(key)
    if (entries === undefined) this.entries.set(key, (entries = this.collect(user, TYPES_OF[access])))
    return entries
  }

  private collect(user: string | null, types: readonly EntryType[]): Entries {
    return this.rolesOf(user).flatMap((name) => {
      const entries = this.file.roles.get(name) ?? []
      return types.flatMap((type) => ranked(entries.filter((entry) => entry.type === type)).map((entry) => ({ entry, matches: matcherOf(entry) })))
    })
  }

  /** The names of the roles that are looked at, in that order. */
  private rolesOf(user: string | null): readonly string[] {
    if (user === null) {
      return namesByRank(this.file.groups.find(({ name }) => name === this.file.anonymousGroup)?.roles ?? [])
    }
    const groups = this.file.groups.flatMap(({ roles, clients }) => {
      const member = clients.find(({ name }) => name === user)
      return member === undefined ? [] : [{ roles, priority: member.priority }]
    })
    return [...namesByRank(this.clients.get(user)?.roles ?? []), ...ranked(groups).flatMap(({ roles }) => namesByRank(roles))]
  }
}

function byEntry({ allow, line }: Entry): Decision {
  return allow ? allowed({ kind: 'line', line }) : denied({ kind: 'line', line })
}

/** Compiles a `dynamic-security.json` for many questions. */
export function compileDynsec(file: DynsecFile): AccessPolicy {
  return new DynsecPolicy(file)
}
