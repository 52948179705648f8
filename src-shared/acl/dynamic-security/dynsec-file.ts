import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { nestsDeeperThan } from '@shared/transfer/json-depth'
import type { Span } from '../acl-file'
import { JsonPlace } from './json-place'

/** The kinds of entries in a role. A `Literal` is about a filter as it is written, a `Pattern` about all it covers. */
export const ENTRY_TYPES = [
  'publishClientSend',
  'publishClientReceive',
  'subscribeLiteral',
  'subscribePattern',
  'unsubscribeLiteral',
  'unsubscribePattern',
] as const
export type EntryType = (typeof ENTRY_TYPES)[number]

/** The four things for which the file says what holds where no entry is about it. */
export const DEFAULT_TYPES = ['publishClientSend', 'publishClientReceive', 'subscribe', 'unsubscribe'] as const
export type DefaultType = (typeof DEFAULT_TYPES)[number]

export interface Entry {
  /** Whose it is. */
  readonly role: string
  readonly type: EntryType
  readonly topic: string
  readonly allow: boolean
  readonly priority: number
  /** Where its topic stands, from 1. */
  readonly line: number
  readonly span: Span
}

/** A name that is referred to, and how early it is looked at among its like: the highest first. */
export interface Ranked {
  readonly name: string
  readonly priority: number
}

export interface DynsecClient {
  readonly username: string
  /** The only client identifier it may sign in with; null: any. */
  readonly clientId: string | null
  readonly isDisabled: boolean
  readonly roles: readonly Ranked[]
}

export interface DynsecGroup {
  readonly name: string
  readonly roles: readonly Ranked[]
  readonly clients: readonly Ranked[]
}

/** What a `dynamic-security.json` says of access; passwords are not looked at. */
export interface DynsecFile {
  readonly clients: readonly DynsecClient[]
  readonly groups: readonly DynsecGroup[]
  readonly roles: ReadonlyMap<string, readonly Entry[]>
  readonly anonymousGroup: string | null
  readonly defaults: Readonly<Record<DefaultType, { readonly allow: boolean; readonly line: number | null }>>
  /** Why the plugin cannot read it, and where; null: it can. */
  readonly fault: DynsecFault | null
  /** The text as a tree; empty where the plugin cannot read it. */
  readonly root: JsonPlace
}

/** Why the plugin cannot read a file: the broker starts nevertheless, and lets nobody in; of `name-no-string` Mosquitto 2.0.11 crashes. */
export type DynsecFault =
  | { readonly kind: 'syntax'; readonly line: number; readonly span: Span; readonly reason: string }
  | { readonly kind: 'too-deep'; readonly line: number }
  | { readonly kind: 'name-no-string'; readonly line: number; readonly span: Span }

/** Far more than the plugin writes. */
const MAX_DEPTH = 50

const PARTS = ['clients', 'groups', 'roles', 'anonymousGroup', 'defaultACLAccess']

/** Whether a file can be read and has a part that the plugin knows. */
export const saysAnything = ({ fault, root }: DynsecFile): boolean => fault === null && PARTS.some((part) => root.member(part).line !== null)

