import { describe, expect, it } from 'vitest'
import { ONCE } from '@shared/collections/run'
import { extentOf, FIRST_PLAN, optionsOf } from '../../../../../src-renderer/features/collections/run-plan'

describe('optionsOf', () => {
  it('needs only the numbers that count', () => {
    expect(optionsOf({ ...FIRST_PLAN, times: null, intervalMs: null })).toEqual(ONCE)
    expect(optionsOf({ ...FIRST_PLAN, repeat: 'forever', times: null })).toEqual({ pauseMs: 0, rounds: null, intervalMs: 1_000 })
    expect(optionsOf({ ...FIRST_PLAN, repeat: 'times', times: null })).toBeNull()
    expect(optionsOf({ ...FIRST_PLAN, repeat: 'times', intervalMs: 9 })).toBeNull()
    expect(optionsOf({ ...FIRST_PLAN, pauseMs: Number.NaN })).toBeNull()
  })
})

describe('extentOf', () => {
  it('tells how many are sent, and how long that takes at the least', () => {
    expect(extentOf({ pauseMs: 0, rounds: 500, intervalMs: 10 }, 1, 1)).toEqual({ total: 500, leastMs: 4_990 })
    // A round that takes longer than the interval sets the pace.
    expect(extentOf({ pauseMs: 100, rounds: 2, intervalMs: 50 }, 2, 3)).toEqual({ total: 12, leastMs: 1_000 })
    expect(extentOf({ pauseMs: 0, rounds: null, intervalMs: 10 }, 1, 1)).toEqual({ total: null, leastMs: null })
  })
})
