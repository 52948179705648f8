import { describe, expect, it } from 'vitest'
import { formatSpread, formatTarget, formatValue } from '../../../bench/report/format'

describe('formatValue', () => {
  it.each([
    [6_214_000, 'msg/s', '6.21 M msg/s'],
    [35_400_000, 'msg/s', '35.4 M msg/s'],
    [457_300, 'msg/s', '457 k msg/s'],
    [12.5, 'msg/s', '12.5 msg/s'],
    [0, 'msg/s', '0 msg/s'],
    [13.62, '×', '13.6 ×'],
    [0.4249, '×', '0.42 ×'],
    [182.4, 'B', '182 B'],
    [5_467, 'ms', '5467 ms'],
    [3, '', '3'],
    [2.5, '', '2.50'],
    [0, '', '0'],
  ] as const)('%d %s is %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text)
  })
})

describe('formatTarget', () => {
  it('has no more digits than were asked for', () => {
    expect(formatTarget({ kind: 'at-least', value: 5 }, '×')).toBe('≥ 5 ×')
    expect(formatTarget({ kind: 'at-least', value: 2e6 }, 'msg/s')).toBe('≥ 2 M msg/s')
    expect(formatTarget({ kind: 'at-most', value: 0.5 }, '×')).toBe('≤ 0.5 ×')
    expect(formatTarget({ kind: 'at-most', value: 0 }, '')).toBe('0')
    expect(formatTarget(null, 'ms')).toBe('')
  })
})

describe('formatSpread', () => {
  it('is empty for a single round', () => {
    const figure = { group: '', label: '', unit: 'ms', target: null, inReadme: false } as const
    expect(formatSpread({ ...figure, values: [20, 10] })).toBe('10 ms – 20 ms')
    expect(formatSpread({ ...figure, values: [20] })).toBe('')
  })
})
