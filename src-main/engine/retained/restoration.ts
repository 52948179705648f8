import type { Publish } from '@shared/message/publish'
import type { QoS } from '@shared/mqtt/qos'
import type { RetainedOutcome } from '@shared/retained/retained'
import type { RetainedMessage } from '../engine-api'
import type { Ending } from './deletion'
import type { Answer } from '../publish/publish-all'
import type { RetainedList } from './retained-list'
import { hasSamePayload, publishAgain } from './retained-message'

type Restored = Extract<RetainedOutcome, { kind: 'restored' }>

/** The undoing of a deletion: messages are published again, but for those whose time is over and those that have a successor. */
export class Restoration {
  readonly #answers = new Map<string, Answer>()
  readonly #sent = new Map<string, RetainedMessage>()
  readonly #settled = new Set<string>()
  #expired = 0
  #newer = 0

  constructor(private readonly messages: readonly RetainedMessage[]) {}

  get total(): number {
    return this.messages.length
  }

  get done(): number {
    return this.#settled.size + this.#answers.size
  }

  /** The messages one by one, each noted as sent. `present`: what the broker has before, which is left as it is. */
  *toSend(present: RetainedList, maximumQos: QoS): Generator<Publish> {
    for (const message of this.messages) {
      const { topic } = message
      const publish = present.find(topic) === undefined ? publishAgain(message, Date.now(), maximumQos) : null
      if (publish !== null) {
        this.#sent.set(topic, message)
        yield publish
        continue
      }
      this.#settled.add(topic)
      if (present.find(topic) === undefined) this.#expired += 1
      else this.#newer += 1
    }
  }

  answered(topic: string, answer: Answer): void {
    this.#answers.set(topic, answer)
  }

  /** Judges by what there is now; null: the broker could not be asked again. */
  judge(now: RetainedList | null, ending: Ending): Restored {
    const counts = { restored: 0, refused: 0, missing: 0 }
    for (const [topic, message] of this.#sent) {
      if (this.#answers.get(topic)?.kind === 'refused') counts.refused += 1
      else if (this.#isBack(message, now)) counts.restored += 1
      else counts.missing += 1
    }
    return { kind: 'restored', total: this.total, ...ending, ...counts, expired: this.#expired, newer: this.#newer, verified: now !== null }
  }

  /** The messages that could be tried again. */
  left(now: RetainedList | null): string[] {
    const isOver = (message: RetainedMessage): boolean => this.#settled.has(message.topic) || (this.#sent.has(message.topic) && this.#isBack(message, now))
    return this.messages.filter((message) => !isOver(message)).map(({ topic }) => topic)
  }

  #isBack(message: RetainedMessage, now: RetainedList | null): boolean {
    if (now === null) return this.#answers.get(message.topic)?.kind === 'done'
    const present = now.find(message.topic)
    return present !== undefined && hasSamePayload(message, present)
  }
}
