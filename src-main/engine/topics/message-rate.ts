/** A message counts for a rate by how long ago it came: after this time for a third of what it did at first. */
const MEMORY_MS = 5_000
const TICK_MS = 10
/** What a rate decays to in so many ticks: reckoned once for those that come up all the time. */
const DECAY = Float64Array.from({ length: 1_024 }, (_, ticks) => decay(ticks))

function decay(ticks: number): number {
  return Math.exp((-ticks * TICK_MS) / MEMORY_MS)
}

/** The ticks a time stands for, modulo 2^32. */
export function tickOf(ms: number): number {
  return Math.floor(ms / TICK_MS) >>> 0
}

/** What is left of a rate taken at `sinceTick` by `nowTick`: a share of 1. A clock that goes back does not count. */
export function rateDecay(sinceTick: number, nowTick: number): number {
  const ticks = (nowTick - sinceTick) | 0
  return ticks <= 0 ? 1 : (DECAY[ticks] ?? decay(ticks))
}

/** What each message of the last `spanMs`, spread evenly over them, adds to a rate (messages/s) now. */
export function rateWeight(spanMs: number): number {
  return ((1 - Math.exp(-spanMs / MEMORY_MS)) / spanMs) * 1_000
}
