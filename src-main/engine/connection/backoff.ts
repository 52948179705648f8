const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 30_000

/**
 * How long to wait before attempt number `attempt` + 1: 1 s doubled for each failure up to 30 s, of which a random half
 * is taken off ("equal jitter"), so that many clients do not come back in the same instant.
 */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceilingMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 30))
  return Math.round(ceilingMs / 2 + (random() * ceilingMs) / 2)
}
