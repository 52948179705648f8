import type { Place } from '../traffic/places'
import type { Api } from './calls'

export interface ReceiverTarget {
  readonly place: Place
  readonly mqttVersion: '3.1.1' | '5.0'
}

/** What every receiver can be asked for. Messages are counted by the receiver itself. */
export interface ReceiverApi extends Api {
  /** Resolves when it is subscribed to everything. */
  connect(target: ReceiverTarget): Promise<void>
  /** So many messages will come. */
  expect(messages: number): void
  /** Resolves when all messages expected have come, with the time of the last on the clock of `machineMs`. */
  arrived(): Promise<number>
  /** All messages there were. */
  received(): number
  /** Of all threads, user and system, so far. */
  cpuMs(): number
  /** After a garbage collection. */
  residentBytes(): number
}

/** What any process can say of itself. */
export const ownUsage = {
  cpuMs(): number {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  },
  residentBytes(): number {
    globalThis.gc?.()
    return process.memoryUsage.rss()
  },
}
