import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ViewSpec } from '@shared/views/view-spec'
import { incoming, takeAll } from '../../support/incoming'
import { FRAME_MS, topicSpec, TREE, viewHostBench } from '../../support/view-host-bench'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('pausing', () => {
  it('freezes all views at one moment and lets them go on at another, each told at once', () => {
    const { host, ingest, take } = viewHostBench()
    takeAll(ingest, ['a'])
    const views: ViewSpec[] = [TREE, topicSpec('a'), { kind: 'statistics' }]
    views.forEach((spec, viewId) => {
      host.open(viewId, spec)
      host.acknowledge(viewId)
      host.acknowledge(viewId)
    })
    take()
    host.setPaused(true)
    expect(take()).toHaveLength(3)
    host.setPaused(true)
    expect(take()).toEqual([])
    views.forEach((_spec, viewId) => host.acknowledge(viewId))
    takeAll(ingest, ['a', 'b'])
    vi.advanceTimersByTime(FRAME_MS)
    expect(take()).toMatchObject([{ viewId: 2, frame: { messagesReceived: 3, messagesSincePause: 2 } }])
    host.acknowledge(2)
    host.setPaused(false)
    expect(take()).toMatchObject([
      { frame: { kind: 'tree', totalRows: 2, rows: [{ topic: 'a', messages: 2 }, { topic: 'b' }] } },
      { frame: { kind: 'topic', messages: 2 } },
      { frame: { messagesSincePause: 0 } },
    ])
  })

  it('holds for views opened meanwhile', () => {
    const { host, ingest, rowsOf } = viewHostBench()
    takeAll(ingest, ['a'])
    host.setPaused(true)
    takeAll(ingest, ['b'])
    host.open(1, TREE)
    host.open(2, { ...TREE, filter: '+' })
    host.acknowledge(1)
    host.acknowledge(2)
    expect(rowsOf(1)).toEqual(['a'])
    expect(rowsOf(2)).toEqual(['a'])
  })

  it('holds for a filter set meanwhile: what was no topic yet is not found', () => {
    const { host, ingest, take } = viewHostBench()
    takeAll(ingest, ['a/b'])
    host.open(1, TREE)
    host.acknowledge(1)
    host.setPaused(true)
    takeAll(ingest, ['a'])
    host.acknowledge(1)
    take()
    host.acknowledge(1)
    host.update(1, { ...TREE, filter: '+' })
    expect(take()).toMatchObject([{ frame: { rows: [], matches: 0 } }])
  })

  it('before the first message is a pause too', () => {
    const { host, ingest, rowsOf } = viewHostBench()
    host.setPaused(true)
    host.open(1, TREE)
    ingest.take(incoming('a'))
    host.acknowledge(1)
    expect(rowsOf(1)).toEqual([])
  })
})
