import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ViewSpec } from '@shared/views/view-spec'
import { TREE } from '../../support/tree-view-bench'
import { FRAME_MS, topicSpec, ViewHostBench } from '../../support/view-host-bench'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('pausing', () => {
  it('freezes all views at one moment and lets them go on at another, each told at once', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    bench.takeAll('a')
    const views: ViewSpec[] = [TREE, topicSpec('a'), { kind: 'statistics' }]
    views.forEach((spec, viewId) => {
      host.open(viewId, spec)
      host.acknowledge(viewId)
      host.acknowledge(viewId)
    })
    bench.takeSent()
    host.setPaused(true)
    expect(bench.takeSent()).toHaveLength(3)
    host.setPaused(true)
    expect(bench.takeSent()).toEqual([])
    views.forEach((_spec, viewId) => host.acknowledge(viewId))
    bench.takeAll('a', 'b')
    vi.advanceTimersByTime(FRAME_MS)
    expect(bench.takeSent()).toMatchObject([{ viewId: 2, frame: { messagesReceived: 3, messagesSincePause: 2 } }])
    host.acknowledge(2)
    host.setPaused(false)
    expect(bench.takeSent()).toMatchObject([
      { frame: { kind: 'tree', totalRows: 2, rows: [{ topic: 'a', messages: 2 }, { topic: 'b' }] } },
      { frame: { kind: 'topic', messages: 2 } },
      { frame: { messagesSincePause: 0 } },
    ])
  })

  it('holds for views opened meanwhile', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    bench.takeAll('a')
    host.setPaused(true)
    bench.takeAll('b')
    host.open(1, TREE)
    host.open(2, { ...TREE, search: '+' })
    host.acknowledge(1)
    host.acknowledge(2)
    expect(bench.rowsOf(1)).toEqual(['a'])
    expect(bench.rowsOf(2)).toEqual(['a'])
  })

  it('holds for a filter set meanwhile: what was no topic yet is not found', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    bench.takeAll('a/b')
    host.open(1, TREE)
    host.acknowledge(1)
    host.setPaused(true)
    bench.takeAll('a')
    host.acknowledge(1)
    bench.takeSent()
    host.acknowledge(1)
    host.update(1, { ...TREE, search: '+' })
    expect(bench.takeSent()).toMatchObject([{ frame: { rows: [], matches: 0 } }])
  })

  it('before the first message is a pause too', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.setPaused(true)
    host.open(1, TREE)
    bench.takeAll('a')
    host.acknowledge(1)
    expect(bench.rowsOf(1)).toEqual([])
  })
})
