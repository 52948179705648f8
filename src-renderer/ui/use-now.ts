import { onScopeDispose, readonly, ref, type Ref } from 'vue'

interface Clock {
  readonly now: Ref<number>
  readonly timer: ReturnType<typeof setInterval>
  users: number
}

const clocks = new Map<number, Clock>()

/** The time, renewed every `intervalMs`. All users of one interval share one timer, which ends with the last of them. */
export function useNow(intervalMs: number): Readonly<Ref<number>> {
  let clock = clocks.get(intervalMs)
  if (clock === undefined) {
    const now = ref(Date.now())
    const tick = () => {
      // A hidden window has nobody to tick for.
      if (!document.hidden) now.value = Date.now()
    }
    clock = { now, timer: setInterval(tick, intervalMs), users: 0 }
    clocks.set(intervalMs, clock)
  }
  const mine = clock
  mine.now.value = Date.now()
  mine.users += 1
  onScopeDispose(() => {
    mine.users -= 1
    if (mine.users > 0) return
    clearInterval(mine.timer)
    clocks.delete(intervalMs)
  })
  return readonly(mine.now)
}
