import type { SubscriptionState } from '@shared/connection/connection'
import type { Subscription } from '@shared/profile/subscription'
import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import type { MqttSession, SubscribeResult } from './mqtt-session'

/**
 * The topic filters a connection shall have, wildcards and all, and what the broker said of each.
 * They outlive the network connection: every one is asked for again on every new one.
 */
export class Subscriptions {
  readonly #states = new Map<string, SubscriptionState>()
  #session: MqttSession | null = null
  #configured: readonly Subscription[] = []
  /** Topics asked for beside the filters, for a while. */
  readonly #borrowed = new Set<string>()

  constructor(private readonly changed: (states: SubscriptionState[]) => void) {}

  /** Takes the filters of a profile. What was added or dropped by hand stays, as long as the profile is the same. */
  configure(subscriptions: readonly Subscription[]): void {
    if (JSON.stringify(subscriptions) === JSON.stringify(this.#configured)) return
    this.#configured = subscriptions
    this.#states.clear()
    for (const subscription of subscriptions) this.#states.set(subscription.filter, { ...subscription, state: { kind: 'waiting' } })
    this.changed(this.list())
  }

  list(): SubscriptionState[] {
    return [...this.#states.values()]
  }

  /** Asks for all filters on a connection that just came online. */
  attach(session: MqttSession): void {
    this.#session = session
    for (const subscription of this.list()) this.#ask(session, subscription)
  }

  /** The connection is gone: nothing is granted until the next one. */
  detach(): void {
    this.#session = null
    this.#borrowed.clear()
    for (const asked of this.list()) this.#states.set(asked.filter, { ...asked, state: { kind: 'waiting' } })
    this.changed(this.list())
  }

  add(subscription: Subscription): void {
    this.#states.set(subscription.filter, { ...subscription, state: { kind: 'waiting' } })
    if (this.#session === null) this.changed(this.list())
    else this.#ask(this.#session, subscription)
  }

  remove(filter: string): void {
    if (!this.#states.delete(filter)) return
    this.#session?.unsubscribe(filter)
    this.changed(this.list())
  }

  /**
   * Has the messages of a topic come until they are given back, beside what the user asked for. One that comes anyway is not
   * asked for again: with two subscriptions to one topic a broker may send each message twice [3.3.4].
   */
  async borrow(topic: string): Promise<SubscribeResult> {
    const levels = topic.split('/')
    for (const { filter, state, options } of this.list()) {
      if (state.kind !== 'granted' || options?.noLocal === true || filter.startsWith('$share/')) continue
      if (matchesFilter(compileFilter(filter), levels)) return state
    }
    const session = this.#session
    if (session === null) return { kind: 'lost' }
    this.#borrowed.add(topic)
    return session.subscribe({ filter: topic, qos: 1 })
  }

  giveBack(topic: string): void {
    if (this.#borrowed.delete(topic) && !this.#states.has(topic)) this.#session?.unsubscribe(topic)
  }

  #ask(session: MqttSession, { filter, qos, options }: Subscription): void {
    this.changed(this.list())
    const asked: Subscription = { filter, qos, ...(options && { options }) }
    void session.subscribe(asked).then((result) => {
      const current = this.#states.get(filter)
      // The answer may come after the filter was dropped, asked for anew, or its connection went.
      if (this.#session !== session || current?.qos !== qos || current.options !== options || result.kind === 'lost') return
      this.#states.set(filter, { ...asked, state: result })
      this.changed(this.list())
    })
  }
}
