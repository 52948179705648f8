import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { unpackFrame } from '@shared/views/frame-codec'
import type { TreeFrame, ViewFrame } from '@shared/views/view-frame'
import type { ViewSpec } from '@shared/views/view-spec'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import { TreeView } from '../../../../../src-main/engine/views/tree-view'
import { ViewHost } from '../../../../../src-main/engine/views/view-host'
import { incoming, takeAll } from '../../support/incoming'

const FRAME_MS = 50
const TREE: ViewSpec = { kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', filter: '' }
const topicSpec = (topic: string): ViewSpec => ({ kind: 'topic', topic, historyCount: 10 })

function setUp() {
  const ingest = new Ingest(1_000_000, [])
  const sent: { viewId: number; frame: ViewFrame }[] = []
  const host = new ViewHost(ingest, (viewId, bytes) => sent.push({ viewId, frame: unpackFrame(bytes) }))
  const nodeOf = (topic: string) => {
    const node = ingest.tree.find(topic)
    if (node === undefined) throw new Error(`${topic} is not there`)
    return node
  }
  return {
    ingest,
    host,
    sent,
    nodeOf,
    /** What was sent since this was last asked. */
    take: () => sent.splice(0),
    /** The topics of the rows of the last frame sent to a view. */
    rowsOf: (viewId: number) =>
      (sent.findLast((each) => each.viewId === viewId)?.frame as TreeFrame | undefined)?.rows.map(({ topic }) => topic),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('credit', () => {
  it('no frame goes out before the page asked for one', () => {
    const { host, ingest, sent } = setUp()
    host.open(1, TREE)
    takeAll(ingest, ['a'])
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(sent).toEqual([])
    host.acknowledge(1)
    expect(sent).toHaveLength(1)
  })

  it('one frame is under way at the most, and the next has all that came meanwhile', () => {
    const { host, ingest, take } = setUp()
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
    const { host, ingest, take } = setUp()
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
    const { host, ingest } = setUp()
    const frame = vi.spyOn(TreeView.prototype, 'frame')
    host.open(1, TREE)
    host.acknowledge(1)
    expect(frame).toHaveBeenCalledTimes(1)
    takeAll(ingest, ['a', 'b/c'])
    vi.advanceTimersByTime(100 * FRAME_MS)
    expect(frame).toHaveBeenCalledTimes(1)
  })

  it('views do not share credit', () => {
    const { host, ingest, take } = setUp()
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
    const { host, ingest, take } = setUp()
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
    const { host, ingest, take } = setUp()
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
    const { host, ingest, take } = setUp()
    takeAll(ingest, ['a', 'b'])
    host.open(1, TREE)
    host.acknowledge(1)
    host.update(1, { ...TREE, filter: 'b' })
    expect(take()).toHaveLength(1)
    host.acknowledge(1)
    expect(take()).toMatchObject([{ frame: { totalRows: 1 } }])
  })

  it('do not follow a spec of another kind', () => {
    const { host, take } = setUp()
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
    const { host, ingest, take } = setUp()
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
    const { host, sent, ingest, nodeOf } = setUp()
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

describe('pausing', () => {
  it('freezes all views at one moment and lets them go on at another, each told at once', () => {
    const { host, ingest, take } = setUp()
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
    const { host, ingest, rowsOf } = setUp()
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

  it('before the first message is a pause too', () => {
    const { host, ingest, rowsOf } = setUp()
    host.setPaused(true)
    host.open(1, TREE)
    ingest.take(incoming('a'))
    host.acknowledge(1)
    expect(rowsOf(1)).toEqual([])
  })
})
