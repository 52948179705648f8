import type { Failure } from '@shared/connection/failure'
import type { Publish } from '@shared/message/publish'
import type { QoS } from '@shared/mqtt/qos'
import type { RetainedOutcome } from '@shared/retained/retained'
import type { RetainedMessage } from '../engine-api'
import { publishAll, type Answer } from '../publish/publish-all'
import type { Intake } from '../wire/publish-sink'
import { ChangeWatch } from './change-watch'
import type { RetainedList } from './retained-list'
import { deletionOf, hasSamePayload, isWhole } from './retained-message'
import type { ThrowawaySession } from '../connection/throwaway-session'

type Deleted = Extract<RetainedOutcome, { kind: 'deleted' }>

/** How the work on several messages ended. */
export interface Ending {
  readonly cancelled: boolean
  readonly failure: Failure | null
}

/** The deletion of some retained messages: what the broker answered to each, and what it has of them afterwards. */
export class Deletion {
  readonly #answers = new Map<string, Answer>()
  readonly #sent = new Map<string, RetainedMessage>()
  readonly #watch: ChangeWatch

  constructor(private readonly chosen: readonly RetainedMessage[]) {
    this.#watch = new ChangeWatch(chosen)
  }

  /** Takes what comes on the session that deletes. */
  get intake(): Intake {
    return this.#watch.intake
  }

  get total(): number {
    return this.chosen.length
  }

  get done(): number {
    return this.#answers.size
  }

  /** Deletes all but what has changed since it was listed. `begun` is called when it begins to. @throws {SessionFailure} */
  async run(session: ThrowawaySession, filters: readonly string[], begun: () => void, signal: AbortSignal): Promise<void> {
    const send = () => publishAll(session, this.toSend(session.mqtt.maximumQos), (topic, answer) => this.answered(topic, answer), signal)
    await this.#watch.begin(session, filters, signal)
    begun()
    await send()
    if (!this.chosen.some(({ topic }) => this.#watch.isDoubtful(topic))) return
    await this.#watch.settleDoubts(session, signal)
    await send()
  }

  /** What deletes the messages, one by one, each noted as sent. */
  *toSend(maximumQos: QoS): Generator<Publish> {
    for (const message of this.chosen) {
      const { topic } = message
      if (this.#sent.has(topic) || this.#watch.hasChanged(topic) || this.#watch.isDoubtful(topic)) continue
      this.#sent.set(message.topic, message)
      yield deletionOf(message.topic, maximumQos)
    }
  }

  answered(topic: string, answer: Answer): void {
    this.#answers.set(topic, answer)
  }

  /** Judges by what there is now, with a remark on each message that should be gone; `now` null: the broker could not be asked again. */
  judge(now: RetainedList | null, ending: Ending): Deleted {
    const counts = { gone: 0, refused: 0, kept: 0, newer: 0, changed: 0 }
    for (const { topic } of this.chosen) {
      if (this.#sent.has(topic) || !this.#watch.hasChanged(topic)) continue
      counts.changed += 1
      now?.remark(topic, { kind: 'changed' })
    }
    for (const message of this.#sent.values()) counts[this.#fateOf(message, now)] += 1
    return { kind: 'deleted', total: this.total, ...ending, ...counts, undoable: this.undoable(now).length, verified: now !== null }
  }

  /** What can be brought back: all that is gone, or may be; `now` as for {@link judge}. */
  undoable(now: RetainedList | null): RetainedMessage[] {
    return [...this.#sent.values()].filter((message) => isWhole(message) && this.#isGone(message, now))
  }

  #isGone({ topic }: RetainedMessage, now: RetainedList | null): boolean {
    return now === null ? this.#answers.get(topic)?.kind !== 'refused' : now.find(topic) === undefined
  }

  #fateOf(message: RetainedMessage, now: RetainedList | null): 'gone' | 'refused' | 'kept' | 'newer' {
    const { topic } = message
    const answer = this.#answers.get(topic)
    const present = now?.find(topic)
    if (now === null ? answer?.kind === 'done' : present === undefined) return 'gone'
    if (answer?.kind === 'refused') {
      now?.remark(topic, { kind: 'refused', reasonCode: answer.reasonCode })
      return 'refused'
    }
    const isSame = present === undefined || hasSamePayload(message, present)
    if (answer !== undefined) now?.remark(topic, { kind: isSame ? 'kept' : 'newer' })
    return isSame ? 'kept' : 'newer'
  }
}
