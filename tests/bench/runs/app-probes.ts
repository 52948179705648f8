import type { ElectronApplication, Page } from '@playwright/test'

/** How smooth the app was while a probe ran. */
export interface Smoothness {
  readonly framesPerSecond: number
  readonly longestFrameMs: number
  /** Tasks of the page of more than 50 ms, as its browser reports them. */
  readonly pageLongTasks: number
  /** The longest of them, or 0. */
  readonly longestTaskMs: number
  /** How much later than due a timer of the main process came, at the worst. */
  readonly mainLagMs: number
  /** Times it came more than 50 ms late. */
  readonly mainLongTasks: number
}

const LONG_TASK_MS = 50
const TIMER_MS = 10

/** Watches page and main process until the function it resolves with is called. */
export async function watchSmoothness(electron: ElectronApplication, page: Page): Promise<() => Promise<Smoothness>> {
  const main = await electron.evaluateHandle((_electron, timerMs) => {
    const lags: number[] = []
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      lags.push(now - last - timerMs)
      last = now
    }, timerMs)
    return {
      stop() {
        clearInterval(timer)
        return lags
      },
    }
  }, TIMER_MS)
  const drawn = await page.evaluateHandle(() => {
    const frames: number[] = []
    const longTasks: number[] = []
    const note = (entries: PerformanceEntryList): void => void longTasks.push(...entries.map(({ duration }) => duration))
    const observer = new PerformanceObserver((list) => note(list.getEntries()))
    observer.observe({ entryTypes: ['longtask'] })
    let last: number | null = null
    let isOn = true
    const step = (nowMs: number): void => {
      if (last !== null) frames.push(nowMs - last)
      last = nowMs
      if (isOn) requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
    return {
      stop() {
        isOn = false
        note(observer.takeRecords())
        observer.disconnect()
        return { frames, longTasks }
      },
    }
  })
  return async () => {
    const { frames, longTasks } = await drawn.evaluate((probe) => probe.stop())
    const lags = await main.evaluate((probe) => probe.stop())
    return {
      framesPerSecond: (frames.length / frames.reduce((sum, frame) => sum + frame, 0)) * 1_000,
      longestFrameMs: Math.max(...frames),
      pageLongTasks: longTasks.length,
      longestTaskMs: Math.max(0, ...longTasks),
      mainLagMs: Math.max(0, ...lags),
      mainLongTasks: lags.filter((lag) => lag > LONG_TASK_MS).length,
    }
  }
}

/** Resolves with the wall clock's time, in ms, when the counter of received messages shows `count`. */
export function whenReceived(page: Page, count: number, timeoutMs: number): Promise<number> {
  return page.evaluate(
    ([wanted, limitMs]) =>
      new Promise<number>((resolve, reject) => {
        const shown = (): number => Number(document.querySelector('[data-testid="messages-received"]')?.getAttribute('data-value'))
        const timer = setTimeout(() => finish(() => reject(new Error(`${shown()} messages shown of ${wanted}`))), limitMs)
        const observer = new MutationObserver(look)
        function finish(settle: () => void): void {
          clearTimeout(timer)
          observer.disconnect()
          settle()
        }
        function look(): void {
          const atMs = Date.now()
          const value = shown()
          if (value > wanted) finish(() => reject(new Error(`${value} messages shown, ${wanted} sent`)))
          if (value === wanted) finish(() => resolve(atMs))
        }
        observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-value'] })
        look()
      }),
    [count, timeoutMs] as const,
  )
}
