import { describe, expect, it } from 'vitest'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { StatisticsView } from '../../../../../src-main/engine/views/statistics-view'
import { Received } from '../../support/received'

describe('StatisticsView', () => {
  it('counts everything, what was refused, let go and forgotten too', () => {
    const received = new Received(200_000)
    const { ingest } = received
    const view = new StatisticsView(ingest, NOT_PAUSED)
    expect(view.frame()).toMatchObject({ messagesReceived: 0, bytesReceived: 0, topicsKnown: 0, topicsForgotten: 0, oldestMessageAtMs: null })
    for (let count = 0; count < 20; count += 1) received.take('a/b', Buffer.alloc(30_000))
    received.take('c')
    received.take('no/#')
    ingest.tree.remove(received.nodeOf('c'))
    const { messagesPerSecond, bytesPerSecond, engineCpuPercent, ...counts } = view.frame()
    expect(counts).toEqual({
      kind: 'statistics',
      messagesReceived: 21,
      bytesReceived: 20 * 30_003 + 1,
      topicsKnown: 1,
      topicsForgotten: 1,
      logBytes: ingest.log.bytes,
      logBudgetBytes: 200_000,
      evictedMessages: ingest.log.evicted,
      oldestMessageAtMs: ingest.log.oldestAtMs,
      refusedMessages: 1,
      messagesSincePause: 0,
    })
    expect(ingest.log.evicted).toBeGreaterThan(10)
    expect(messagesPerSecond).toBeGreaterThan(0)
    expect(bytesPerSecond).toBeGreaterThanOrEqual(30_003)
    expect(engineCpuPercent ?? 0).toBeGreaterThanOrEqual(0)
  })

  it('goes on while paused, and counts what came since', () => {
    const received = new Received()
    const pause = { ...NOT_PAUSED }
    const view = new StatisticsView(received.ingest, pause)
    received.takeAll('a', 'b')
    pause.sequence = received.ingest.log.sequence
    view.pauseChanged()
    expect(view.frame()).toMatchObject({ messagesReceived: 2, messagesSincePause: 0 })
    received.takeAll('a', 'c', 'no/+')
    expect(view.frame()).toMatchObject({ messagesReceived: 4, messagesSincePause: 2, topicsKnown: 3 })
    pause.sequence = null
    view.pauseChanged()
    expect(view.frame()).toMatchObject({ messagesReceived: 4, messagesSincePause: 0 })
  })

  it('counts from the first message when paused before it', () => {
    const received = new Received()
    const view = new StatisticsView(received.ingest, { sequence: 0, idLimit: 1, atMs: 0 })
    received.takeAll('a')
    expect(view.frame().messagesSincePause).toBe(1)
  })

  it('takes no spec of another kind', () => {
    const view = new StatisticsView(new Received().ingest, NOT_PAUSED)
    expect(view.update({ kind: 'statistics' })).toBe(true)
    expect(view.update({ kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: 0 })).toBe(false)
  })
})
