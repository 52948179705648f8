import type { ProbeQuestion } from '@shared/acl/probe'

/** Somebody who is to sign in. */
export interface PlannedLogin {
  /** Empty: anonymous. */
  readonly username: string
  readonly clientIds: readonly string[]
  /** Where its password comes from. */
  readonly password: 'none' | 'profile' | 'asked'
}

/** A topic that is to be published to, with how many messages. */
export interface PlannedTopic {
  readonly topic: string
  readonly messages: number
}

export interface ProbePlan {
  readonly logins: readonly PlannedLogin[]
  readonly topics: readonly PlannedTopic[]
  /** Client identifiers under which somebody may be connected. */
  readonly clientIds: readonly string[]
  /** Whether the user of the profile looks on, and publishes. */
  readonly needsObserver: boolean
}

/** What asking takes. `tellsRefusals`: the broker says itself what it does not take. */
export function planOf(questions: readonly ProbeQuestion[], profile: { readonly username: string; readonly hasPassword: boolean }, tellsRefusals: boolean): ProbePlan {
  const logins = new Map<string, Set<string>>()
  const topics = new Map<string, number>()
  for (const { username, clientId, access, topic } of questions) {
    const clientIds = logins.get(username) ?? new Set()
    if (clientId !== '') clientIds.add(clientId)
    logins.set(username, clientIds)
    // A read is tried with a message of who looks on, a write that nobody answers with two.
    topics.set(topic, (topics.get(topic) ?? 0) + (access === 'write' && !tellsRefusals ? 2 : 1))
  }
  return {
    logins: [...logins].map(([username, clientIds]) => ({
      username,
      clientIds: [...clientIds],
      password: username === '' ? 'none' : username === profile.username && profile.hasPassword ? 'profile' : 'asked',
    })),
    topics: [...topics].map(([topic, messages]) => ({ topic, messages })),
    clientIds: [...new Set([...logins.values()].flatMap((clientIds) => [...clientIds]))],
    needsObserver: !tellsRefusals || questions.some(({ access }) => access === 'read'),
  }
}
