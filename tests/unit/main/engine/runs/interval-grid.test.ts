import { describe, expect, it } from 'vitest'
import { IntervalGrid } from '../../../../../src-main/engine/runs/interval-grid'

describe('IntervalGrid', () => {
  it('is due at multiples of the interval, however late a round began', () => {
    const grid = new IntervalGrid(10, 1_000)
    const dues = [1_000.2, 1_017, 1_020.4, 1_039.9].map((atMs) => {
      grid.begin(atMs)
      return grid.dueMs
    })
    expect(dues).toEqual([1_010, 1_020, 1_030, 1_040])
    expect(grid.missed).toBe(0)
  })

  it('counts the times that passed before a round could begin, and makes none of them up', () => {
    const grid = new IntervalGrid(10, 0)
    grid.begin(0)
    grid.begin(45)
    expect([grid.missed, grid.dueMs]).toEqual([3, 50])
    grid.begin(50)
    expect([grid.missed, grid.dueMs]).toEqual([3, 60])
  })

  it('takes a pause for no lateness', () => {
    const grid = new IntervalGrid(10, 0)
    grid.begin(0)
    grid.restart(5)
    expect(grid.dueMs).toBe(10)
    grid.restart(1_003)
    grid.begin(1_003)
    expect([grid.missed, grid.dueMs]).toEqual([0, 1_013])
  })
})
