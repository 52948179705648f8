/** Runs one job at a time; of those asked for meanwhile only the newest is run. */
export interface LatestOnly<Key> {
  ask(key: Key): void
  /** Forgets what waits, and the outcome of what runs. */
  forget(): void
}

/**
 * For work that is asked for more often than it can be done. Starts lie at least `pauseMs` apart, so that a fast topic
 * does not keep the page busy; the first is immediate. Every finished job tells `done`, unless it was forgotten.
 */
export function latestOnly<Key, Result>(
  run: (key: Key) => Promise<Result>,
  done: (key: Key, outcome: { ok: true; result: Result } | { ok: false; error: unknown }) => void,
  pauseMs: number,
): LatestOnly<Key> {
  let waiting: { key: Key } | null = null
  let running = false
  let generation = 0
  let startedAtMs = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  function startNext(): void {
    if (running || waiting === null) return
    clearTimeout(timer)
    const waitMs = startedAtMs + pauseMs - performance.now()
    if (waitMs > 0) {
      timer = setTimeout(startNext, waitMs)
      return
    }
    const { key } = waiting
    waiting = null
    running = true
    startedAtMs = performance.now()
    void finish(key, generation)
  }

  async function finish(key: Key, mine: number): Promise<void> {
    let outcome: Parameters<typeof done>[1]
    try {
      outcome = { ok: true, result: await run(key) }
    } catch (error) {
      outcome = { ok: false, error }
    }
    running = false
    if (mine === generation) done(key, outcome)
    startNext()
  }

  return {
    ask(key) {
      waiting = { key }
      startNext()
    },
    forget() {
      generation += 1
      waiting = null
      startedAtMs = Number.NEGATIVE_INFINITY
      clearTimeout(timer)
    },
  }
}
