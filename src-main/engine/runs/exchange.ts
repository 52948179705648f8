import { randomBytes } from 'node:crypto'
import { MAX_ANSWERS, type Answer, type Exchange as ExchangeProgress, type ExchangeState } from '@shared/collections/exchange'
import { isFailed } from '@shared/collections/send-log'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import type { SubscribeResult } from '../connection/mqtt-session'
import type { Arrivals } from './arrivals'
import type { ExchangeOrder } from './run-order'

/** How often it is looked whether an answer has come, and for how long after the time is up. */
const LOOK_EVERY_MS = 10
const LATE_MS = 30_000
const CORRELATION_BYTES = 16
const MOST_SHOWN_BYTES = 16 * 1024

/** What an exchange needs of its connection. */
export interface ExchangeDoors {
  readonly isMqtt5: boolean
  readonly arrivals: Arrivals
  /** Has a topic's messages come for a while. */
  borrow(topic: string): Promise<SubscribeResult>
  giveBack(topic: string): void
  /** Null where the outbox takes no more. */
  publish(message: Publish, origin: string): PublishReceipt | null
}

/**
 * A request and the wait for its answers:
 *
 *     subscribing ──▶ awaiting ──▶ answered · timed-out (late answers still show) · cancelled · disconnected
 *          │              └──▶ not-sent
 *          └──▶ not-subscribed
 */
export class Exchange {
  readonly #correlation: Uint8Array<ArrayBuffer> | null
  readonly #message: Publish
  #state: ExchangeState = { kind: 'subscribing' }
  #sentAtMs: number | null = null
  #publishId: number | null = null
  #request: PublishState | null = null
  readonly #answers: Answer[] = []
  #moreAnswers = 0
  #strangers = 0
  #seenUpTo = 0
  #timeout: NodeJS.Timeout | null = null
  #looking: NodeJS.Timeout | null = null
  #isListening = false

  constructor(
    private readonly order: Pick<ExchangeOrder, 'name' | 'options'>,
    message: Publish,
    private readonly responseTopic: string,
    private readonly doors: ExchangeDoors,
  ) {
    this.#correlation = doors.isMqtt5 ? Uint8Array.from(randomBytes(CORRELATION_BYTES)) : null
    // Before 5.0 there is nothing to say it with [3.3.2.3.5].
    const properties = { ...NO_PUBLISH_PROPERTIES, ...message.properties, responseTopic, correlationData: this.#correlation }
    this.#message = doors.isMqtt5 ? { ...message, properties } : message
  }

  /** Subscribes, then sends. */
  async start(): Promise<void> {
    this.#isListening = true
    const result = await this.doors.borrow(this.responseTopic)
    if (this.#state.kind !== 'subscribing') return
    if (result.kind === 'refused') this.#end({ kind: 'not-subscribed', reasonCode: result.reasonCode })
    else if (result.kind === 'lost') this.#end({ kind: 'disconnected' })
    else this.#send()
  }

  cancel(): void {
    if (this.#isOpen) this.#end({ kind: 'cancelled' })
    else this.#stopListening()
  }

  disconnected(): void {
    if (this.#isOpen) this.#end({ kind: 'disconnected' })
    else this.#stopListening()
  }

  /** What became of a publish, which may be the request. */
  updated(publishId: number, state: PublishState): void {
    if (publishId !== this.#publishId) return
    this.#request = state
    if (isFailed(state) && this.#isOpen && state.kind !== 'unconfirmed') this.#end({ kind: 'not-sent' })
  }

  progress(): ExchangeProgress {
    const { payload } = this.#message
    return {
      name: this.order.name,
      topic: this.#message.topic,
      responseTopic: this.responseTopic,
      correlationData: this.#correlation && Buffer.from(this.#correlation).toString('hex'),
      state: this.#state,
      sentAtMs: this.#sentAtMs,
      timeoutMs: this.order.options.timeoutMs,
      request: this.#request,
      answers: [...this.#answers],
      moreAnswers: this.#moreAnswers,
      strangers: this.#strangers,
      payloadStart: Uint8Array.from(payload.subarray(0, MOST_SHOWN_BYTES)),
      payloadBytes: payload.byteLength,
    }
  }

  get #isOpen(): boolean {
    return this.#state.kind === 'subscribing' || this.#state.kind === 'awaiting'
  }

  #send(): void {
    this.#seenUpTo = this.doors.arrivals.newest
    this.#sentAtMs = Date.now()
    this.#state = { kind: 'awaiting' }
    const receipt = this.doors.publish(this.#message, this.order.name)
    if (receipt === null) {
      this.#end({ kind: 'not-sent' })
      return
    }
    const { publishId, state } = receipt
    this.#publishId = publishId
    this.updated(publishId, state)
    if (!this.#isOpen) return
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS)
    this.#timeout = setTimeout(() => this.#timeIsUp(), this.order.options.timeoutMs)
  }

  #look(): void {
    for (const { sequence, receivedAtMs, payloadBytes, retain, correlationData } of this.doors.arrivals.on(this.responseTopic, this.#seenUpTo)) {
      this.#seenUpTo = sequence
      if (!this.#isAnswer(retain, correlationData)) {
        // What is retained was there before the request: nobody sends it now.
        if (!retain) this.#strangers += 1
        continue
      }
      const elapsedMs = Math.max(0, receivedAtMs - (this.#sentAtMs ?? receivedAtMs))
      const answer = { sequence, payloadBytes, elapsedMs, late: !this.#isOpen }
      if (this.#answers.length < MAX_ANSWERS) this.#answers.push(answer)
      else this.#moreAnswers += 1
      if (!this.order.options.firstOnly) continue
      if (this.#isOpen) this.#end({ kind: 'answered' })
      else this.#stopListening()
      return
    }
  }

  /**
   * Our correlation data is in nothing that was there before; so an answer may be retained, which a subscription that asks for
   * "retain as published" shows of live messages too [MQTT-3.3.1-13]. Without correlation data only the flag tells: it is set on
   * what was stored [MQTT-3.3.1-8], and before 5.0 on nothing else, even where an answer is published to be retained [MQTT-3.3.1-9].
   */
  #isAnswer(retain: boolean, correlationData: Uint8Array | null): boolean {
    if (this.#correlation === null) return !retain
    return correlationData !== null && Buffer.compare(correlationData, this.#correlation) === 0
  }

  #timeIsUp(): void {
    this.#look()
    if (!this.#isOpen) return
    if (this.#answers.length > 0) {
      this.#end({ kind: 'answered' })
      return
    }
    this.#state = { kind: 'timed-out' }
    this.#timeout = setTimeout(() => this.#stopListening(), LATE_MS)
  }

  #end(state: ExchangeState): void {
    this.#state = state
    this.#stopListening()
  }

  #stopListening(): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout)
    if (this.#looking !== null) clearInterval(this.#looking)
    this.#timeout = null
    this.#looking = null
    if (this.#isListening) this.doors.giveBack(this.responseTopic)
    this.#isListening = false
  }
}
