import { performance, type EventLoopUtilization } from 'node:perf_hooks'

const SPAN_MS = 1_000

/** How busy this thread is. A look at the event loop's own clock, once a second at the most: it costs nothing in between. */
export class ProcessorMeter {
  #since: EventLoopUtilization = performance.eventLoopUtilization()
  #sinceMs = performance.now()
  #percent: number | null = null

  /** Share of one processor over about the last second, 0 to 100; null before the first second, or where the loop keeps no clock. */
  percent(nowMs: number): number | null {
    if (nowMs - this.#sinceMs < SPAN_MS) return this.#percent
    const now = performance.eventLoopUtilization()
    const { idle, active, utilization } = performance.eventLoopUtilization(now, this.#since)
    this.#since = now
    this.#sinceMs = nowMs
    this.#percent = idle + active === 0 ? null : Math.min(100, utilization * 100)
    return this.#percent
  }
}
