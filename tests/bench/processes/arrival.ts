import { machineMs } from './calls'

/** Messages that came, against messages that were announced. */
export class Arrival {
  count = 0
  #expected = 0
  #lastAtMs = 0
  #tell: ((atMs: number) => void) | null = null

  /** So many more will come. */
  expect(messages: number): void {
    this.#expected += messages
  }

  /** How many are still to come. */
  get left(): number {
    return this.#expected - this.count
  }

  /** Looks whether all are there; cheap enough to be called for every message. */
  look(): void {
    if (this.count < this.#expected) return
    if (this.count > this.#expected) throw new Error(`${this.count} messages came, ${this.#expected} were sent`)
    this.#lastAtMs = machineMs()
    this.#tell?.(this.#lastAtMs)
    this.#tell = null
  }

  arrived(): Promise<number> {
    if (this.count === this.#expected) return Promise.resolve(this.#lastAtMs)
    return new Promise((resolve) => (this.#tell = resolve))
  }
}
