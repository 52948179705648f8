import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextLookDelayMs, reconnectDelayMs } from '../../../../../src-main/engine/connection/backoff'

const attempts = fc.integer({ min: 1, max: 100_000 })
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('reconnectDelayMs', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [5, 8_000, 16_000],
    [6, 15_000, 30_000],
    [1_000, 15_000, 30_000],
  ])('after %i failures lies between %i and %i ms', (attempt, least, most) => {
    expect(reconnectDelayMs(attempt, () => 0)).toBe(least)
    expect(reconnectDelayMs(attempt, () => 1)).toBe(most)
  })

  it('never leaves half a second to half a minute, and is whole milliseconds', () => {
    fc.assert(
      fc.property(attempts, chance, (attempt, random) => {
        const delayMs = reconnectDelayMs(attempt, () => random)
        expect(delayMs).toBeGreaterThanOrEqual(500)
        expect(delayMs).toBeLessThanOrEqual(30_000)
        expect(Number.isInteger(delayMs)).toBe(true)
      }),
    )
  })

  it('grows with the failures, luck being equal', () => {
    fc.assert(
      fc.property(attempts, chance, (attempt, random) => {
        expect(reconnectDelayMs(attempt + 1, () => random)).toBeGreaterThanOrEqual(reconnectDelayMs(attempt, () => random))
      }),
    )
  })

  it('differs from client to client', () => {
    const delays = new Set(Array.from({ length: 50 }, () => reconnectDelayMs(10)))
    expect(delays.size).toBeGreaterThan(10)
  })
})

describe('nextLookDelayMs', () => {
  it.each([
    [0, 45_000, 75_000],
    [1, 90_000, 150_000],
    [4, 720_000, 1_200_000],
    [100_000, 720_000, 1_200_000],
  ])('after %i returns in vain: from %i to %i ms', (vainReturns, leastMs, mostMs) => {
    expect(nextLookDelayMs(vainReturns, () => 0)).toBe(leastMs)
    expect(nextLookDelayMs(vainReturns, () => 1)).toBe(mostMs)
  })
})
