import { describe, expect, it } from 'vitest'
import {
  placeAfterScroll,
  placeAt,
  rowsBetween,
  TALLEST_ELEMENT_PX,
  windowAround,
} from '../../../../src-renderer/ui/row-window'

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

describe('scrolling a list taller than an element may be', () => {
  const total = 100_000_000
  const viewport = 800

  it('reaches both ends', () => {
    const end = placeAt(Number.MAX_SAFE_INTEGER, total, viewport)
    expect(end).toEqual({ scrollTop: TALLEST_ELEMENT_PX - viewport, offsetPx: total - TALLEST_ELEMENT_PX })
    expect(placeAt(-5, total, viewport)).toEqual({ scrollTop: 0, offsetPx: 0 })
  })

  it('moves by the pixel for short ways and by proportion for long ones', () => {
    const middle = placeAt(total / 2, total, viewport)
    const near = placeAfterScroll(middle, middle.scrollTop + 100, total, viewport)
    expect(near.scrollTop + near.offsetPx - (middle.scrollTop + middle.offsetPx)).toBe(100)
    const far = placeAfterScroll(middle, 0, total, viewport)
    expect(far.scrollTop + far.offsetPx).toBe(0)
  })

  it('does not stop short of an end when it got there in small steps', () => {
    const before = { scrollTop: 40, offsetPx: 5_000 }
    const after = placeAfterScroll(before, 0, total, viewport)
    expect(after.scrollTop + after.offsetPx).toBeCloseTo(5_000, 0)
    expect(after.scrollTop).toBeGreaterThan(0)
  })

  it('is plain scrolling for a list that fits', () => {
    expect(placeAfterScroll({ scrollTop: 0, offsetPx: 0 }, 500, 10_000, viewport)).toEqual({ scrollTop: 500, offsetPx: 0 })
  })
})
