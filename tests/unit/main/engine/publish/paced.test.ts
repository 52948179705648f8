import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Paced } from '../../../../../src-main/engine/publish/paced'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const told: number[] = []
  return { told, paced: new Paced<number>(50, (news) => told.push(news)) }
}

describe('Paced', () => {
  it('tells the newest of many, once an interval', () => {
    const { told, paced } = setUp()
    for (const news of [1, 2, 3]) paced.soon(news)
    expect(told).toEqual([])
    vi.advanceTimersByTime(50)
    expect(told).toEqual([3])
    paced.soon(4)
    vi.advanceTimersByTime(50)
    expect(told).toEqual([3, 4])
  })

  it('does not tell older news after newer', () => {
    const { told, paced } = setUp()
    paced.soon(1)
    paced.now(2)
    vi.advanceTimersByTime(100)
    expect(told).toEqual([2])
  })
})
