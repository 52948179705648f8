import { describe, expect, it } from 'vitest'
import { isMet, ratios, summarize } from '../../../bench/report/statistics'

describe('summarize', () => {
  it('finds the middle value, the least and the most, in whatever order', () => {
    expect(summarize([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9 })
    expect(summarize([10, 9, 1, 2])).toEqual({ median: 5.5, min: 1, max: 10 })
    expect(summarize([7])).toEqual({ median: 7, min: 7, max: 7 })
  })

  it('says nothing of nothing', () => {
    expect(() => summarize([])).toThrow('nothing was measured')
  })
})

describe('ratios', () => {
  it('compares what was measured in the same round', () => {
    expect(ratios([10, 30], [5, 10])).toEqual([2, 3])
    expect(() => ratios([10], [5, 10])).toThrow('other rounds')
  })
})

describe('isMet', () => {
  it('holds the median against the target, which is met when it is just reached', () => {
    expect(isMet({ values: [1, 5, 5], target: { kind: 'at-least', value: 5 } })).toBe(true)
    expect(isMet({ values: [4.9], target: { kind: 'at-least', value: 5 } })).toBe(false)
    expect(isMet({ values: [0], target: { kind: 'at-most', value: 0 } })).toBe(true)
    expect(isMet({ values: [50.1], target: { kind: 'at-most', value: 50 } })).toBe(false)
    expect(isMet({ values: [1], target: null })).toBeNull()
  })
})
