import { describe, expect, it } from 'vitest'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { StatisticsView } from '../../../../../src-main/engine/views/statistics-view'
import { Received } from '../../support/received'

describe('StatisticsView', () => {
  it('counts everything, what was refused and forgotten too', () => {
    const received = new Received({ forgetClearedTopics: true })
    const { ingest } = received
    const view = new StatisticsView(ingest, NOT_PAUSED)
    expect(view.frame()).toMatchObject({ messagesReceived: 0, bytesReceived: 0, topicsKnown: 0, oldestMessageAtMs: null })
    received.take('a', '12345')
    received.takeAll('a', 'a/b', 'a', 'no/#')
    received.take('a/b', '')
    ingest.tidy(performance.now() + 1_000)
    expect(view.frame()).toEqual({
      kind: 'statistics',
      messagesReceived: 5,
      bytesReceived: 6 + 3 + 5 + 3 + 3,
      messagesPerSecond: 5,
      bytesPerSecond: 20,
      engineCpuPercent: null,
      topicsKnown: 1,
      topicsForgotten: 1,
      logBytes: ingest.log.bytes,
      logBudgetBytes: 1_000_000,
      evictedMessages: 0,
      oldestMessageAtMs: ingest.log.oldestAtMs,
      refusedMessages: 1,
      messagesSincePause: 0,
    })
  })

  it('says what was let go', () => {
    const received = new Received({ logBudgetBytes: 500_000 })
    for (let count = 0; count < 2_000; count += 1) received.take('a', 'x'.repeat(1_000))
    const { evictedMessages, logBytes, oldestMessageAtMs } = new StatisticsView(received.ingest, NOT_PAUSED).frame()
    expect(evictedMessages).toBeGreaterThan(1_000)
    expect(logBytes).toBeLessThan(500_000)
    expect(oldestMessageAtMs).not.toBeNull()
  })

  it('goes on while paused, and counts what came since', () => {
    const received = new Received()
    const { ingest } = received
    const pause = { ...NOT_PAUSED }
    const view = new StatisticsView(ingest, pause)
    received.takeAll('a', 'b')
    Object.assign(pause, { sequence: ingest.log.sequence, idLimit: ingest.tree.idLimit, atMs: 0 })
    view.pauseChanged()
    expect(view.frame()).toMatchObject({ messagesReceived: 2, messagesSincePause: 0 })
    received.takeAll('a', 'c', 'no/+')
    expect(view.frame()).toMatchObject({ messagesReceived: 4, messagesSincePause: 2, topicsKnown: 3 })
    Object.assign(pause, NOT_PAUSED)
    view.pauseChanged()
    expect(view.frame()).toMatchObject({ messagesReceived: 4, messagesSincePause: 0 })
  })

  it('takes no spec of another kind', () => {
    const view = new StatisticsView(new Received().ingest, NOT_PAUSED)
    expect(view.update({ kind: 'statistics' })).toBe(true)
    expect(view.update({ kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: 0 })).toBe(false)
  })
})
