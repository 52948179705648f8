import { DEFAULT_SUBSCRIPTION_OPTIONS } from '@shared/profile/subscription'
import type { RetainedMessage } from '../engine-api'
import { TOPICS_AT_A_TIME } from './ask-retained'
import { Quiet } from './quiet'
import { MessageCatch } from '../wire/message-catch'
import { isSamePayload } from './retained-message'
import type { ThrowawaySession } from '../connection/throwaway-session'

/** How long the broker may take to say what it has; what it did not say by then is taken for unchanged. */
const MOST_MS = 30_000
/** Set on live messages as they were published: so that of them, too, the flag tells which are retained [MQTT-3.3.1-13]. */
const AS_PUBLISHED = { ...DEFAULT_SUBSCRIPTION_OPTIONS, retainAsPublished: true }

/**
 * Watches retained messages for change since they were listed: what the broker says it has, then what is published live. Before
 * 5.0 nothing tells whether the broker keeps a live message [MQTT-3.3.1-9]: where one came, the broker is asked once more.
 */
export class ChangeWatch {
  readonly intake: MessageCatch
  readonly #listed: ReadonlyMap<string, RetainedMessage>
  readonly #seen = new Set<string>()
  readonly #changed = new Set<string>()
  readonly #doubtful = new Set<string>()
  readonly #quiet: Quiet
  #sought: ReadonlySet<string>
  #doubts = true

  constructor(messages: readonly RetainedMessage[]) {
    this.#listed = new Map(messages.map((message) => [message.topic, message]))
    this.#sought = new Set(this.#listed.keys())
    this.#quiet = new Quiet(() => this.#seen.size >= this.#sought.size)
    this.intake = new MessageCatch(
      (message) => this.#saw(message),
      (message) => this.#doubt(message),
    )
  }

  /** Whether the broker has another message now. */
  hasChanged(topic: string): boolean {
    return this.#changed.has(topic)
  }

  /** Whether it may have, as far as is known. */
  isDoubtful(topic: string): boolean {
    return this.#doubtful.has(topic)
  }

  /** Asks for all messages that the filters match, and goes on watching. @throws {SessionFailure} */
  async begin(session: ThrowawaySession, filters: readonly string[], signal: AbortSignal): Promise<void> {
    this.#doubts = session.mqtt.version !== '5.0'
    await this.#ask(session, this.#listed.size <= TOPICS_AT_A_TIME ? [...this.#listed.keys()] : filters, signal)
  }

  /** Asks once more for what is doubtful, after which nothing is. @throws {SessionFailure} */
  async settleDoubts(session: ThrowawaySession, signal: AbortSignal): Promise<void> {
    this.#doubts = false
    const topics = [...this.#doubtful]
    for (let at = 0; at < topics.length; at += TOPICS_AT_A_TIME) {
      const some = topics.slice(at, at + TOPICS_AT_A_TIME)
      this.#seen.clear()
      this.#sought = new Set(some)
      await this.#ask(session, some, signal)
    }
    this.#doubtful.clear()
  }

  async #ask(session: ThrowawaySession, filters: readonly string[], signal: AbortSignal): Promise<void> {
    const askedAtMs = performance.now()
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), MOST_MS)
    try {
      await session.unless(Promise.all(filters.map((filter) => session.mqtt.subscribe({ filter, qos: 0, options: AS_PUBLISHED }))), signal)
      await session.unless(this.#quiet.come(performance.now() - askedAtMs, timeout.signal), signal)
    } finally {
      clearTimeout(timer)
    }
  }

  #saw(message: RetainedMessage): void {
    const { topic } = message
    const listed = this.#listed.get(topic)
    if (listed === undefined) return
    // An empty one is a deletion: by another, or by us.
    if (message.payloadBytes === 0 || isSamePayload(listed, message)) this.#changed.delete(topic)
    else this.#changed.add(topic)
    if (this.#sought.has(topic)) this.#seen.add(topic)
    this.#quiet.heard()
  }

  #doubt(message: RetainedMessage): void {
    const listed = this.#listed.get(message.topic)
    if (this.#doubts && listed !== undefined && message.payloadBytes > 0 && !isSamePayload(listed, message)) this.#doubtful.add(message.topic)
  }
}
