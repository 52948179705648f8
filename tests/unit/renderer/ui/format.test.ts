import { describe, expect, it } from 'vitest'
import { formatAge, formatBytes, formatClock, formatCount, formatRate } from '../../../../src-renderer/ui/format'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1,023 B'],
    [1_024, '1 kB'],
    [48.2 * 1_024, '48.2 kB'],
    // Rounded it would read "1,024 kB".
    [1_024 * 1_024 - 1, '1 MB'],
    [256 * 1_024 ** 2, '256 MB'],
    [5 * 1_024 ** 5, '5,120 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatAge', () => {
  it.each([
    [-50, 'now'],
    [99, 'now'],
    [400, '0.4 s'],
    [9_940, '9.9 s'],
    [9_960, '9 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [7_200_000, '2 h'],
    [5 * 86_400_000, '5 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text)
  })
})

describe('numbers', () => {
  it('separates thousands and keeps a decimal only of small rates', () => {
    expect(formatCount(1_284_220)).toBe('1,284,220')
    expect([0, 0.44, 9.96, 12_480.4].map(formatRate)).toEqual(['0', '0.4', '10', '12,480'])
  })

  it('writes the time of day to the millisecond', () => {
    expect(formatClock(new Date(2026, 10, 23, 4, 2, 51, 7).getTime())).toBe('04:02:51.007')
  })
})
