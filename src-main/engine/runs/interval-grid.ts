/**
 * When rounds are due: at multiples of an interval from the start, by the clock, so that lateness of one does not move the
 * next. Times that pass before a round can begin are missed: they are counted, never made up for in a burst.
 */
export class IntervalGrid {
  #dueMs: number
  #missed = 0

  constructor(
    private readonly intervalMs: number,
    startMs: number,
  ) {
    this.#dueMs = startMs
  }

  get dueMs(): number {
    return this.#dueMs
  }

  get missed(): number {
    return this.#missed
  }

  /** A round begins at `nowMs`, which is not before it is due. */
  begin(nowMs: number): void {
    const late = Math.floor((nowMs - this.#dueMs) / this.intervalMs)
    this.#missed += late
    this.#dueMs += (late + 1) * this.intervalMs
  }

  /** What is past is not missed: the run was paused. The next round is due at once, or when it was, if that is later. */
  restart(nowMs: number): void {
    if (nowMs > this.#dueMs) this.#dueMs = nowMs
  }
}
