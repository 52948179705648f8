import { AppError } from '@shared/ipc/app-error'
import type {
  AskEnd,
  RetainedChoice,
  RetainedOutcome,
  RetainedPlan,
  RetainedSelection,
  RetainedTask,
} from '@shared/retained/retained'
import type { ConnectionPlace } from '../connection/connection-machine'
import type { DeletedRetained, RetainedMessage } from '../engine-api'
import type { Intake } from '../wire/publish-sink'
import { askRetained, type Refusal } from './ask-retained'
import { Deletion, type Ending } from './deletion'
import { publishAll } from '../publish/publish-all'
import { Restoration } from './restoration'
import { MessageCatch } from '../wire/message-catch'
import { RetainedList } from './retained-list'
import { isWhole } from './retained-message'
import { SessionFailure, ThrowawaySession } from '../connection/throwaway-session'

const SAMPLE_TOPICS = 8

/** A question that was asked, and what came of it. */
export interface Asked {
  readonly filters: readonly string[]
  readonly refusals: readonly Refusal[]
  /** Null: it has no answer yet. */
  readonly end: AskEnd | null
}

/**
 * The retained messages of the broker a connection is online at: asked for, deleted, brought back. Each over a network
 * connection of its own, one thing at a time:
 *
 *     idle ──ask──▶ asking ──▶ idle      delete ──▶ checking ──▶ deleting ──▶ verifying ──▶ idle
 *                                          restore ──▶ checking ──▶ restoring ──▶ verifying ──▶ idle
 */
export class RetainedDesk {
  list = new RetainedList()
  asked: Asked | null = null
  outcome: RetainedOutcome | null = null
  #task: RetainedTask['kind'] | null = null
  #progress: () => { done: number; total: number } = () => ({ done: this.list.count, total: 0 })
  #abort = new AbortController()

  /** @param placeOf where the connection is online; null when it is not */
  constructor(private readonly placeOf: () => ConnectionPlace | null) {}

  get task(): RetainedTask | null {
    return this.#task === null ? null : { kind: this.#task, ...this.#progress() }
  }

  /** Begins a list; false when something else is being done. @throws {AppError} `connection-not-online`, `retained-not-kept` */
  ask(filters: readonly string[]): boolean {
    if (this.#task !== null && this.#task !== 'asking') return false
    const place = this.#place()
    this.#abort.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.outcome = null
    this.#task = 'asking'
    void this.#list(place, filters, abort.signal)
      .catch((error: unknown) => {
        if (abort === this.#abort) this.outcome = { kind: 'not-asked', failure: failureOf(error) }
      })
      .finally(() => {
        if (abort === this.#abort) this.#task = null
      })
    return true
  }

  /** Ends what is being done as soon as that goes. */
  cancel(): void {
    this.#abort.abort()
  }

  /** Nobody looks any more: what is asked for is not needed, and what was listed neither. What was begun is finished. */
  leave(): void {
    if (this.#task !== null && this.#task !== 'asking') return
    this.cancel()
    this.#abort = new AbortController()
    this.#task = null
    this.list = new RetainedList()
    this.asked = null
    this.outcome = null
  }

  select(selection: RetainedSelection): void {
    this.list.select(selection)
  }

  /** What deleting would do. */
  plan(choice: RetainedChoice): Omit<RetainedPlan, 'displaces'> {
    const chosen = this.list.chosen(choice)
    const whole = chosen.filter(isWhole)
    return {
      count: chosen.length,
      bytes: chosen.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0),
      undoable: whole.length,
      undoableBytes: whole.reduce((sum, { payload, properties }) => sum + payload.byteLength + properties.byteLength, 0),
      sample: chosen.slice(0, SAMPLE_TOPICS).map(({ topic }) => topic),
    }
  }

  /**
   * Deletes messages of the list, but for those that are others meanwhile, then asks the broker what is left of them.
   * @throws {AppError} `connection-not-online`, `retained-busy`
   */
  async delete(choice: RetainedChoice): Promise<DeletedRetained> {
    const deletion = new Deletion(this.list.chosen(choice))
    return this.#work('checking', deletion, async (place, filters, signal) => {
      const begun = (): void => void (this.#task = 'deleting')
      const ending = await endingOf(signal, () =>
        over(place, deletion.intake, signal, (session) => deletion.run(session, filters, begun, signal)),
      )
      const now = await this.#verify(place, filters)
      this.outcome = deletion.judge(now, ending)
      return { filters, undoable: deletion.undoable(now) }
    })
  }

  /**
   * Publishes deleted messages again where there is none meanwhile, then asks the broker for them.
   * @returns the topics that could be tried again. @throws {AppError} `connection-not-online`, `retained-busy`
   */
  async restore(messages: readonly RetainedMessage[], filters: readonly string[]): Promise<string[]> {
    const restoration = new Restoration(messages)
    return this.#work('checking', restoration, async (place, _filters, signal) => {
      const ending = await endingOf(signal, async () => {
        const present = new RetainedList()
        await askRetained(place, filters, present, signal)
        this.#task = 'restoring'
        await over(place, new MessageCatch(() => undefined), signal, (session) =>
          publishAll(session, restoration.toSend(present, session.mqtt.maximumQos), (topic, answer) => restoration.answered(topic, answer), signal),
        )
      })
      const now = await this.#verify(place, filters)
      this.outcome = restoration.judge(now, ending)
      return restoration.left(now)
    })
  }

