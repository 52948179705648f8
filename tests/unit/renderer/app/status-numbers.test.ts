import { describe, expect, it } from 'vitest'
import type { StatisticsFrame } from '@shared/views/view-frame'
import { statusNumbers } from '../../../../src-renderer/app/status-numbers'

const STATISTICS: StatisticsFrame = {
  kind: 'statistics',
  messagesReceived: 1_284_220,
  bytesReceived: 1_048_576,
  messagesPerSecond: 12_480,
  bytesPerSecond: 2_097_152,
  engineCpuPercent: null,
  topicsKnown: 48_112,
  topicsForgotten: 0,
  logBytes: 190_840_832,
  logBudgetBytes: 268_435_456,
  evictedMessages: 0,
  oldestMessageAtMs: null,
  refusedMessages: 0,
  messagesSincePause: 0,
}

const read = (more: Partial<StatisticsFrame>, framesPerSecond: number | null = null) =>
  Object.fromEntries(statusNumbers({ ...STATISTICS, ...more }, framesPerSecond, 1_000_000).map((number) => [number.id, number]))

describe('the numbers of the status bar', () => {
  it('say what came in, what is kept and that nothing was dropped', () => {
    const numbers = read({})
    expect(Object.fromEntries(Object.entries(numbers).map(([id, { value }]) => [id, value]))).toEqual({
      'messages-per-second': '12,480',
      'messages-received': '1,284,220',
      'topics-known': '48,112',
      dropped: '0',
      log: '182 MB / 256 MB',
      'bytes-per-second': '2 MB',
      'bytes-received': '1 MB',
    })
    expect(Object.values(numbers).filter(({ warn }) => warn)).toEqual([])
  })

  it('leave out what is not known or has not happened', () => {
    const numbers = read({ engineCpuPercent: 8.4, evictedMessages: 5, oldestMessageAtMs: 940_000, topicsForgotten: 2 }, 60)
    expect(numbers).toMatchObject({
      'engine-cpu': { value: '8.4 %' },
      evicted: { value: '5' },
      oldest: { value: '1 min' },
      forgotten: { value: '2', count: 2 },
      'frames-per-second': { value: '60', warn: false },
    })
  })

  it('warn of messages that were not taken in, and of a page that draws too slowly', () => {
    expect(read({ refusedMessages: 3 })['dropped']).toMatchObject({ value: '3', warn: true })
    expect(read({}, 55)['frames-per-second']?.warn).toBe(false)
    expect(read({}, 54)['frames-per-second']?.warn).toBe(true)
  })
})
