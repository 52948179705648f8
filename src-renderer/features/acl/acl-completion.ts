import type { AclLore } from './acl-language'

/** Something that may stand at the cursor. */
export interface AclCompletion {
  readonly text: string
  readonly kind: 'keyword' | 'access' | 'user' | 'topic' | 'name'
  /** Whether another word follows it. */
  readonly more: boolean
}

export interface AclCompletions {
  /** Where in the line it goes, from 0; up to the cursor. */
  readonly start: number
  readonly items: readonly AclCompletion[]
}

type Source = Pick<AclLore, 'users' | 'topicsLike'>

const words = (kind: 'keyword' | 'access', texts: readonly string[]): readonly AclCompletion[] => texts.map((text) => ({ text, kind, more: true }))
const KEYWORDS = words('keyword', ['topic', 'user', 'pattern'])
const ACCESS = words('access', ['read', 'write', 'readwrite', 'deny'])
/** More of them would hide those that fit. */
const MOST_TOPICS = 20

/** What may stand behind `before`, a line up to the cursor. */
export async function completionsIn(before: string, source: Source): Promise<AclCompletions> {
  if (before.startsWith('#')) return { start: before.length, items: [] }
  const keyword = /^ *\S*$/.exec(before)
  if (keyword !== null) return { start: before.search(/\S*$/), items: KEYWORDS }
  const user = /^ *user +/.exec(before)
  if (user !== null) return { start: user[0].length, items: source.users().map((text) => ({ text, kind: 'user', more: false })) }
  const rule = /^ *(topic|pattern) +(?:(?:read|write|readwrite|deny) +)?/.exec(before)
  if (rule === null) return { start: before.length, items: [] }
  const start = rule[0].length
  const hasAccess = /(?:read|write|deny) +$/.test(rule[0])
  const topics = await source.topicsLike(before.slice(start))
  const names: AclCompletion[] = rule[1] === 'pattern' ? ['%c', '%u'].map((name) => ({ text: levelsBefore(before.slice(start)) + name, kind: 'name', more: false })) : []
  return {
    start,
    items: [...(hasAccess ? [] : ACCESS), ...names, ...topics.slice(0, MOST_TOPICS).map((text): AclCompletion => ({ text, kind: 'topic', more: false }))],
  }
}

const levelsBefore = (filter: string): string => filter.slice(0, filter.lastIndexOf('/') + 1)
