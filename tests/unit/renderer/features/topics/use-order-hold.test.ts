// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useOrderHold, type OrderHold } from '../../../../../src-renderer/features/topics/use-order-hold'

let hold: OrderHold
const scope = effectScope()

beforeEach(() => {
  vi.useFakeTimers()
  hold = scope.run(useOrderHold) ?? expect.unreachable()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the order of the rows', () => {
  it('stands still while the pointer or a menu is among them', () => {
    expect(hold.held.value).toBe(false)
    hold.pointer(true)
    hold.menu(true)
    hold.pointer(false)
    expect(hold.held.value).toBe(true)
    hold.menu(false)
    expect(hold.held.value).toBe(false)
  })

  it('stands still for two seconds after each key, and no longer once the keyboard is elsewhere', () => {
    hold.keyboard(true)
    vi.advanceTimersByTime(1_500)
    hold.keyboard(true)
    vi.advanceTimersByTime(1_500)
    expect(hold.held.value).toBe(true)
    vi.advanceTimersByTime(600)
    expect(hold.held.value).toBe(false)
    hold.keyboard(true)
    hold.keyboard(false)
    expect(hold.held.value).toBe(false)
  })
})
