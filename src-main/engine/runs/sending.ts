import { randomBytes } from 'node:crypto'
import type { Exchange as ExchangeProgress } from '@shared/collections/exchange'
import { hasEnded, type RunAction, type RunFault, type RunProgress, type RunUnderWay } from '@shared/collections/run'
import { isSettled } from '@shared/collections/send-log'
import { AppError } from '@shared/ipc/app-error'
import { MAX_KEPT_PUBLISHES, type Publish, type PublishReceipt, type PublishState } from '@shared/message/publish'
import { topicNameFault } from '@shared/mqtt/topic'
import type { MqttSession } from '../connection/mqtt-session'
import type { Subscriptions } from '../connection/subscriptions'
import type { Publisher } from '../publish/publisher'
import type { Arrivals } from './arrivals'
import { Exchange } from './exchange'
import { MessageMaker } from './message-maker'
import type { EncodeText, ExchangeOrder, RunOrder } from './run-order'
import { FIRST_STEP } from './run-steps'
import { Runs, type RunOutlet } from './runs'
import { SendLog } from './send-log'

/** All that is sent over a connection, by whatever: it goes to the publisher, and is in the log. */
export class Sending {
  readonly log = new SendLog()
  readonly #runs: Runs
  #exchange: Exchange | null = null
  #session: MqttSession | null = null

  constructor(
    private readonly publisher: Publisher,
    private readonly subscriptions: Pick<Subscriptions, 'borrow' | 'giveBack'>,
    private readonly arrivals: Arrivals,
    private readonly encode: EncodeText,
  ) {
    const outlet: RunOutlet = { shortage: () => this.#shortage(), publish: (message, origin) => this.#tryToPublish(message, origin) }
    this.#runs = new Runs(outlet, encode)
  }

  /** @throws {AppError} `too-many` */
  publish(message: Publish, keepTrying: boolean, origin: string | null = null): PublishReceipt {
    const receipt = this.publisher.publish(message, keepTrying)
    this.log.add(receipt.publishId, message, origin, receipt.state)
    return receipt
  }

  /** What became of a publish; whether it is one of a run, of which nobody needs to hear one by one. */
  updated(publishId: number, state: PublishState): boolean {
    this.log.update(publishId, state)
    this.#exchange?.updated(publishId, state)
    const isOfRun = this.#runs.updated(publishId, state)
    if (isSettled(state)) this.#runs.forget(publishId)
    return isOfRun
  }

  /** The broker, the network or the outbox may take more. */
  roomChanged(): void {
    this.#runs.goOn()
  }

  attach(session: MqttSession): void {
    this.#session = session
  }

  detach(): void {
    this.#session = null
    this.#runs.disconnected()
    this.#exchange?.disconnected()
  }

  /** @throws {AppError} `connection-not-online`, `too-many` */
  startRun(order: RunOrder): number {
    this.#online()
    return this.#runs.start(order)
  }

  controlRun(runId: number, action: RunAction): void {
    this.#runs.control(runId, action)
  }

  /** In the place of the exchange there was; says why the message could not be made, or null. @throws {AppError} `connection-not-online` */
  async startExchange(order: ExchangeOrder): Promise<RunFault | null> {
    const session = this.#online()
    const made = await new MessageMaker({ messages: [order.message], rows: null, variables: order.variables }, this.encode).make(FIRST_STEP)
    if (!made.ok) return made.fault
    const responseTopic = order.options.responseTopic ?? made.message.properties?.responseTopic ?? ownResponseTopic(session)
    this.#exchange?.cancel()
    this.#exchange = new Exchange(order, made.message, responseTopic, {
      isMqtt5: session.version === '5.0',
      arrivals: this.arrivals,
      borrow: (topic) => this.subscriptions.borrow(topic),
      giveBack: (topic) => this.subscriptions.giveBack(topic),
      publish: (message, origin) => this.#tryToPublish(message, origin),
    })
    void this.#exchange.start()
    return null
  }

  /** Ends the wait for answers; one that has ended is forgotten when dismissed. */
  controlExchange(action: 'cancel' | 'dismiss'): void {
    this.#exchange?.cancel()
    if (action === 'dismiss') this.#exchange = null
  }

  /** Whether a run is under way. */
  get isRunning(): boolean {
    return this.#runs.isRunning
  }

  get runsUnderWay(): RunUnderWay[] {
    return this.runs.filter(({ state }) => !hasEnded(state)).map(({ name, sent, total }) => ({ name, sent, total }))
  }

  get runs(): RunProgress[] {
    return this.#runs.list()
  }

  get exchange(): ExchangeProgress | null {
    return this.#exchange?.progress() ?? null
  }

  #online(): MqttSession {
    if (this.#session === null) throw new AppError('connection-not-online', 'nothing is sent without a connection')
    return this.#session
  }

  #shortage(): 'broker' | 'outbox' | null {
    const { queued, inFlight, unconfirmed } = this.publisher.counts
    if (queued + inFlight + unconfirmed >= MAX_KEPT_PUBLISHES) return 'outbox'
    return queued > 0 ? 'broker' : null
  }

  #tryToPublish(message: Publish, origin: string): PublishReceipt | null {
    try {
      return this.publish(message, false, origin)
    } catch (error) {
      if (error instanceof AppError && error.code === 'too-many') return null
      throw error
    }
  }
}

/** A topic nobody else listens to, where the broker says so below the one it keeps for us [3.1.2.11.7]. */
function ownResponseTopic({ responseInformation }: MqttSession): string {
  const own = randomBytes(8).toString('hex')
  const kept = `${responseInformation?.replace(/\/$/, '') ?? ''}/${own}`
  return responseInformation === null || topicNameFault(kept) !== null ? `pubscope/responses/${own}` : kept
}
