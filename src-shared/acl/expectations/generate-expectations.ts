import { topicNameFault } from '@shared/mqtt/topic'
import type { AccessPolicy } from '../question'
import { MAX_EXPECTATIONS, type Expectation } from './expectation'

const ACCESSES = ['read', 'write'] as const

export interface GeneratedExpectations {
  readonly cases: readonly Expectation[]
  /** How many more there would be without the limit. */
  readonly left: number
}

/**
 * Writes down what a policy decides at present, as a net for later changes: each user × topic × read and write, user by user and
 * topics in the order of their letters, so that the same policy gives the same cases. What is no topic name is left out.
 */
export function generateExpectations(
  policy: AccessPolicy,
  users: readonly (string | null)[],
  topics: readonly string[],
  most: number = MAX_EXPECTATIONS,
): GeneratedExpectations {
  const names = [...new Set(topics)].filter((topic) => topicNameFault(topic) === null).sort()
  const askers = [...new Set(users)]
  const cases: Expectation[] = []
  for (const user of askers) {
    for (const topic of names) {
      for (const access of ACCESSES) {
        if (cases.length >= most) return { cases, left: askers.length * names.length * ACCESSES.length - cases.length }
        const { allowed } = policy.decide({ username: user, clientId: '', access, topic })
        cases.push({ user, client: '', access, topic, expect: allowed ? 'allowed' : 'denied' })
      }
    }
  }
  return { cases, left: 0 }
}
