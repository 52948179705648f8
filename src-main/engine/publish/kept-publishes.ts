import { AppError } from '@shared/ipc/app-error'
import type { OutboxChoice, OutboxCounts } from '@shared/message/outbox'
import { MAX_KEPT_PUBLISHES } from '@shared/message/publish'
import { isInFlight, type Outgoing } from './outgoing'

/** Most bytes of payload that are kept. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024

/** All publishes that have not come to an end, in the order they were or will be sent; limited in number and bytes. */
export class KeptPublishes {
  readonly #kept = new Map<number, Outgoing>()
  #bytes = 0

  /** @throws {AppError} `too-many` when no more can be kept. */
  makeRoomFor(payload: Uint8Array): void {
    if (this.#kept.size < MAX_KEPT_PUBLISHES && this.#bytes + payload.byteLength <= MAX_KEPT_BYTES) return
    throw new AppError('too-many', 'The queue of publishes is full', { limit: MAX_KEPT_PUBLISHES })
  }

  add(outgoing: Outgoing): void {
    this.#kept.set(outgoing.publishId, outgoing)
    this.#bytes += outgoing.message.payload.byteLength
  }

  remove({ publishId, message }: Outgoing): void {
    if (this.#kept.delete(publishId)) this.#bytes -= message.payload.byteLength
  }

  /** Puts one behind all others. */
  moveToEnd(outgoing: Outgoing): void {
    this.#kept.delete(outgoing.publishId)
    this.#kept.set(outgoing.publishId, outgoing)
  }

  all(): Outgoing[] {
    return [...this.#kept.values()]
  }

  chosen(choice: OutboxChoice): Outgoing[] {
    if (choice === null) return this.all()
    const ids = new Set(choice)
    return this.all().filter(({ publishId }) => ids.has(publishId))
  }

  inFlight(): Outgoing[] {
    return this.all().filter(isInFlight)
  }

  get counts(): OutboxCounts {
    const inFlight = this.inFlight().length
    const unconfirmed = this.all().filter(({ stage }) => stage === 'unconfirmed').length
    return { queued: this.#kept.size - inFlight - unconfirmed, inFlight, unconfirmed }
  }
}
