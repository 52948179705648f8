// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { rowForKey, rowIndexAt } from '../../../../src-renderer/ui/row-list'

describe('rowForKey', () => {
  it.each([
    ['ArrowDown', 51],
    ['ArrowUp', 49],
    ['PageDown', 60],
    ['PageUp', 40],
    ['Home', 0],
    ['End', 99],
    ['x', null],
  ])('goes with %s to %s', (key, row) => {
    expect(rowForKey(key, 50, 10, 100)).toBe(row)
  })
})

describe('rowIndexAt', () => {
  it('is that of the row around what was hit', () => {
    const list = document.createElement('div')
    list.innerHTML = '<div data-index="7"><span>hit</span></div>'
    const seen: (number | null)[] = []
    list.addEventListener('click', (event) => seen.push(rowIndexAt(event)))
    list.querySelector('span')?.click()
    list.click()
    expect(seen).toEqual([7, null])
  })
})