/** Whether a text is JSON rather than an `acl_file`, in which no line can begin so. */
export const looksLikeDynsec = (text: string): boolean => /^\s*[{[]/.test(text)

/** cJSON, with which the plugin reads, minds neither what comes behind the end nor control characters in strings. */
function faultOf(text: string, errors: readonly ParseError[], end: number): DynsecFault | null {
  const first = errors.find(({ error, offset }) => offset < end && printParseErrorCode(error) !== 'InvalidCharacter')
  if (first === undefined) return null
  const start = first.offset - (text.lastIndexOf('\n', first.offset - 1) + 1)
  const [rest = ''] = text.slice(first.offset, first.offset + first.length).split('\n', 1)
  const line = text.slice(0, first.offset).split('\n').length
  return { kind: 'syntax', line, span: { start, end: start + rest.length }, reason: printParseErrorCode(first.error) }
}

/** Reads a `dynamic-security.json` as the plugin of Mosquitto 2.0 does: what it does not know, or what has no name, it passes over. */
export function parseDynsec(text: string): DynsecFile {
  if (nestsDeeperThan(text, MAX_DEPTH)) return readFile(new JsonPlace(text, undefined), { kind: 'too-deep', line: 1 })
  const errors: ParseError[] = []
  const tree = parseTree(text.replace(/^\ufeff/, ' '), errors, { disallowComments: true })
  const isClosed = tree !== undefined && text.charAt(tree.offset + tree.length - 1) === (tree.type === 'object' ? '}' : ']')
  const root = new JsonPlace(text, tree)
  const fault = faultOf(text, errors, isClosed ? tree.offset + tree.length : Infinity) ?? roleFault(root)
  return readFile(fault === null ? root : new JsonPlace(text, undefined), fault)
}

function roleFault(root: JsonPlace): DynsecFault | null {
  const name = root.member('roles').items().map((role) => role.member('rolename')).find((place) => place.isOther('string'))
  return name === undefined ? null : { kind: 'name-no-string', line: name.line ?? 1, span: name.span }
}

function readFile(root: JsonPlace, fault: DynsecFault | null): DynsecFile {
  const defaults = root.member('defaultACLAccess')
  const defaultOf = (type: DefaultType) => {
    const place = defaults.member(type)
    return { allow: place.boolean() ?? false, line: place.line }
  }
  const roles = new Map<string, readonly Entry[]>()
  for (const role of root.member('roles').items()) {
    const name = role.member('rolename').string()
    if (name !== null && !roles.has(name)) roles.set(name, inEffect(entriesOf(role, name)))
  }
  return {
    clients: firstOfEach(root.member('clients').items().flatMap(readClient), ({ username }) => username),
    groups: firstOfEach(root.member('groups').items().flatMap(readGroup), ({ name }) => name),
    roles,
    anonymousGroup: root.member('anonymousGroup').string(),
    defaults: {
      publishClientSend: defaultOf('publishClientSend'),
      publishClientReceive: defaultOf('publishClientReceive'),
      subscribe: defaultOf('subscribe'),
      unsubscribe: defaultOf('unsubscribe'),
    },
    fault,
    root,
  }
}

/** What the plugin takes for entries of a role, as they stand. */
export function entriesOf(place: JsonPlace, role: string): readonly Entry[] {
  return place.member('acls').items().flatMap((entry): Entry[] => {
    const type = ENTRY_TYPES.find((known) => known === entry.member('acltype').string())
    const { line, span } = entry.member('topic')
    const topic = entry.member('topic').string()
    if (type === undefined || topic === null) return []
    const allow = entry.member('allow').boolean() ?? false
    return [{ role, type, topic, allow, priority: entry.member('priority').number() ?? 0, line: line ?? 1, span }]
  })
}

function inEffect(entries: readonly Entry[]): readonly Entry[] {
  // Literals are looked up by their topic, where the last of several hides the others; the rest are gone through.
  const literals = new Map(entries.filter(isLiteral).map((entry) => [`${entry.type} ${entry.topic}`, entry]))
  return [...literals.values(), ...entries.filter((entry) => !isLiteral(entry))]
}

/** Whether an entry is about a filter as it is written. */
export const isLiteral = ({ type }: Entry): boolean => type === 'subscribeLiteral' || type === 'unsubscribeLiteral'

function readClient(client: JsonPlace): DynsecClient[] {
  const username = client.member('username').string()
  if (username === null) return []
  return [
    {
      username,
      clientId: client.member('clientid').string(),
      isDisabled: client.member('disabled').boolean() ?? false,
      roles: readRanked(client.member('roles'), 'rolename'),
    },
  ]
}

function readGroup(group: JsonPlace): DynsecGroup[] {
  const name = group.member('groupname').string()
  if (name === null) return []
  return [{ name, roles: readRanked(group.member('roles'), 'rolename'), clients: readRanked(group.member('clients'), 'username') }]
}

function readRanked(list: JsonPlace, key: 'rolename' | 'username'): readonly Ranked[] {
  const ranked = list.items().flatMap((item): Ranked[] => {
    const name = item.member(key).string()
    return name === null ? [] : [{ name, priority: item.member('priority').number() ?? -1 }]
  })
  return firstOfEach(ranked, ({ name }) => name)
}

function firstOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item)
    return !seen.has(key) && seen.add(key)
  })
}
