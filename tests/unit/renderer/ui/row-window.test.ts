import { describe, expect, it } from 'vitest'
import { rowsBetween, windowAround } from '../../../../src-renderer/ui/row-window'

describe('rowsBetween', () => {
  it('are those in sight, the cut ones too', () => {
    expect(rowsBetween(13, 52, 26, 100)).toEqual({ first: 0, count: 3 })
    expect(rowsBetween(2_590, 100, 26, 100)).toEqual({ first: 99, count: 1 })
    expect(rowsBetween(0, 500, 26, 0)).toEqual({ first: 0, count: 0 })
  })
})

describe('windowAround', () => {
  it('holds what is in sight and as much on either side, and stays the same for small steps', () => {
    const here = windowAround({ first: 100, count: 30 }, 500)
    expect(here.first).toBeLessThanOrEqual(70)
    expect(here.first + here.count).toBeGreaterThanOrEqual(160)
    expect(windowAround({ first: 99, count: 30 }, 500)).toEqual(here)
  })

  it('never asks for more rows than allowed, and always for those in sight', () => {
    const { first, count } = windowAround({ first: 1_000, count: 480 }, 500)
    expect(count).toBeLessThanOrEqual(500)
    expect(first).toBeLessThanOrEqual(1_000)
  })
})
