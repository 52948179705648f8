import type { ProbeAnswer, ProbeDoubt, ProbeOrder, ProbePiece } from '@shared/acl/probe'
import type { ConnectionPlace } from '../connection/connection-machine'
import { probeReads, probeWrites, probeWritesSeen, type Answers } from './probe-client'
import { ProbeObserver } from './probe-observer'
import { planJobs, type Asked, type ClientJob } from './probe-plan'
import { ProbeFailure, ProbeSession } from './probe-session'

/** Clients that are signed in at a time, beside the observer. */
const MOST_CLIENTS = 3
/** Topics that are tried out at a time. */
const TOPICS_AT_A_TIME = 50
/** How long these may take. */
const MOST_MS = 15_000

/** The broker was too slow. */
class ProbeTimeout extends Error {}

/** Puts questions to a broker, over sessions of their own; one that fails does not end the rest. */
export class ProbeRun {
  readonly #abort = new AbortController()
  readonly #observer: ProbeObserver
  #answers: ProbePiece['answers'] = []
  #isOver = false
  #wake: () => void = () => undefined

  constructor(
    private readonly place: ConnectionPlace,
    order: ProbeOrder,
  ) {
    this.#observer = new ProbeObserver(place, this.#abort.signal)
    void this.#run(order)
  }

  /** The answers that are new, as soon as there are any. */
  async next(): Promise<ProbePiece> {
    while (this.#answers.length === 0 && !this.#isOver) await new Promise<void>((resolve) => (this.#wake = resolve))
    const answers = this.#answers
    this.#answers = []
    return { answers, isLast: this.#isOver }
  }

  cancel(): void {
    this.#abort.abort()
  }

  async #run(order: ProbeOrder): Promise<void> {
    const { queues, left } = planJobs(order, this.place.config)
    for (const { index, why } of left) this.#answers.push({ index, answer: { kind: 'unknown', why } })
    const waiting = [...queues]
    const worker = async (): Promise<void> => {
      for (let queue = waiting.shift(); queue !== undefined; queue = waiting.shift()) {
        for (const job of queue) await this.#ask(job)
      }
    }
    await Promise.all(Array.from({ length: MOST_CLIENTS }, worker))
    await this.#observer.close()
    this.#isOver = true
    this.#wake()
  }

  /** Settles all questions of a client, whatever happens. */
  async #ask({ login, asked }: ClientJob): Promise<void> {
    const open = new Set(asked)
    let session: ProbeSession | null = null
    try {
      const client = await this.#inTime(ProbeSession.open(this.place, login, this.#abort.signal))
      session = client
      for (const access of ['write', 'read'] as const) {
        const some = asked.filter(({ question }) => question.access === access)
        for (let at = 0; at < some.length; at += TOPICS_AT_A_TIME) {
          const now = some.slice(at, at + TOPICS_AT_A_TIME)
          const answers = await this.#try(client, access, now)
          for (const one of now) {
            open.delete(one)
            this.#settle(one, answers.get(one.question.topic) ?? { kind: 'unknown', why: { kind: 'time' } })
          }
        }
      }
    } catch (error) {
      const why = this.#doubtOf(error)
      for (const one of open) this.#settle(one, { kind: 'unknown', why })
    } finally {
      await session?.close()
    }
  }

  /** An observer that fails leaves these questions open, but not those to come. */
  async #try(client: ProbeSession, access: 'read' | 'write', asked: readonly Asked[]): Promise<Answers> {
    const topics = asked.map(({ question }) => question.topic)
    if (access === 'write' && client.tellsRefusals) return this.#inTime(probeWrites(client, topics))
    const probe = access === 'write' ? probeWritesSeen : probeReads
    try {
      return await this.#observer.use((observer) => this.#inTime(probe(client, observer, topics)))
    } catch (error) {
      if (!(error instanceof ProbeFailure) || error.who === 'client') throw error
      return new Map(topics.map((topic) => [topic, { kind: 'unknown', why: { kind: 'observer-lost', failure: error.failure } }]))
    }
  }

  #doubtOf(error: unknown): ProbeDoubt {
    if (this.#abort.signal.aborted) return { kind: 'cancelled' }
    if (error instanceof ProbeTimeout) return { kind: 'time' }
    if (error instanceof ProbeFailure) return { kind: 'not-signed-in', failure: error.failure }
    throw error
  }

  #settle({ indexes }: Asked, answer: ProbeAnswer): void {
    for (const index of indexes) this.#answers.push({ index, answer })
    this.#wake()
  }

  /** @throws {ProbeTimeout} */
  async #inTime<Value>(work: Promise<Value>): Promise<Value> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new ProbeTimeout('The broker was too slow')), MOST_MS)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
