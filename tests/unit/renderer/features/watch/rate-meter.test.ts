import { describe, expect, it } from 'vitest'
import { RateMeter } from '../../../../../src-renderer/features/watch/rate-meter'

describe('RateMeter', () => {
  it('knows nothing from one count', () => {
    expect(new RateMeter().take(1_000, 50)).toBeNull()
  })

  it('tells what a count grows by a second', () => {
    const meter = new RateMeter()
    meter.take(0, 100)
    expect(meter.take(500, 110)).toBe(20)
    expect(meter.take(2_000, 120)).toBe(10)
  })

  it('looks back about five seconds', () => {
    const meter = new RateMeter()
    for (let second = 0; second <= 20; second += 1) meter.take(second * 1_000, second <= 10 ? second * 100 : 1_000)
    expect(meter.take(21_000, 1_000)).toBe(0)
  })

  it('starts anew when the count does', () => {
    const meter = new RateMeter()
    meter.take(0, 1_000)
    expect(meter.take(1_000, 5)).toBeNull()
    expect(meter.take(2_000, 7)).toBe(2)
  })
})
