import { describe, expect, it } from 'vitest'
import { columnText, rateText, shownColumns } from '../../../../../src-renderer/features/topics/tree-columns'
import { treeRow } from '../../support/tree-row'

const ROW = treeRow('a', { messages: 1_284_220, messagesPerSecond: 12_480, bytes: 49_357 })

describe('the columns of the tree', () => {
  it('stand in one order, whatever the order they were chosen in', () => {
    expect(shownColumns(['age', 'size', 'rate'])).toEqual(['rate', 'size', 'age'])
    expect(shownColumns([])).toEqual([])
  })

  it('say numbers with their units', () => {
    expect(columnText('messages', ROW, '')).toBe('1,284,220')
    expect(columnText('rate', ROW, '')).toBe('12,480/s')
    expect(columnText('size', ROW, '')).toBe('48.2 kB')
    expect(columnText('age', ROW, '3 min')).toBe('3 min')
  })

  it.each([
    [0, ''],
    [0.04, ''],
    [0.05, '0.1/s'],
    [9.94, '9.9/s'],
    [120, '120/s'],
  ])('say nothing of a rate that is none: %d', (rate, text) => {
    expect(rateText(rate)).toBe(text)
  })
})
