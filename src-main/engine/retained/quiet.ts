/** No message for so long, or so many round trips where those take longer: there are no more. */
const QUIET_MS = 500
const QUIET_ROUND_TRIPS = 4

/** Knows when nothing more comes in answer to a question: how much that is, MQTT does not tell. */
export class Quiet {
  #lastAtMs = 0
  #wake: () => void = () => undefined

  /** @param isDone whether all that is wanted has come */
  constructor(private readonly isDone: () => boolean) {}

  /** Something came. */
  heard(): void {
    this.#lastAtMs = performance.now()
    if (this.isDone()) this.#wake()
  }

  /** Resolves when all has come, or nothing more does, or at the signal. `roundTripMs`: of the question. */
  async come(roundTripMs: number, signal: AbortSignal): Promise<void> {
    const quietMs = Math.max(QUIET_MS, QUIET_ROUND_TRIPS * roundTripMs)
    this.#lastAtMs = performance.now()
    while (!signal.aborted && !this.isDone()) {
      const leftMs = this.#lastAtMs + quietMs - performance.now()
      if (leftMs <= 0) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}
