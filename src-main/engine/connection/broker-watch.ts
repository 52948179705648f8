import type { ConnectionConfig } from '../engine-api'
import { probeBroker } from './broker-probe'

/** Looks from time to time whether a broker can be reached, and says so once. */
export class BrokerWatch {
  #timer: NodeJS.Timeout | null = null
  #stopped = false

  constructor(
    private readonly config: ConnectionConfig,
    /** How long to wait before the next look. */
    private readonly delayMs: () => number,
    private readonly reachable: () => void,
  ) {
    this.#wait()
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #wait(): void {
    this.#timer = setTimeout(() => void this.#look(), this.delayMs())
  }

  async #look(): Promise<void> {
    const isReachable = await probeBroker(this.config)
    if (this.#stopped) return
    if (isReachable) this.reachable()
    else this.#wait()
  }
}
