/** How often a condition is looked at, and how long at the most when a test does not say. */
const POLL_MS = 10
const DEFAULT_TIMEOUT_MS = 5_000

export interface WaitOptions {
  timeoutMs?: number
  /** What is waited for, for the error: "the broker to listen". Called late, so that it can say how things stand. */
  what: string | (() => string)
}

/**
 * Resolves with the first value of `condition` that is not false, null or undefined; rejects when that takes too long.
 * The only timer the tests wait with: a test that sleeps is slow or flaky, most often both.
 */
export async function waitUntil<Value>(
  condition: () => Value | Promise<Value>,
  { timeoutMs = DEFAULT_TIMEOUT_MS, what }: WaitOptions,
): Promise<Exclude<Value, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value !== false && value !== null && value !== undefined) {
      return value as Exclude<Value, false | null | undefined>
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms in vain for ${typeof what === 'string' ? what : what()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
