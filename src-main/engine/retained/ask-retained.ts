import type { AskEnd } from '@shared/retained/retained'
import type { QoS } from '@shared/mqtt/qos'
import { MessageCatch } from '../wire/message-catch'
import { Quiet } from './quiet'
import type { RetainedList } from './retained-list'
import { SessionFailure, ThrowawaySession } from '../connection/throwaway-session'
import type { ConnectionPlace } from '../connection/connection-machine'

/** How long a question takes at the most. */
const MOST_MS = 30_000
/** How many topics are asked for their QoS at a time: fewer than any broker queues for a client. */
export const TOPICS_AT_A_TIME = 50

/** A filter that the broker does not let us subscribe to. */
export interface Refusal {
  readonly filter: string
  readonly reasonCode: number
}

export interface AskResult {
  readonly refusals: readonly Refusal[]
  readonly end: AskEnd
}

/**
 * Fills a list with the retained messages that filters match, asked of the broker over a connection of its own.
 *
 * First with QoS 0, then with QoS 2. Only a subscription of QoS 2 tells the QoS that a message was published with, but
 * brokers drop what is more than their queue for a client holds (Mosquitto: 1,000 messages, without Receive Maximum),
 * and of QoS 0 they queue nothing. Messages that the second round does not bring are asked for a few at a time. The list
 * is whole without all that: what goes wrong there leaves a QoS unknown.
 * @throws {SessionFailure}
 */
export async function askRetained(place: ConnectionPlace, filters: readonly string[], list: RetainedList, signal: AbortSignal): Promise<AskResult> {
  const either = new AbortController()
  const end = (): void => either.abort()
  const timeout = AbortSignal.timeout(MOST_MS)
  for (const one of [signal, timeout]) one.addEventListener('abort', end)
  const asking = new Asking(list)
  let refusals: readonly Refusal[] = []
  let isWhole = false
  const cut = (): AskEnd | null => (list.isFull ? 'messages' : signal.aborted ? 'cancelled' : timeout.aborted ? 'time' : null)
  try {
    const session = await ThrowawaySession.open(place, asking.intake, either.signal)
    try {
      refusals = await asking.askAll(session, filters, 0, either.signal)
      const granted = filters.filter((filter) => !refusals.some((refusal) => refusal.filter === filter))
      isWhole = !either.signal.aborted && !list.isFull
      if (list.count > 0 && !list.isFull) await asking.learnQos(session, granted, either.signal)
    } finally {
      await session.close()
    }
  } catch (error) {
    if (error instanceof SessionFailure ? !isWhole : cut() === null) throw error
  } finally {
    signal.removeEventListener('abort', end)
  }
  return { refusals, end: isWhole ? 'quiet' : (cut() ?? 'quiet') }
}

/** One question, and what comes in answer. */
class Asking {
  readonly intake: MessageCatch
  /** Topics whose QoS is not known yet. */
  readonly #unsure = new Set<string>()
  /** The topics that are asked for one by one; empty while all are. */
  #awaited: readonly string[] = []
  #learns = false
  readonly #quiet = new Quiet(() => this.#isDone())

  constructor(private readonly list: RetainedList) {
    this.intake = new MessageCatch((message) => {
      this.list.add(this.#learns ? message : { ...message, qos: null })
      if (this.#learns) this.#unsure.delete(message.topic)
      // A list that is full takes no more, however much comes.
      else if (this.list.find(message.topic) !== undefined) this.#unsure.add(message.topic)
      this.#quiet.heard()
    })
  }

  /** Subscribes and waits until no more comes. */
  async askAll(session: ThrowawaySession, filters: readonly string[], qos: QoS, signal: AbortSignal): Promise<Refusal[]> {
    const askedAtMs = performance.now()
    const answers = Promise.all(filters.map(async (filter) => ({ filter, result: await session.mqtt.subscribe({ filter, qos }) })))
    const refusals = (await session.unless(answers, signal)).flatMap(({ filter, result }) =>
      result.kind === 'refused' ? [{ filter, reasonCode: result.reasonCode }] : [],
    )
    if (refusals.length < filters.length) await session.unless(this.#quiet.come(performance.now() - askedAtMs, signal), signal)
    return refusals
  }

  async learnQos(session: ThrowawaySession, filters: readonly string[], signal: AbortSignal): Promise<void> {
    this.#learns = true
    await this.askAll(session, filters, 2, signal)
    const left = [...this.#unsure]
    for (let at = 0; at < left.length && !this.list.isFull; at += TOPICS_AT_A_TIME) {
      const topics = left.slice(at, at + TOPICS_AT_A_TIME).filter((topic) => this.#unsure.has(topic))
      if (topics.length === 0) continue
      this.#awaited = topics
      await this.askAll(session, topics, 2, signal)
      for (const topic of topics) session.mqtt.unsubscribe(topic)
    }
  }

  #isDone(): boolean {
    if (this.list.isFull) return true
    if (!this.#learns) return false
    return this.#awaited.length === 0 ? this.#unsure.size === 0 : this.#awaited.every((topic) => !this.#unsure.has(topic))
  }
}
