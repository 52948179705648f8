import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TreeView } from '../../../../../src-main/engine/views/tree-view'
import { TREE } from '../../support/tree-view-bench'
import { FRAME_MS, topicSpec, ViewHostBench } from '../../support/view-host-bench'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('credit', () => {
  it('no frame goes out before the page asked for one', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, TREE)
    bench.takeAll('a')
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(bench.sent).toEqual([])
    host.acknowledge(1)
    expect(bench.sent).toHaveLength(1)
  })

  it('one frame is under way at the most, and the next has all that came meanwhile', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, topicSpec('a'))
    host.acknowledge(1)
    bench.takeSent()
    for (let count = 0; count < 20; count += 1) {
      bench.takeAll('a')
      vi.advanceTimersByTime(FRAME_MS)
    }
    expect(bench.takeSent()).toEqual([])
    host.acknowledge(1)
    expect(bench.takeSent()).toEqual([])
    vi.advanceTimersByTime(FRAME_MS)
    expect(bench.takeSent()).toMatchObject([{ viewId: 1, frame: { messages: 20 } }])
  })

  it('a page that acknowledges too much gains nothing', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, topicSpec('a'))
    for (let count = 0; count < 5; count += 1) host.acknowledge(1)
    expect(bench.takeSent()).toHaveLength(1)
    bench.takeAll('a')
    vi.advanceTimersByTime(FRAME_MS)
    bench.takeAll('a')
    vi.advanceTimersByTime(FRAME_MS)
    expect(bench.takeSent()).toHaveLength(1)
  })

  it('a view without credit is not even looked at', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    const frame = vi.spyOn(TreeView.prototype, 'frame')
    host.open(1, TREE)
    host.acknowledge(1)
    expect(frame).toHaveBeenCalledTimes(1)
    bench.takeAll('a', 'b/c')
    vi.advanceTimersByTime(100 * FRAME_MS)
    expect(frame).toHaveBeenCalledTimes(1)
  })

  it('views do not share credit', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, topicSpec('a'))
    host.open(2, topicSpec('b'))
    host.acknowledge(2)
    bench.takeAll('a', 'b')
    vi.advanceTimersByTime(5 * FRAME_MS)
    expect(bench.takeSent().map(({ viewId }) => viewId)).toEqual([2])
  })
})

describe('frames', () => {
  it('go out at most every 50 ms, and only when something changed', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, topicSpec('a'))
    host.acknowledge(1)
    bench.takeSent()
    host.acknowledge(1)
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(bench.takeSent()).toEqual([])
    bench.takeAll('a', 'b', 'a')
    expect(bench.takeSent()).toEqual([])
    vi.advanceTimersByTime(FRAME_MS)
    expect(bench.takeSent()).toHaveLength(1)
    host.acknowledge(1)
    // The counts may follow later.
    vi.advanceTimersByTime(2 * FRAME_MS)
    bench.takeSent()
    host.acknowledge(1)
    bench.takeAll('b')
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(bench.takeSent()).toEqual([])
  })

  it('that take long to make are made less often, but at once when something else is to be seen', () => {
    const bench = new ViewHostBench(true)
    const { host } = bench
    const frame = vi.spyOn(TreeView.prototype, 'frame').mockImplementation(() => {
      slow += 200
      return { kind: 'tree', firstRow: 0, totalRows: frame.mock.calls.length, rows: [], matches: null, searching: false, hiddenTopics: 0 }
    })
    let slow = 0
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() + slow)
    bench.openTree(1)
    vi.advanceTimersByTime(400)
    expect(frame).toHaveBeenCalledTimes(1)
    host.update(1, { ...TREE, search: 'a' })
    expect(frame).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(800)
    expect(frame.mock.calls.length).toBeGreaterThan(2)
  })

  it('follow a changed spec at once, also when they show the same', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    bench.takeAll('a')
    host.open(1, TREE)
    host.acknowledge(1)
    host.acknowledge(1)
    bench.takeSent()
    host.update(1, { ...TREE, search: 'a' })
    expect(bench.takeSent()).toMatchObject([{ frame: { matches: 1 } }])
    host.acknowledge(1)
    host.update(1, { ...TREE, search: 'a' })
    expect(bench.takeSent()).toHaveLength(1)
  })

  it('follow a changed spec as soon as there is credit', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    bench.takeAll('a', 'b')
    host.open(1, TREE)
    host.acknowledge(1)
    host.update(1, { ...TREE, search: 'b' })
    expect(bench.takeSent()).toHaveLength(1)
    host.acknowledge(1)
    expect(bench.takeSent()).toMatchObject([{ frame: { totalRows: 1 } }])
  })

  it('do not follow a spec of another kind', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, TREE)
    host.acknowledge(1)
    host.acknowledge(1)
    bench.takeSent()
    host.update(1, topicSpec('a'))
    vi.advanceTimersByTime(FRAME_MS)
    expect(bench.takeSent()).toEqual([])
  })
})

describe('counts', () => {
  it('are brought up to date at most every 100 ms, and only while somebody looks', () => {
    const bench = new ViewHostBench(true)
    const fold = vi.spyOn(bench.ingest.tree, 'fold')
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(fold).not.toHaveBeenCalled()
    bench.openTree(1)
    bench.openTree(2)
    vi.advanceTimersByTime(20 * FRAME_MS)
    expect(fold.mock.calls.length).toBeGreaterThanOrEqual(10)
    expect(fold.mock.calls.length).toBeLessThanOrEqual(11)
  })

  it('take a tenth of the time at the most', () => {
    const bench = new ViewHostBench(true)
    const fold = vi.spyOn(bench.ingest.tree, 'fold').mockImplementation(() => void (nowMs += 40))
    let nowMs = 1_000
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
    bench.openTree(1)
    const foldedAtMs = nowMs
    while (fold.mock.calls.length < 2) {
      nowMs += FRAME_MS
      vi.advanceTimersByTime(FRAME_MS)
    }
    expect(nowMs - foldedAtMs).toBeGreaterThanOrEqual(360)
  })
})

describe('closing', () => {
  it('ends the frames of that view alone, and the timer with the last one', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    host.open(1, topicSpec('a'))
    host.open(2, topicSpec('a'))
    for (const viewId of [1, 2, 1, 2]) host.acknowledge(viewId)
    bench.takeSent()
    host.close(1)
    bench.takeAll('a')
    vi.advanceTimersByTime(FRAME_MS)
    expect(bench.takeSent().map(({ viewId }) => viewId)).toEqual([2])
    expect(vi.getTimerCount()).toBe(1)
    host.close(2)
    expect(vi.getTimerCount()).toBe(0)
    host.open(3, topicSpec('a'))
    expect(vi.getTimerCount()).toBe(1)
    host.closeAll()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('makes every later word on the view mean nothing', () => {
    const bench = new ViewHostBench()
    const { host } = bench
    bench.takeAll('a')
    host.open(1, TREE)
    host.close(1)
    host.close(1)
    host.acknowledge(1)
    host.update(1, TREE)
    expect(host.reveal(1, bench.nodeOf('a'))).toBeNull()
    expect(bench.sent).toEqual([])
  })
})
