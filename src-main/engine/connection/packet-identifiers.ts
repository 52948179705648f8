import type { IClientOptions } from 'mqtt'

const HIGHEST = 65_535

/**
 * The packet identifiers of a session: one in use is not given out again [MQTT-2.2.1-3]. They go round from a chance beginning,
 * so that one the broker may still remember, of a run of Pubscope before this one, is not soon met again.
 */
export class PacketIdentifiers {
  readonly #used = new Set<number>()
  #last: number

  constructor(random: () => number = Math.random) {
    this.#last = Math.floor(random() * HIGHEST)
  }

  /** One that is not in use; null when all are. */
  allocate(): number | null {
    if (this.#used.size === HIGHEST) return null
    do this.#last = (this.#last % HIGHEST) + 1
    while (this.#used.has(this.#last))
    this.#used.add(this.#last)
    return this.#last
  }

  release(identifier: number): void {
    this.#used.delete(identifier)
  }

  /** For the subscribing of one network connection: what it took goes back when it `clear`s. */
  lend(): NonNullable<IClientOptions['messageIdProvider']> {
    const lent = new Set<number>()
    const giveBack = (identifier: number): void => {
      if (lent.delete(identifier)) this.release(identifier)
    }
    return {
      allocate: () => {
        const identifier = this.allocate()
        if (identifier !== null) lent.add(identifier)
        return identifier
      },
      getLastAllocated: () => this.#last,
      register: (identifier) => lent.has(identifier),
      deallocate: giveBack,
      clear: () => {
        for (const identifier of [...lent]) giveBack(identifier)
      },
    }
  }
}
