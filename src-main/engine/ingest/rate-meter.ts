const BUCKET_MS = 100
const BUCKETS = 10

/** Events per second over the last second, in ten buckets. Times are of a clock that never goes back. */
export class RateMeter {
  readonly #counts = new Array<number>(BUCKETS).fill(0)
  #bucket = 0

  /** Counts one event at `nowMs`. */
  count(nowMs: number): void {
    this.#advance(nowMs)
    const slot = this.#bucket % BUCKETS
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1
  }

  /** Events in the second that ends at `nowMs`. */
  perSecond(nowMs: number): number {
    this.#advance(nowMs)
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  #advance(nowMs: number): void {
    const bucket = Math.floor(nowMs / BUCKET_MS)
    if (bucket <= this.#bucket) return
    const passed = Math.min(bucket - this.#bucket, BUCKETS)
    for (let step = 0; step < passed; step += 1) this.#counts[(bucket - step) % BUCKETS] = 0
    this.#bucket = bucket
  }
}
