import type { SearchJob } from '../search/search-job'
import type { NodeId } from '../topics/node-id'

/** A search whose results may change by themselves is run again this often, and for this share of the time at the most. */
const RERUN_INTERVAL_MS = 1_000
const RERUN_SHARE = 1 / 8

/** A search, and what its reader made of what it found. */
export interface Finding {
  readonly job: SearchJob
  /** What it found is open but for these nodes. */
  readonly closed: Set<NodeId>
}

/**
 * One search after the other. What the one before found stays until the next has found something, or is through, so that
 * nothing flashes; a search that is done is run again now and then if what it looks at may have changed.
 */
export class LatestSearch {
  #shown: Finding | null = null
  #coming: Finding | null = null
  #isRerunning = false
  #spentMs = 0
  #notBeforeMs = 0
  /** Grows whenever what is shown may have become something else. */
  version = 0

  /** `needsAll`: a search shows only when it is through. */
  constructor(private readonly needsAll: boolean) {}

  get shown(): Finding | null {
    return this.#shown
  }

  /** Whether what is asked for is not all there yet. */
  get isSearching(): boolean {
    return this.#coming !== null || (!this.#isRerunning && this.#shown?.job.done === false)
  }

  /** Whether {@link step} has something to do. */
  isBusy(nowMs: number): boolean {
    return this.isSearching || this.#isRerunning || this.#isRerunDue(nowMs)
  }

  /** Searches for something else, or for nothing, which takes effect at once. */
  start(job: SearchJob | null, closed = new Set<NodeId>()): void {
    this.#coming = job === null ? null : { job, closed }
    if (job !== null) return
    this.#shown = null
    this.#isRerunning = false
    this.version += 1
  }

  /** Goes on until `untilMs`, by the clock of `performance.now()`. `dateMs`: now, in milliseconds since 1970. */
  step(untilMs: number, dateMs: number): void {
    const startedAtMs = performance.now()
    if (this.#coming === null && this.#isRerunDue(startedAtMs)) {
      this.#shown?.job.rerun(dateMs)
      this.#isRerunning = true
      this.#spentMs = 0
    }
    const job = (this.#coming ?? this.#shown)?.job
    if (job === undefined) return
    const isDone = job.step(untilMs)
    const nowMs = performance.now()
    this.#spentMs += nowMs - startedAtMs
    if (isDone || !this.#isRerunning) this.version += 1
    if (this.#coming !== null && (isDone || (!this.needsAll && job.matches > 0))) {
      this.#shown = this.#coming
      this.#coming = null
      this.#isRerunning = false
    }
    if (!isDone) return
    this.#isRerunning = false
    this.#notBeforeMs = nowMs + Math.max(RERUN_INTERVAL_MS, this.#spentMs / RERUN_SHARE)
    this.#spentMs = 0
  }

  consider(topic: NodeId): void {
    this.#shown?.job.consider(topic)
    this.#coming?.job.consider(topic)
  }

  forget(node: NodeId): void {
    for (const finding of [this.#shown, this.#coming]) {
      finding?.job.forget(node)
      finding?.closed.delete(node)
    }
  }

  #isRerunDue(nowMs: number): boolean {
    return this.#shown?.job.isLive === true && this.#shown.job.done && nowMs >= this.#notBeforeMs
  }
}