  async #work<Value>(
    kind: RetainedTask['kind'],
    progress: { readonly done: number; readonly total: number },
    work: (place: ConnectionPlace, filters: readonly string[], signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    if (this.#task !== null) throw new AppError('retained-busy', 'Retained messages are being dealt with already')
    const place = this.#place()
    this.#abort = new AbortController()
    this.outcome = null
    this.#task = kind
    this.#progress = () => ({ done: progress.done, total: progress.total })
    try {
      return await work(place, this.asked?.filters ?? [], this.#abort.signal)
    } finally {
      this.#task = null
    }
  }

  /** Asks again; null when that failed, or did not come to its end. */
  async #verify(place: ConnectionPlace, filters: readonly string[]): Promise<RetainedList | null> {
    this.#task = 'verifying'
    this.#abort = new AbortController()
    const before = { list: this.list, asked: this.asked }
    try {
      const { end } = await this.#list(place, filters, this.#abort.signal)
      if (end === 'quiet') return this.list
    } catch (error) {
      failureOf(error)
    }
    Object.assign(this, before)
    return null
  }

  async #list(place: ConnectionPlace, filters: readonly string[], signal: AbortSignal): Promise<Asked> {
    const list = new RetainedList()
    this.list = list
    this.asked = { filters, refusals: [], end: null }
    this.#progress = () => ({ done: list.count, total: 0 })
    const result = await askRetained(place, filters, list, signal)
    const asked = { filters, ...result }
    if (this.list === list) this.asked = asked
    return asked
  }

  #place(): ConnectionPlace {
    const place = this.placeOf()
    if (place === null) throw new AppError('connection-not-online', 'The connection is not online')
    // A second session of a device would throw the first one out, and IoT Hub retains nothing.
    if (place.config.azureDevice !== null) throw new AppError('retained-not-kept', 'Azure IoT Hub keeps no retained messages')
    return place
  }
}

/** Why a connection did not last. @throws anything else: a fault of ours */
function failureOf(error: unknown): SessionFailure['failure'] {
  if (error instanceof SessionFailure) return error.failure
  throw error
}

/** Works over a connection of its own. @throws {SessionFailure} */
async function over(place: ConnectionPlace, intake: Intake, signal: AbortSignal, work: (session: ThrowawaySession) => Promise<void>): Promise<void> {
  const session = await ThrowawaySession.open(place, intake, signal)
  try {
    await work(session)
  } finally {
    await session.close()
  }
}

async function endingOf(signal: AbortSignal, work: () => Promise<void>): Promise<Ending> {
  try {
    await work()
    return { cancelled: signal.aborted, failure: null }
  } catch (error) {
    return { cancelled: signal.aborted, failure: signal.aborted ? null : failureOf(error) }
  }
}
