import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { unpackFrame } from '@shared/views/frame-codec'
import type { TreeFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import { PacketLog } from '../../../../../src-main/engine/packet-log/packet-log'
import { ViewHost } from '../../../../../src-main/engine/views/view-host'
import { noPublishes } from '../../support/fake-session'
import { takeAll } from '../../support/incoming'

const TREE: SpecOf<'tree'> = { kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }

/** A host whose views take every frame at once. */
function setUp(...topics: string[]) {
  const ingest = new Ingest(1_000_000, [])
  const frames = new Map<number, TreeFrame>()
  const host = new ViewHost(ingest, noPublishes(), new PacketLog(), (viewId, bytes) => {
    frames.set(viewId, unpackFrame(bytes) as TreeFrame)
    host.acknowledge(viewId)
  })
  takeAll(ingest, topics)
  return {
    ingest,
    host,
    open: (viewId: number, spec: Partial<SpecOf<'tree'>> = {}) => {
      host.open(viewId, { ...TREE, ...spec })
      host.acknowledge(viewId)
    },
    nodeOf: (topic: string) => {
      const node = ingest.tree.find(topic)
      if (node === undefined) throw new Error(`${topic} is not there`)
      return node
    },
    rowsOf: (viewId: number) => frames.get(viewId)?.rows.map(({ topic }) => topic),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('opening and closing rows', () => {
  it.each(['name', 'messages', 'recency'] as const)('shows at once, sorted by %s', (sort) => {
    const { host, open, nodeOf, rowsOf } = setUp('a/b')
    open(1, { sort })
    expect(rowsOf(1)).toEqual(['a'])
    host.setExpanded(nodeOf('a'), true, false)
    expect(rowsOf(1)).toEqual(['a', 'a/b'])
    host.setExpanded(nodeOf('a'), false, false)
    expect(rowsOf(1)).toEqual(['a'])
  })

  it('is shared by the views without a filter', () => {
    const { host, open, nodeOf, rowsOf } = setUp('a/b')
    open(1)
    open(2, { sort: 'messages' })
    host.setExpanded(nodeOf('a'), true, false)
    expect(rowsOf(1)).toEqual(['a', 'a/b'])
    expect(rowsOf(2)).toEqual(['a', 'a/b'])
  })

  it('in filtered rows does not touch the tree', () => {
    const { host, ingest, open, nodeOf, rowsOf } = setUp('a/b', 'c/b')
    open(1, { filter: 'b' })
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'c', 'c/b'])
    host.setExpanded(nodeOf('a'), false, false)
    expect(rowsOf(1)).toEqual(['a', 'c', 'c/b'])
    host.setExpanded(ingest.tree.root, false, false)
    expect(rowsOf(1)).toEqual(['a', 'c'])
    host.setExpanded(ingest.tree.root, true, true)
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'c', 'c/b'])
    host.update(1, TREE)
    expect(rowsOf(1)).toEqual(['a', 'c'])
  })

  it('works without any view, for the next one', () => {
    const { host, open, nodeOf, rowsOf } = setUp('a/b')
    host.setExpanded(nodeOf('a'), true, false)
    open(1)
    expect(rowsOf(1)).toEqual(['a', 'a/b'])
  })
})

describe('reveal', () => {
  it('opens the way to a topic and says in which row it stands', () => {
    const { host, open, nodeOf, rowsOf } = setUp('a/b/c', 'a/x/y', 'd')
    open(1)
    expect(host.reveal(1, nodeOf('a/x/y'))).toBe(3)
    vi.advanceTimersByTime(50)
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'a/x', 'a/x/y', 'd'])
    expect(host.reveal(1, nodeOf('d'))).toBe(4)
  })

  it('opens the way in filtered rows, and nothing beside it', () => {
    const { host, ingest, open, nodeOf, rowsOf } = setUp('a/b', 'c/b')
    open(1, { filter: 'b' })
    host.setExpanded(ingest.tree.root, false, true)
    expect(host.reveal(1, nodeOf('c/b'))).toBe(2)
    vi.advanceTimersByTime(50)
    expect(rowsOf(1)).toEqual(['a', 'c', 'c/b'])
  })

  it('finds no row for what the filter leaves out, nor in a view that is no tree', () => {
    const { host, open, nodeOf } = setUp('a/b', 'c')
    open(1, { filter: 'b' })
    expect(host.reveal(1, nodeOf('c'))).toBeNull()
    host.open(2, { kind: 'statistics' })
    expect(host.reveal(2, nodeOf('c'))).toBeNull()
    expect(host.reveal(99, nodeOf('c'))).toBeNull()
  })
})

describe('a new topic', () => {
  it('reaches every filtered view', () => {
    const { ingest, open, rowsOf } = setUp('x')
    open(1, { filter: 'a' })
    open(2, { filter: '+/b' })
    takeAll(ingest, ['a/b', 'q'])
    vi.advanceTimersByTime(50)
    expect(rowsOf(1)).toEqual(['a', 'a/b'])
    expect(rowsOf(2)).toEqual(['a', 'a/b'])
  })
})
