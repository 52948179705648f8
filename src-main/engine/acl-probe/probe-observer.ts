import type { ConnectionPlace } from '../connection/connection-machine'
import { ProbeSession } from './probe-session'

/** Who looks on while others are asked about: one session, opened when first needed, used by one at a time. */
export class ProbeObserver {
  #session: Promise<ProbeSession> | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly place: ConnectionPlace,
    private readonly signal: AbortSignal,
  ) {}

  /** Does `work` when all asked before is done. After work that failed, another session takes over. */
  use<Value>(work: (session: ProbeSession) => Promise<Value>): Promise<Value> {
    const mine = this.#turn.then(async () => {
      this.#session ??= ProbeSession.open(this.place, null, this.signal)
      try {
        return await work(await this.#session)
      } catch (error) {
        await this.close()
        throw error
      }
    })
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => null)
    this.#session = null
    await session?.close()
  }
}
