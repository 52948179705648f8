import type { BrokerVersion } from './question'

/** Who asks, as patterns see them; `username` null: anonymous. */
export interface PatternClient {
  readonly username: string | null
  readonly clientId: string
}

export const PATTERN_NAMES = ['%c', '%u'] as const

/** What `%c` and `%u` stand for; null: nothing that equals anything in a topic. */
export type PatternNames = Readonly<Record<(typeof PATTERN_NAMES)[number], string | null>>

/** Of lines in which `%c` and `%u` stand for themselves. */
export const NO_NAMES: PatternNames = { '%c': null, '%u': null }

/** Whether a pattern is about the user, and so not about anonymous clients. */
export const namesUser = (pattern: string): boolean => pattern.includes('%u')

export const isPatternName = (text: string): text is (typeof PATTERN_NAMES)[number] => text === '%c' || text === '%u'

/** What the names in a pattern stand for. With 2.1 they are one level of a topic each, or none. */
export function namesOf({ username, clientId }: PatternClient, version: BrokerVersion): PatternNames {
  if (version === '2.0') return { '%c': clientId, '%u': username }
  const levelOf = (name: string | null): string | null => (name === null || name === '' || name.includes('/') ? null : name)
  return { '%c': levelOf(clientId), '%u': levelOf(username) }
}

/** A level of a pattern as text, name, text, name … text, where the texts may be empty; 2.1 knows names only where they are all of a level. */
export function splitAtNames(level: string, version: BrokerVersion): readonly string[] {
  if (version === '2.0') return level.split(/(%[cu])/)
  return isPatternName(level) ? ['', level, ''] : [level]
}

const LIKE_NO_LEVEL = '/'

/**
 * The levels of a pattern for a client. Mosquitto 2.0 puts names in wherever they are asked for, from left to
 * right, and a `/` in one makes more levels; 2.1 only where the level is nothing else, and an empty name or one with a `/` is then like no level.
 */
export function expandPattern(pattern: string, { username, clientId }: PatternClient, version: BrokerVersion): readonly string[] {
  const valueOf = (name: string): string => (name === '%c' ? clientId : (username ?? name))
  if (version === '2.0') return pattern.replaceAll(/%[cu]/g, valueOf).split('/')
  return pattern.split('/').map((level) => (isPatternName(level) ? valueOf(level) || LIKE_NO_LEVEL : level))
}
