import type { WebContents } from 'electron'
import type { EventChannel, EventPayload } from '@shared/ipc/contract'

/** Tells the page what it should know unasked; while there is no page, nobody is told. */
export class PageEvents {
  #page: WebContents | null = null

  attach(page: WebContents): void {
    this.#page = page
  }

  send<C extends EventChannel>(channel: C, payload: EventPayload<C>): void {
    if (this.#page !== null && !this.#page.isDestroyed()) this.#page.send(channel, payload)
  }
}
