/** How far back a rate looks. */
const SPAN_MS = 5_000

/** Tells from a running count how much it grows a second, over about the last five. */
export class RateMeter {
  #samples: { atMs: number; count: number }[] = []

  /** Takes the count at a time; the rate, or null while there is nothing to compare it with. */
  take(atMs: number, count: number): number | null {
    // A count that went down is a new engine's.
    if (count < (this.#samples.at(-1)?.count ?? 0)) this.#samples = []
    this.#samples.push({ atMs, count })
    // The newest of those that are old enough is where the span begins.
    while ((this.#samples[1]?.atMs ?? atMs) <= atMs - SPAN_MS) this.#samples.shift()
    const [oldest] = this.#samples
    if (oldest === undefined || oldest.atMs === atMs) return null
    return ((count - oldest.count) * 1_000) / (atMs - oldest.atMs)
  }
}
