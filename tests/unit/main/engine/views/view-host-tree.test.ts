import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ROOT } from '../../../../../src-main/engine/topics/node-id'
import { TREE } from '../../support/tree-view-bench'
import { ViewHostBench } from '../../support/view-host-bench'

/** A host whose views take every frame at once. */
function setUp(...topics: string[]) {
  const bench = new ViewHostBench(true)
  bench.takeAll(...topics)
  const { host } = bench
  return { bench, host, open: bench.openTree.bind(bench), nodeOf: bench.nodeOf.bind(bench), rowsOf: bench.rowsOf.bind(bench) }
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
    const { host, open, nodeOf, rowsOf } = setUp('a/b', 'c/b')
    open(1, { search: 'b' })
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'c', 'c/b'])
    host.setExpanded(nodeOf('a'), false, false)
    expect(rowsOf(1)).toEqual(['a', 'c', 'c/b'])
    host.setExpanded(ROOT, false, false)
    expect(rowsOf(1)).toEqual(['a', 'c'])
    host.setExpanded(ROOT, true, true)
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

describe('expanding to a depth', () => {
  it('is the tree\'s, or that of what was found', () => {
    const { host, open, nodeOf, rowsOf } = setUp('a/b/c/d', 'e/f')
    open(1)
    host.expandToDepth(ROOT, 2)
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'e', 'e/f'])
    host.expandToDepth(nodeOf('a'), 2)
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'a/b/c', 'e', 'e/f'])
    host.update(1, { ...TREE, search: 'd' })
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/d'])
    host.expandToDepth(ROOT, 1)
    expect(rowsOf(1)).toEqual(['a'])
    host.update(1, TREE)
    expect(rowsOf(1)).toEqual(['a', 'a/b', 'a/b/c', 'e', 'e/f'])
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
    const { host, open, nodeOf, rowsOf } = setUp('a/b', 'c/b')
    open(1, { search: 'b' })
    host.setExpanded(ROOT, false, true)
    expect(host.reveal(1, nodeOf('c/b'))).toBe(2)
    vi.advanceTimersByTime(50)
    expect(rowsOf(1)).toEqual(['a', 'c', 'c/b'])
  })

  it('finds no row for what the filter leaves out, nor in a view that is no tree', () => {
    const { host, open, nodeOf } = setUp('a/b', 'c')
    open(1, { search: 'b' })
    expect(host.reveal(1, nodeOf('c'))).toBeNull()
    host.open(2, { kind: 'statistics' })
    expect(host.reveal(2, nodeOf('c'))).toBeNull()
    expect(host.reveal(99, nodeOf('c'))).toBeNull()
  })
})

describe('a new topic', () => {
  it('reaches every filtered view', () => {
    const { bench, open, rowsOf } = setUp('x')
    open(1, { search: 'a' })
    open(2, { search: '+/b' })
    bench.takeAll('a/b', 'q')
    vi.advanceTimersByTime(50)
    expect(rowsOf(1)).toEqual(['a', 'a/b'])
    expect(rowsOf(2)).toEqual(['a', 'a/b'])
  })
})

describe('a forgotten topic', () => {
  it('leaves every view', () => {
    const { bench, open, nodeOf, rowsOf } = setUp('a/b', 'a/c')
    open(1, { search: 'b' })
    open(2)
    bench.ingest.tree.remove(nodeOf('a/b'))
    vi.advanceTimersByTime(50)
    expect(rowsOf(1)).toEqual([])
    bench.ingest.tree.remove(nodeOf('a/c'))
    vi.advanceTimersByTime(50)
    expect(rowsOf(2)).toEqual([])
  })
})

describe('a topic cleared by the last message there is', () => {
  it('goes all the same', () => {
    const { bench, open, rowsOf } = setUp('a', 'b')
    bench.ingest.forgetClearedTopics = true
    open(1)
    bench.take('a', '')
    vi.advanceTimersByTime(500)
    expect(rowsOf(1)).toEqual(['b'])
  })
})

describe('a long search', () => {
  const topics = Array.from({ length: 30_000 }, (_, index) => `t/${index}`)

  it('gives way to all else between its slices, and says so until it is through', () => {
    vi.useRealTimers()
    vi.useFakeTimers({ toFake: ['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'Date'] })
    const { bench, host, open } = setUp(...topics)
    // Each look at the clock finds that the slice is over.
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 10))
    open(1, { search: 'payload:m12345' })
    const searching = () => bench.sent.map(({ frame }) => frame.kind === 'tree' && frame.searching)
    expect(searching()).toEqual([true])
    for (let slices = 0; searching().at(-1) === true; slices += 1) {
      expect(slices).toBeLessThan(100)
      vi.advanceTimersToNextTimer()
    }
    expect(bench.rowsOf(1)).toEqual(['t', 't/12344'])
    host.closeAll()
    expect(vi.getTimerCount()).toBeLessThan(2)
    vi.restoreAllMocks()
  })

  it('shows what it found before counts are brought up to date, whoever ran its last slice', () => {
    vi.useRealTimers()
    // The slices are those of the host's look for changes alone.
    vi.useFakeTimers({ toFake: ['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'Date'] })
    const never = setImmediate(() => undefined)
    clearImmediate(never)
    vi.spyOn(globalThis, 'setImmediate').mockImplementation(() => never)
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 10))
    const { bench, host, open } = setUp(...topics)
    open(1)
    const shownAtFold: boolean[] = []
    host.update(1, { ...TREE, search: '12345' })
    const isShown = () => bench.sent.some(({ frame }) => frame.kind === 'tree' && frame.matches === 1 && !frame.searching)
    vi.spyOn(bench.ingest.tree, 'fold').mockImplementation(() => void shownAtFold.push(isShown()))
    expect(isShown()).toBe(false)
    for (let looks = 0; shownAtFold.length === 0; looks += 1) {
      expect(looks).toBeLessThan(100)
      vi.advanceTimersToNextTimer()
    }
    expect(shownAtFold).toEqual([true])
    host.closeAll()
    vi.restoreAllMocks()
  })
})
