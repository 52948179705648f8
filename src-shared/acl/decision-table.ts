import { topicNameFault } from '@shared/mqtt/topic'
import type { PatternClient } from './pattern'
import type { AccessPolicy, Question } from './question'

/** What a client may do with a topic: a sum of {@link READ} and {@link WRITE}. */
export type Rights = number
export const READ = 1
export const WRITE = 2

const KNOWN = 4

/** What a client may do with a topic; nothing with one that cannot be a topic's name. */
export function rightsOf(policy: AccessPolicy, client: PatternClient, topic: string): Rights {
  if (topicNameFault(topic) !== null) return 0
  const may = (access: Question['access']): boolean => policy.decide({ ...client, access, topic }).allowed
  return (may('read') ? READ : 0) + (may('write') ? WRITE : 0)
}

/** Clients × topics; a cell is decided when somebody looks at it, and then remembered. */
export class DecisionTable {
  readonly #cells: Uint8Array

  constructor(
    readonly policy: AccessPolicy,
    readonly clients: readonly PatternClient[],
    readonly topics: readonly string[],
  ) {
    this.#cells = new Uint8Array(clients.length * topics.length)
  }

  /** `topic` and `client` are their places in the lists; nothing may be done outside of them. */
  at(topic: number, client: number): Rights {
    const cell = topic * this.clients.length + client
    const known = this.#cells[cell] ?? KNOWN
    if (known !== 0) return known - KNOWN
    const rights = this.#decide(topic, client)
    this.#cells[cell] = rights + KNOWN
    return rights
  }

  #decide(topicPlace: number, clientPlace: number): Rights {
    const topic = this.topics[topicPlace]
    const client = this.clients[clientPlace]
    return topic === undefined || client === undefined ? 0 : rightsOf(this.policy, client, topic)
  }
}
