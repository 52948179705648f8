import { describe, expect, it } from 'vitest'
import { amountOf, formatAmount, SIZE_UNITS, TIME_UNITS, valueOf } from '../../../../src-renderer/ui/amount'

describe('an amount', () => {
  it.each([
    [0, { count: 0, unit: 's' }],
    [90, { count: 90, unit: 's' }],
    [120, { count: 2, unit: 'min' }],
    [3_600, { count: 1, unit: 'h' }],
    [172_800, { count: 2, unit: 'd' }],
    [null, { count: null, unit: 's' }],
  ])('of %j seconds is edited in the largest whole unit', (seconds, amount) => {
    expect(amountOf(seconds, TIME_UNITS)).toEqual(amount)
    expect(valueOf(amountOf(seconds, TIME_UNITS), TIME_UNITS)).toBe(seconds)
  })

  it('stays no number while it is none', () => {
    expect(valueOf({ count: Number.NaN, unit: 'MiB' }, SIZE_UNITS)).toBeNaN()
  })

  it('is read exactly', () => {
    expect([64 * 1_048_576, 20_000, 0].map((bytes) => formatAmount(bytes, SIZE_UNITS))).toEqual(['64 MiB', '20,000 B', '0 B'])
  })
})
