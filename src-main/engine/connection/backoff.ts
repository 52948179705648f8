const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 30_000

const FIRST_LOOK_MS = 60_000
const RAREST_LOOK_MS = 16 * 60_000

/**
 * How long to wait before attempt number `attempt` + 1: 1 s doubled for each failure up to 30 s, of which a random half
 * is taken off ("equal jitter"), so that many clients do not come back in the same instant.
 */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceilingMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 30))
  return Math.round(ceilingMs / 2 + (random() * ceilingMs) / 2)
}

/**
 * How long to wait before looking whether the preferred broker is back: 60 s give or take a quarter, so that many clients
 * do not go back in the same instant; doubled, up to 16 min, for each time it looked well but did not take us, as going
 * back in vain interrupts a connection that works.
 */
export function nextLookDelayMs(vainReturns: number, random: () => number = Math.random): number {
  const middleMs = Math.min(RAREST_LOOK_MS, FIRST_LOOK_MS * 2 ** Math.min(vainReturns, 30))
  return Math.round(middleMs * (0.75 + random() / 2))
}
