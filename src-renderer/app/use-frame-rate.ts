import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** How long frames are counted for one figure. */
const SPAN_MS = 1_000
/** How long after a long task the page still counts as under load. */
const AFTER_LONG_TASK_MS = 5_000

/**
 * Frames a second that the page draws, counted only while `busy` or within some seconds of a long task (Chromium: 50 ms
 * and more); null otherwise, before the first second is over, and while the window is hidden.
 */
export function useFrameRate(busy: Readonly<Ref<boolean>>): Readonly<Ref<number | null>> {
  const framesPerSecond = shallowRef<number | null>(null)
  let request = 0
  let startedAtMs = 0
  let frames = 0
  let countUntilMs = 0

  function onFrame(nowMs: number): void {
    frames += 1
    const spanMs = nowMs - startedAtMs
    if (spanMs >= SPAN_MS) {
      framesPerSecond.value = Math.round((frames * 1_000) / spanMs)
      startedAtMs = nowMs
      frames = 0
    }
    if (busy.value || nowMs < countUntilMs) request = requestAnimationFrame(onFrame)
    else stop()
  }

  function start(): void {
    if (request !== 0 || document.hidden) return
    request = requestAnimationFrame((nowMs) => {
      startedAtMs = nowMs
      frames = 0
      request = requestAnimationFrame(onFrame)
    })
  }

  function stop(): void {
    cancelAnimationFrame(request)
    request = 0
    framesPerSecond.value = null
  }

  // A hidden window draws nothing, which says nothing of its speed.
  function onVisibility(): void {
    if (document.hidden) stop()
    else if (busy.value) start()
  }

  const longTasks = new PerformanceObserver(() => {
    countUntilMs = performance.now() + AFTER_LONG_TASK_MS
    start()
  })
  longTasks.observe({ entryTypes: ['longtask'] })
  watch(busy, (isBusy) => isBusy && start(), { immediate: true })
  document.addEventListener('visibilitychange', onVisibility)
  onScopeDispose(() => {
    longTasks.disconnect()
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  })
  return framesPerSecond
}
