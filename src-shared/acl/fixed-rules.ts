import { compileFilter, matchesFilter, topicNameFault } from '@shared/mqtt/topic'
import type { PatternClient } from './pattern'
import type { Decision, DecisionCause, Question } from './question'

/** Bridges tell their state here. */
const BRIDGE_STATE = compileFilter('$SYS/broker/connection/+/state')

export const denied = (cause: DecisionCause): Decision => ({ allowed: false, cause })
export const allowed = (cause: DecisionCause): Decision => ({ allowed: true, cause })

/** A question about reading or writing, by a client whose empty user name counts as none. */
export interface Delivery extends PatternClient {
  readonly access: 'read' | 'write'
  readonly topic: string
  /** Whether anything can be published to it; no line matches what is not. */
  readonly isTopicName: boolean
}

export function deliveryOf({ username, clientId, topic }: Question, access: 'read' | 'write'): Delivery {
  return { username: username === '' ? null : username, clientId, access, topic, isTopicName: topicNameFault(topic) === null }
}

/** What Mosquitto decides before it looks at the lines, or null. Both are tests of the first bytes, not of levels. */
export function decidedBefore({ access, topic }: Delivery): Decision | null {
  if (topic.startsWith('$share')) return denied({ kind: 'share-topic' })
  if (access === 'write' && topic.startsWith('$SYS') && !matchesFilter(BRIDGE_STATE, topic.split('/'))) return denied({ kind: 'system-topic' })
  return null
}

/** What Mosquitto decides between a client's own lines and the patterns, if there are any: a wildcard could break out of one. */
export function decidedBeforePatterns({ username, clientId }: Delivery): Decision | null {
  if (username !== null && /[+#]/.test(username)) return denied({ kind: 'wildcard-in-name', name: 'user' })
  if (/[+#]/.test(clientId)) return denied({ kind: 'wildcard-in-name', name: 'client' })
  return null
}
