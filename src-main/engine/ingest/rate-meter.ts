const BUCKET_MS = 100
const BUCKETS = 10

/** A sum per second over the last second, in ten buckets. Times are of a clock that never goes back. */
export class RateMeter {
  readonly #sums = new Array<number>(BUCKETS).fill(0)
  #bucket = 0

  /** Counts `amount` at `nowMs`. */
  add(amount: number, nowMs: number): void {
    this.#advance(nowMs)
    const slot = this.#bucket % BUCKETS
    this.#sums[slot] = (this.#sums[slot] ?? 0) + amount
  }

  /** The sum of the second that ends at `nowMs`. */
  perSecond(nowMs: number): number {
    this.#advance(nowMs)
    return this.#sums.reduce((sum, amount) => sum + amount, 0)
  }

  #advance(nowMs: number): void {
    const bucket = Math.floor(nowMs / BUCKET_MS)
    if (bucket <= this.#bucket) return
    const passed = Math.min(bucket - this.#bucket, BUCKETS)
    for (let step = 0; step < passed; step += 1) this.#sums[(bucket - step) % BUCKETS] = 0
    this.#bucket = bucket
  }
}
