import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TreeView } from '../../../../../src-main/engine/views/tree-view'
import { takeAll } from '../../support/incoming'
import { FRAME_MS, topicSpec, TREE, viewHostBench } from '../../support/view-host-bench'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('credit', () => {
  it('no frame goes out before the page asked for one', () => {
    const { host, ingest, sent } = viewHostBench()
    host.open(1, TREE)
    takeAll(ingest, ['a'])
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(sent).toEqual([])
    host.acknowledge(1)
    expect(sent).toHaveLength(1)
  })

  it('one frame is under way at the most, and the next has all that came meanwhile', () => {
    const { host, ingest, take } = viewHostBench()
    host.open(1, topicSpec('a'))
    host.acknowledge(1)
    take()
    for (let count = 0; count < 20; count += 1) {
      takeAll(ingest, ['a'])
      vi.advanceTimersByTime(FRAME_MS)
    }
    expect(take()).toEqual([])
    host.acknowledge(1)
    expect(take()).toEqual([])
    vi.advanceTimersByTime(FRAME_MS)
    expect(take()).toMatchObject([{ viewId: 1, frame: { messages: 20 } }])
  })

  it('a page that acknowledges too much gains nothing', () => {
    const { host, ingest, take } = viewHostBench()
    host.open(1, topicSpec('a'))
    for (let count = 0; count < 5; count += 1) host.acknowledge(1)
    expect(take()).toHaveLength(1)
    takeAll(ingest, ['a'])
    vi.advanceTimersByTime(FRAME_MS)
    takeAll(ingest, ['a'])
    vi.advanceTimersByTime(FRAME_MS)
    expect(take()).toHaveLength(1)
  })

  it('a view without credit is not even looked at', () => {
    const { host, ingest } = viewHostBench()
    const frame = vi.spyOn(TreeView.prototype, 'frame')
    host.open(1, TREE)
    host.acknowledge(1)
    expect(frame).toHaveBeenCalledTimes(1)
    takeAll(ingest, ['a', 'b/c'])
    vi.advanceTimersByTime(100 * FRAME_MS)
    expect(frame).toHaveBeenCalledTimes(1)
  })

  it('views do not share credit', () => {
    const { host, ingest, take } = viewHostBench()
    host.open(1, topicSpec('a'))
    host.open(2, topicSpec('b'))
    host.acknowledge(2)
    takeAll(ingest, ['a', 'b'])
    vi.advanceTimersByTime(5 * FRAME_MS)
    expect(take().map(({ viewId }) => viewId)).toEqual([2])
  })
})

describe('frames', () => {
  it('go out at most every 50 ms, and only when something changed', () => {
    const { host, ingest, take } = viewHostBench()
    host.open(1, topicSpec('a'))
    host.acknowledge(1)
    take()
    host.acknowledge(1)
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(take()).toEqual([])
    takeAll(ingest, ['a', 'b', 'a'])
    expect(take()).toEqual([])
    vi.advanceTimersByTime(FRAME_MS)
    expect(take()).toHaveLength(1)
    host.acknowledge(1)
    takeAll(ingest, ['b'])
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(take()).toEqual([])
  })

  it('follow a changed spec at once, also when they show the same', () => {
    const { host, ingest, take } = viewHostBench()
    takeAll(ingest, ['a'])
    host.open(1, TREE)
    host.acknowledge(1)
    host.acknowledge(1)
    take()
    host.update(1, { ...TREE, filter: 'a' })
    expect(take()).toMatchObject([{ frame: { matches: 1 } }])
    host.acknowledge(1)
    host.update(1, { ...TREE, filter: 'a' })
    expect(take()).toHaveLength(1)
  })

  it('follow a changed spec as soon as there is credit', () => {
    const { host, ingest, take } = viewHostBench()
    takeAll(ingest, ['a', 'b'])
    host.open(1, TREE)
    host.acknowledge(1)
    host.update(1, { ...TREE, filter: 'b' })
    expect(take()).toHaveLength(1)
    host.acknowledge(1)
    expect(take()).toMatchObject([{ frame: { totalRows: 1 } }])
  })

  it('do not follow a spec of another kind', () => {
    const { host, take } = viewHostBench()
    host.open(1, TREE)
    host.acknowledge(1)
    host.acknowledge(1)
    take()
    host.update(1, topicSpec('a'))
    vi.advanceTimersByTime(FRAME_MS)
    expect(take()).toEqual([])
  })
})

describe('closing', () => {
  it('ends the frames of that view alone, and the timer with the last one', () => {
    const { host, ingest, take } = viewHostBench()
    host.open(1, topicSpec('a'))
    host.open(2, topicSpec('a'))
    for (const viewId of [1, 2, 1, 2]) host.acknowledge(viewId)
    take()
    host.close(1)
    takeAll(ingest, ['a'])
    vi.advanceTimersByTime(FRAME_MS)
    expect(take().map(({ viewId }) => viewId)).toEqual([2])
    expect(vi.getTimerCount()).toBe(1)
    host.close(2)
    expect(vi.getTimerCount()).toBe(0)
    host.open(3, topicSpec('a'))
    expect(vi.getTimerCount()).toBe(1)
    host.closeAll()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('makes every later word on the view mean nothing', () => {
    const { host, sent, ingest, nodeOf } = viewHostBench()
    takeAll(ingest, ['a'])
    host.open(1, TREE)
    host.close(1)
    host.close(1)
    host.acknowledge(1)
    host.update(1, TREE)
    expect(host.reveal(1, nodeOf('a'))).toBeNull()
    expect(sent).toEqual([])
  })
})
