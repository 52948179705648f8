// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { useFrameRate } from '../../../../src-renderer/app/use-frame-rate'

const frames = new Map<number, FrameRequestCallback>()
let nowMs = 0
let lastId = 0
let longTask: (() => void) | undefined
let scope: EffectScope

/** Draws frames, `everyMs` apart, for so long. */
function draw(forMs: number, everyMs: number): void {
  for (const until = nowMs + forMs; nowMs < until; ) {
    nowMs += everyMs
    const due = [...frames.values()]
    frames.clear()
    for (const callback of due) callback(nowMs)
  }
}

function frameRate(busy = ref(false)) {
  const rate = scope.run(() => useFrameRate(busy))
  if (rate === undefined) throw new Error('no rate')
  return { rate, busy }
}

beforeEach(() => {
  nowMs = 0
  frames.clear()
  scope = effectScope()
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frames.set((lastId += 1), callback)
    return lastId
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(callback: () => void) {
        longTask = callback
      }
      observe(): void {}
      disconnect(): void {}
    },
  )
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
})
afterEach(() => {
  scope.stop()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('useFrameRate', () => {
  it('counts nothing while there is no load', () => {
    const { rate } = frameRate()
    expect(frames.size).toBe(0)
    expect(rate.value).toBeNull()
  })

  it('counts frames while busy, and stops with it', async () => {
    const { rate, busy } = frameRate(ref(true))
    draw(1_050, 20)
    expect(rate.value).toBe(50)
    draw(2_000, 100)
    expect(rate.value).toBe(10)
    busy.value = false
    await nextTick()
    draw(100, 20)
    expect([rate.value, frames.size]).toEqual([null, 0])
  })

  it('counts for some seconds after a long task', () => {
    const { rate } = frameRate()
    longTask?.()
    draw(1_050, 20)
    expect(rate.value).toBe(50)
    draw(5_000, 20)
    expect([rate.value, frames.size]).toEqual([null, 0])
  })

  it('says nothing of a hidden window, and goes on with a shown one', () => {
    const { rate } = frameRate(ref(true))
    draw(1_050, 20)
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    expect([rate.value, frames.size]).toEqual([null, 0])
    hidden.mockReturnValue(false)
    document.dispatchEvent(new Event('visibilitychange'))
    draw(1_050, 20)
    expect(rate.value).toBe(50)
  })
})
