import { randomBytes } from 'node:crypto'
import { PROBE_PAYLOAD } from '@shared/acl/probe'
import type { Failure } from '@shared/connection/failure'
import type { QoS } from '@shared/mqtt/qos'
import type { ConnectionPlace } from '../connection/connection-machine'
import type { SubscribeResult } from '../connection/mqtt-session'
import { SessionFailure, ThrowawaySession, type Login } from '../connection/throwaway-session'
import { publishAll, type Answer } from '../publish/publish-all'
import type { RetainedMessage } from '../engine-api'
import { MessageCatch } from '../wire/message-catch'

const MOST_SUBSCRIPTIONS_AT_A_TIME = 50

/** What came of a topic: the payloads of probes, and whether there was a message of anybody else's. */
interface Seen {
  readonly probes: Set<string>
  retained: boolean
  other: boolean
}

/** An acknowledgement of a probe, or its refusal, and how long it took. */
export interface ProbeSent {
  readonly answer: Answer
  readonly elapsedMs: number
}

/** The session of one of the two could not be made, or was lost. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure'

  constructor(
    readonly who: ProbeRole,
    readonly failure: Failure,
  ) {
    super(failure.detail)
  }
}

/** Who is asked about, and who looks on. */
export type ProbeRole = 'client' | 'observer'

/** The payload of a new probe; no other is the same. */
export function newProbePayload(): string {
  return `${PROBE_PAYLOAD} ${randomBytes(12).toString('hex')}`
}

/** A throw-away session that tells which topics it had messages of. */
export class ProbeSession {
  readonly #role: ProbeRole
  readonly #session: ThrowawaySession
  readonly #signal: AbortSignal
  readonly #seen: Map<string, Seen>
  readonly #arrivals: Arrivals

  /** `login` null: the observer, as the user of the profile. @throws {ProbeFailure}, as all methods do, or what the signal was aborted with */
  static async open(place: ConnectionPlace, login: Login | null, signal: AbortSignal): Promise<ProbeSession> {
    const seen = new Map<string, Seen>()
    const arrivals = new Arrivals()
    const note = (retained: boolean) => ({ topic, payload }: RetainedMessage) => {
      const known = seen.get(topic)
      if (known === undefined) return
      const text = payload.byteLength > 100 ? '' : Buffer.from(payload).toString()
      if (text.startsWith(PROBE_PAYLOAD)) known.probes.add(text)
      else known.other = true
      known.retained ||= retained
      arrivals.tell()
    }
    const intake = new MessageCatch(note(true), note(false))
    const role = login === null ? 'observer' : 'client'
    return new ProbeSession(role, await as(role, ThrowawaySession.open(place, intake, signal, login)), signal, seen, arrivals)
  }

  private constructor(role: ProbeRole, session: ThrowawaySession, signal: AbortSignal, seen: Map<string, Seen>, arrivals: Arrivals) {
    this.#role = role
    this.#session = session
    this.#signal = signal
    this.#seen = seen
    this.#arrivals = arrivals
  }

  /** Whether the broker tells what it refuses to take [3.4.2.1]. */
  get tellsRefusals(): boolean {
    return this.#session.mqtt.version === '5.0' && this.qos > 0
  }

  /** Of its publishes: one that is acknowledged, if the broker takes that. */
  get qos(): QoS {
    return this.#session.mqtt.maximumQos === 0 ? 0 : 1
  }

  /** Asks for topics, and for nothing below them; with QoS 0, so that nothing waits in a queue for a free place. */
  async subscribe(topics: readonly string[]): Promise<Map<string, SubscribeResult>> {
    const results = new Map<string, SubscribeResult>()
    for (let at = 0; at < topics.length; at += MOST_SUBSCRIPTIONS_AT_A_TIME) {
      const some = topics.slice(at, at + MOST_SUBSCRIPTIONS_AT_A_TIME)
      for (const topic of some) this.#seen.set(topic, { probes: new Set(), retained: false, other: false })
      const answers = Promise.all(some.map((topic) => this.#session.mqtt.subscribe({ filter: topic, qos: 0 })))
      for (const [index, result] of (await this.#unlessEnded(answers)).entries()) results.set(some[index] ?? '', result)
    }
    return results
  }

  unsubscribe(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#seen.delete(topic)
      this.#session.mqtt.unsubscribe(topic)
    }
  }

  /** Publishes probes, never retained; what the broker answered to each topic. */
  async publish(probes: ReadonlyMap<string, string>): Promise<Map<string, ProbeSent>> {
    const { qos } = this
    const startedAtMs = new Map<string, number>()
    const sent = new Map<string, ProbeSent>()
    function* messages() {
      for (const [topic, payload] of probes) {
        startedAtMs.set(topic, performance.now())
        yield { topic, payload: Buffer.from(payload), qos, retain: false }
      }
    }
    const answered = (topic: string, answer: Answer): void => {
      sent.set(topic, { answer, elapsedMs: performance.now() - (startedAtMs.get(topic) ?? 0) })
    }
    await as(this.#role, publishAll(this.#session, messages(), answered, this.#signal))
    this.#signal.throwIfAborted()
    return sent
  }

  /**
   * Resolves when the broker has answered once more, so that what it had for this session before has come; how long that took, in ms.
   * `topic`: one that is subscribed to.
   */
  async roundTrip(topic: string): Promise<number> {
    const startedAtMs = performance.now()
    await this.#unlessEnded(this.#session.mqtt.subscribe({ filter: topic, qos: 0 }))
    return performance.now() - startedAtMs
  }

  /** Resolves as soon as `isDone`, looked at with each message that comes, or after the time. */
  async until(isDone: () => boolean, timeoutMs: number): Promise<void> {
    const endAtMs = performance.now() + timeoutMs
    while (!isDone() && performance.now() < endAtMs) {
      await this.#unlessEnded(this.#arrivals.next(endAtMs - performance.now()))
    }
  }

  /** Whether this very probe came. */
  sawProbe(topic: string, payload: string): boolean {
    return this.#seen.get(topic)?.probes.has(payload) === true
  }

  /** Whether a retained message came. */
  sawRetained(topic: string): boolean {
    return this.#seen.get(topic)?.retained === true
  }

  /** Whether anything came. */
  sawAny(topic: string): boolean {
    const seen = this.#seen.get(topic)
    return seen !== undefined && (seen.other || seen.probes.size > 0)
  }

  close(): Promise<void> {
    return this.#session.close()
  }

  #unlessEnded<Value>(work: Promise<Value>): Promise<Value> {
    return as(this.#role, this.#session.unless(work, this.#signal))
  }
}

/** Says whose session it was that failed. */
async function as<Value>(role: ProbeRole, work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw error instanceof SessionFailure ? new ProbeFailure(role, error.failure) : error
  }
}

/** That a message came. */
class Arrivals {
  #wake: () => void = () => undefined

  tell(): void {
    this.#wake()
  }

  /** The next one, or the end of the time. */
  next(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
