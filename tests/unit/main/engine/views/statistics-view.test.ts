import { describe, expect, it } from 'vitest'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { StatisticsView } from '../../../../../src-main/engine/views/statistics-view'
import { incoming, takeAll } from '../../support/incoming'

describe('StatisticsView', () => {
  it('counts everything, what was refused and let go too', () => {
    const ingest = new Ingest(600, [])
    const view = new StatisticsView(ingest, NOT_PAUSED)
    expect(view.frame()).toMatchObject({ messagesReceived: 0, bytesReceived: 0, topicsKnown: 0, logBytes: 0, oldestMessageAtMs: null })
    ingest.take(incoming('a', '12345'))
    takeAll(ingest, ['a', 'a/b', 'a', 'a', 'no/#'])
    expect(view.frame()).toEqual({
      kind: 'statistics',
      messagesReceived: 5,
      bytesReceived: 1 + 5 + 1 + 3 + 1 + 1,
      messagesPerSecond: 5,
      topicsKnown: 2,
      logBytes: ingest.log.bytes,
      logBudgetBytes: 600,
      evictedMessages: ingest.log.evicted,
      oldestMessageAtMs: ingest.log.oldestAtMs,
      refusedMessages: 1,
      messagesSincePause: 0,
    })
    expect(ingest.log.evicted).toBe(3)
  })

  it('goes on while paused, and counts what came since', () => {
    const ingest = new Ingest(1_000_000, [])
    const pause = { ...NOT_PAUSED }
    const view = new StatisticsView(ingest, pause)
    takeAll(ingest, ['a', 'b'])
    pause.sequence = ingest.log.sequence
    view.pauseChanged()
    expect(view.frame()).toMatchObject({ messagesReceived: 2, messagesSincePause: 0 })
    takeAll(ingest, ['a', 'c', 'no/+'])
    expect(view.frame()).toMatchObject({ messagesReceived: 4, messagesSincePause: 2, topicsKnown: 3 })
    pause.sequence = null
    view.pauseChanged()
    expect(view.frame()).toMatchObject({ messagesReceived: 4, messagesSincePause: 0 })
  })

  it('counts from the first message when paused before it', () => {
    const ingest = new Ingest(1_000_000, [])
    const view = new StatisticsView(ingest, { sequence: 0, topicsKnown: 0 })
    takeAll(ingest, ['a'])
    expect(view.frame().messagesSincePause).toBe(1)
  })

  it('takes no spec of another kind', () => {
    const view = new StatisticsView(new Ingest(0, []), NOT_PAUSED)
    expect(view.update({ kind: 'statistics' })).toBe(true)
    expect(view.update({ kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: 0 })).toBe(false)
  })
})
