import { describe, expect, it } from 'vitest'
import { ONCE } from '@shared/collections/run'
import { extentOf, FIRST_PLAN, optionsOf } from '../../../../../src-renderer/features/collections/run-plan'

describe('optionsOf', () => {
  it('needs only the numbers that count', () => {
    expect(optionsOf({ ...FIRST_PLAN, times: null, intervalMs: null })).toEqual(ONCE)
    expect(optionsOf({ ...FIRST_PLAN, repeat: 'forever', times: null })).toEqual({ pauseMs: 0, rounds: null, intervalMs: 1_000, roundPauseMs: 0 })
    expect(optionsOf({ ...FIRST_PLAN, repeat: 'times', times: null })).toBeNull()
    expect(optionsOf({ ...FIRST_PLAN, repeat: 'times', intervalMs: 9 })).toBeNull()
    expect(optionsOf({ ...FIRST_PLAN, pauseMs: Number.NaN })).toBeNull()
    const paused = { ...FIRST_PLAN, repeat: 'forever', between: 'pause' } as const
    expect(optionsOf({ ...paused, intervalMs: null })).toEqual({ pauseMs: 0, rounds: null, intervalMs: null, roundPauseMs: 1_000 })
    expect(optionsOf({ ...paused, roundPauseMs: 9 })).toBeNull()
    expect(optionsOf({ ...paused, roundPauseMs: null })).toBeNull()
    expect(optionsOf({ ...paused, repeat: 'times', roundPauseMs: 0 })).toMatchObject({ rounds: 10, roundPauseMs: 0 })
  })
})

describe('extentOf', () => {
  it('tells how many are sent, and how long that takes at the least', () => {
    const every = (intervalMs: number, more = {}) => ({ pauseMs: 0, rounds: 500, intervalMs, roundPauseMs: 0, ...more })
    expect(extentOf(every(10), [null], 1)).toEqual({ total: 500, leastMs: 4_990 })
    // A round that takes longer than the interval sets the pace.
    expect(extentOf(every(50, { pauseMs: 100, rounds: 2 }), [null, null], 3)).toEqual({ total: 12, leastMs: 1_000 })
    expect(extentOf(every(10, { rounds: null }), [null], 1)).toEqual({ total: null, leastMs: null })
  })

  it('reckons with pauses between rounds, and with those that messages have of their own', () => {
    const options = { pauseMs: 100, rounds: 3, intervalMs: null, roundPauseMs: 1_000 }
    expect(extentOf(options, [null, 5, null], 1)).toEqual({ total: 9, leastMs: 3 * 105 + 2 * 1_000 })
    // Of two rows; the last message's own pause outlasts that between rounds.
    expect(extentOf(options, [0, 2_000], 2)).toEqual({ total: 12, leastMs: 3 * 2_000 + 2 * 2_000 })
  })
})
