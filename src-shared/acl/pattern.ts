import type { BrokerVersion } from './question'

/** Who asks, as patterns see them; `username` null: anonymous. */
export interface PatternClient {
  readonly username: string | null
  readonly clientId: string
}

/** Whether a pattern is about the user, and so not about anonymous clients. */
export const namesUser = (pattern: string): boolean => pattern.includes('%u')

/**
 * The levels of a pattern, or of one of its levels, for a client. Mosquitto 2.0 puts names in wherever they are asked for, from left to
 * right, and a `/` in one makes more levels; 2.1 only where the level is nothing else, and a name with a `/` is then like no level.
 */
export function expandPattern(pattern: string, { username, clientId }: PatternClient, version: BrokerVersion): readonly string[] {
  const valueOf = (name: string): string => (name === '%c' ? clientId : (username ?? name))
  if (version === '2.0') return pattern.replaceAll(/%[cu]/g, valueOf).split('/')
  return pattern.split('/').map((level) => (isWholeName(level) ? valueOf(level) : level))
}

/** Whether a level of a pattern stands for something else with each client. */
export function isTemplate(level: string, version: BrokerVersion): boolean {
  return version === '2.0' ? level.includes('%c') || namesUser(level) : isWholeName(level)
}

const isWholeName = (level: string): boolean => level === '%c' || level === '%u'
