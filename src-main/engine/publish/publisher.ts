import { AppError } from '@shared/ipc/app-error'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import type { MqttSession, PublishResult } from '../connection/mqtt-session'

/** Most publishes that may wait for a connection, and most bytes of theirs. */
const MAX_QUEUED = 1_000
const MAX_QUEUED_BYTES = 128 * 1024 * 1024

interface QueuedPublish {
  readonly publishId: number
  readonly message: Publish
}

/**
 * Sends messages, and says of each what became of it. Without a connection they wait, in order,
 * and go out when there is one again.
 */
export class Publisher {
  #nextId = 1
  #session: MqttSession | null = null
  readonly #queue: QueuedPublish[] = []
  #queuedBytes = 0

  constructor(
    private readonly updated: (publishId: number, state: PublishState) => void,
    private readonly queueChanged: (publishes: number) => void,
  ) {}

  /** Sends what waited. */
  attach(session: MqttSession): void {
    this.#session = session
    const waiting = this.#queue.splice(0)
    this.#queuedBytes = 0
    if (waiting.length > 0) this.queueChanged(0)
    for (const { publishId, message } of waiting) this.updated(publishId, this.#send(session, publishId, message))
  }

  detach(): void {
    this.#session = null
  }

  /** @throws {AppError} `too-many` when no more can wait. */
  publish(message: Publish): PublishReceipt {
    const publishId = this.#nextId
    if (this.#session === null) {
      const bytes = message.payload.byteLength
      if (this.#queue.length >= MAX_QUEUED || this.#queuedBytes + bytes > MAX_QUEUED_BYTES) {
        throw new AppError('too-many', 'The queue of publishes is full', { limit: MAX_QUEUED })
      }
      this.#nextId += 1
      this.#queue.push({ publishId, message })
      this.#queuedBytes += bytes
      this.queueChanged(this.#queue.length)
      return { publishId, state: { kind: 'queued' } }
    }
    this.#nextId += 1
    return { publishId, state: this.#send(this.#session, publishId, message) }
  }

  /** Takes back a publish that waits; false when it is too late. */
  cancel(publishId: number): boolean {
    const index = this.#queue.findIndex((queued) => queued.publishId === publishId)
    if (index < 0) return false
    const [taken] = this.#queue.splice(index, 1)
    this.#queuedBytes -= taken?.message.payload.byteLength ?? 0
    this.queueChanged(this.#queue.length)
    return true
  }

  #send(session: MqttSession, publishId: number, message: Publish): PublishState {
    const startedAtMs = performance.now()
    void session.publish(message.topic, message.payload, message.qos, message.retain).then((result) => {
      this.updated(publishId, stateOf(result, message, performance.now() - startedAtMs))
    })
    return { kind: 'in-flight' }
  }
}

function stateOf(result: PublishResult, { qos }: Publish, elapsedMs: number): PublishState {
  switch (result.kind) {
    case 'done':
      return qos === 0 ? { kind: 'sent' } : { kind: 'acknowledged', reasonCode: result.reasonCode, elapsedMs }
    case 'refused':
      return { kind: 'refused', reasonCode: result.reasonCode, brokerReason: result.brokerReason }
    case 'lost':
      return { kind: 'unconfirmed' }
  }
}
