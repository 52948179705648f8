// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, watch, type EffectScope } from 'vue'
import { useFlash } from '../../../../../src-renderer/features/topics/use-flash'

let scope: EffectScope
let flash: ReturnType<typeof useFlash>
let changes: string[]

beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
  changes = []
  scope.run(() => {
    flash = useFlash()
    watch(flash.state, (state) => changes.push(state), { flush: 'sync' })
  })
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('the light of a row', () => {
  it('is off until something changes, then on for a moment, then fading', () => {
    expect(flash.state.value).toBe('')
    flash.strike()
    expect(flash.state.value).toBe('lit')
    vi.advanceTimersByTime(299)
    expect(flash.state.value).toBe('lit')
    vi.advanceTimersByTime(1)
    expect(flash.state.value).toBe('fading')
  })

  it('stands still while changes keep coming, and goes out after the last', () => {
    for (let change = 0; change < 100; change += 1) {
      flash.strike()
      vi.advanceTimersByTime(100)
    }
    expect(changes).toEqual(['lit'])
    vi.advanceTimersByTime(200)
    expect(changes).toEqual(['lit', 'fading'])
    flash.strike()
    vi.advanceTimersByTime(300)
    expect(changes).toEqual(['lit', 'fading', 'lit', 'fading'])
  })

  it('waits for nothing once its row is gone', () => {
    flash.strike()
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
