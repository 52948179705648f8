import { computed } from 'vue'
import { formatAge, useNow } from './format'

/**
 * How long ago things were, in words. A frozen list does not age (`paused`); `shown` is what changes whenever the list
 * gets newer values, null before it has any: those are newer than the last tick of the clock.
 */
export function useAges(paused: () => boolean, shown: () => unknown): (atMs: number | null) => string {
  const ticking = useNow(500)
  const nowMs = computed((before?: number) => {
    const tick = ticking.value
    if (paused() && before !== undefined) return before
    return shown() === null ? tick : Math.max(tick, Date.now())
  })
  return (atMs) => (atMs === null ? '' : formatAge(nowMs.value - atMs))
}
