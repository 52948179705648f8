const DAY_MS = 86_400_000
/** From then on a certificate should be renewed. */
const SOON_DAYS = 30

/** Whether a certificate is valid at a time, and how many whole days from the edge that matters. */
export interface Validity {
  readonly state: 'valid' | 'expiresSoon' | 'expired' | 'notYet'
  readonly days: number
}

/** What to say of a certificate's time at `nowMs`. */
export function validityOf(
  { validFromMs, validToMs }: { readonly validFromMs: number; readonly validToMs: number },
  nowMs: number,
): Validity {
  const days = (ms: number) => Math.floor(ms / DAY_MS)
  if (nowMs > validToMs) return { state: 'expired', days: days(nowMs - validToMs) }
  if (nowMs < validFromMs) return { state: 'notYet', days: days(validFromMs - nowMs) }
  const left = days(validToMs - nowMs)
  return { state: left < SOON_DAYS ? 'expiresSoon' : 'valid', days: left }
}
