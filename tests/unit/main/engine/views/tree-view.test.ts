import { describe, expect, it } from 'vitest'
import { TreeViewBench } from '../../support/tree-view-bench'

describe('a row of TreeView', () => {
  it('says all there is to know of its topic', () => {
    const bench = new TreeViewBench()
    bench.take('a', 'one')
    bench.take('a/b', '{"x":1}', { retain: true })
    bench.take('c/d', Uint8Array.of(0xff, 0))
    bench.take('e', '')
    bench.expandAll()
    const { rows } = bench.frame()
    const base = { position: 1, siblings: 1, expanded: null, retain: false, messages: 1, subtopics: 0 }
    const always = { lastMessageAtMs: expect.closeTo(Date.now(), -4) as number, messagesPerSecond: expect.any(Number) as number }
    const branch = { expanded: true, subtopics: 1, siblings: 3 }
    expect(rows).toEqual([
      { ...base, ...always, ...branch, topic: 'a', name: 'a', level: 1, previewKind: 'text', preview: 'one', messages: 2, bytes: 4 + 10, lastSequence: 2 },
      { ...base, ...always, topic: 'a/b', name: 'b', level: 2, previewKind: 'json', preview: '{"x":1}', retain: true, bytes: 10, lastSequence: 2 },
      { ...base, ...always, ...branch, topic: 'c', name: 'c', level: 1, position: 2, previewKind: 'none', preview: '', bytes: 5, lastSequence: 3 },
      { ...base, ...always, topic: 'c/d', name: 'd', level: 2, previewKind: 'binary', preview: 'ff 00', bytes: 5, lastSequence: 3 },
      { ...base, ...always, topic: 'e', name: 'e', level: 1, position: 3, siblings: 3, previewKind: 'empty', preview: '', bytes: 1, lastSequence: 4 },
    ])
  })

  it('shows the newest value and its flag', () => {
    const bench = new TreeViewBench()
    bench.take('a', 'kept', { retain: true })
    bench.take('a', 'live')
    expect(bench.frame().rows[0]).toMatchObject({ preview: 'live', retain: false, messages: 2 })
  })
})

describe('the window of TreeView', () => {
  const topics = Array.from({ length: 10 }, (_, index) => `t${index}`)

  it.each([
    ['the start', 0, 3, 0, ['t0', 't1', 't2']],
    ['the middle', 4, 2, 4, ['t4', 't5']],
    ['the last rows when it begins after them', 9, 4, 6, ['t6', 't7', 't8', 't9']],
    ['the last rows when it is far beyond', 1_000_000, 2, 8, ['t8', 't9']],
    ['all rows when it is larger', 3, 500, 0, topics],
    ['nothing when it has no size', 5, 0, 5, []],
  ])('shows %s', (_what, firstRow, rowCount, shownFrom, expected) => {
    const bench = new TreeViewBench({ firstRow, rowCount })
    bench.takeAll(...topics)
    const frame = bench.frame()
    expect(frame).toMatchObject({ firstRow: shownFrom, totalRows: 10 })
    expect(frame.rows.map(({ topic }) => topic)).toEqual(expected)
  })

  it('is empty before the first message', () => {
    expect(new TreeViewBench({ firstRow: 7 }).frame()).toEqual({
      kind: 'tree',
      firstRow: 0,
      totalRows: 0,
      rows: [],
      matches: null,
      searching: false,
      hiddenTopics: 0,
    })
  })

  it('reaches the end of the deepest topic there can be', () => {
    const bench = new TreeViewBench({ firstRow: 1_000_000, rowCount: 2 })
    bench.takeAll('x/'.repeat(30_000).slice(0, -1))
    bench.expandAll()
    expect(bench.frame().rows.map(({ level }) => level)).toEqual([29_999, 30_000])
    bench.update({ sort: 'recency', search: 'x' })
    expect(bench.frame()).toMatchObject({ totalRows: 30_000, matches: 1 })
    bench.setExpanded(null, false, true)
    expect(bench.frame()).toMatchObject({ totalRows: 1, rows: [{ level: 1, expanded: false, subtopics: 1 }] })
  })
})

describe('TreeView', () => {
  it('sorts names as people do, with the topics of the broker last on the top level', () => {
    const bench = new TreeViewBench()
    bench.takeAll('room-10', '$SYS', 'room-2', 'room-02', 'Room-2', 'a', 'Z', '$', 'é', 'f', 'x/b', 'x/$a')
    bench.expandAll()
    expect(bench.topics()).toEqual(['a', 'é', 'f', 'room-02', 'room-2', 'Room-2', 'room-10', 'x', 'x/$a', 'x/b', 'Z', '$', '$SYS'])
  })

  it('says in which row a node stands, in the present order', () => {
    const bench = new TreeViewBench({ sort: 'messages', rowCount: 1 })
    bench.takeAll('a/x', 'b', 'c', 'c')
    bench.setExpanded('a', true)
    const rowsOf = (...topics: string[]) => {
      bench.frame()
      return topics.map((topic) => bench.view.rowOf(bench.nodeOf(topic), performance.now()))
    }
    expect(rowsOf('c', 'a', 'a/x', 'b')).toEqual([0, 1, 2, 3])
    bench.takeAll('b', 'b')
    expect(rowsOf('b', 'c', 'a', 'a/x')).toEqual([0, 1, 2, 3])
    bench.setExpanded('a', false)
    expect(rowsOf('a/x')).toEqual([null])
    bench.update({ search: 'x' })
    expect(rowsOf('a/x', 'b')).toEqual([1, null])
  })

  it('takes no spec of another kind', () => {
    const bench = new TreeViewBench()
    bench.takeAll('a')
    expect(bench.view.update({ kind: 'statistics' })).toBe(false)
    expect(bench.topics()).toEqual(['a'])
  })
})

describe('when rows are laid out', () => {
  const orderAt = (bench: TreeViewBench, nowMs: number): string[] => {
    bench.ingest.tree.fold(Date.now())
    return bench.view.frame(nowMs).rows.map(({ topic }) => topic)
  }

  it('by name: when the tree changed, as soon as that takes its share of the time at the most', () => {
    const bench = new TreeViewBench()
    bench.takeAll('b')
    expect(orderAt(bench, 10_000)).toEqual(['b'])
    bench.takeAll('a')
    expect(orderAt(bench, 10_000)).toEqual(['b'])
    expect(orderAt(bench, 20_000)).toEqual(['a', 'b'])
  })

  it('by number or time: rows change places once a second at the most', () => {
    const bench = new TreeViewBench({ sort: 'recency' })
    bench.takeAll('a', 'b', 'b')
    expect(orderAt(bench, 5_000)).toEqual(['b', 'a'])
    bench.takeAll('a', 'new')
    expect(orderAt(bench, 5_999)).toEqual(['b', 'a', 'new'])
    expect(orderAt(bench, 7_000)).toEqual(['new', 'a', 'b'])
  })

  it('at once when sort or search change', () => {
    const bench = new TreeViewBench()
    bench.takeAll('a', 'b', 'b')
    expect(orderAt(bench, 5_000)).toEqual(['a', 'b'])
    bench.update({ sort: 'messages' })
    expect(orderAt(bench, 5_000)).toEqual(['b', 'a'])
    bench.update({ sort: 'name' })
    expect(orderAt(bench, 5_000)).toEqual(['a', 'b'])
    bench.update({ search: 'B' })
    bench.view.search(performance.now() + 1_000)
    expect(orderAt(bench, 5_000)).toEqual(['b'])
  })

  it('at once when rows are opened, however seldom it sorts', () => {
    const bench = new TreeViewBench({ sort: 'recency' })
    bench.takeAll('a/b')
    expect(orderAt(bench, 5_000)).toEqual(['a'])
    bench.setExpanded('a', true)
    expect(orderAt(bench, 5_001)).toEqual(['a', 'a/b'])
  })

  it('by rate: what has had most messages of late comes first', () => {
    const bench = new TreeViewBench({ sort: 'rate' })
    bench.takeAll('a', 'b', 'b', 'b', 'c/d', 'c/e')
    expect(bench.topics()).toEqual(['b', 'c', 'a'])
  })
})

describe('a sort that is not live', () => {
  it.each(['messages', 'recency', 'size', 'rate'] as const)('keeps the order by %s as it is, with new rows at the end of their siblings', async (sort) => {
    const bench = new TreeViewBench({ sort })
    bench.takeAll('a', 'b', 'b', 'c/x', 'c/y', 'c/y', 'c/y')
    bench.expandAll()
    const before = ['c', 'c/y', 'c/x', 'b', 'a']
    expect(bench.topics()).toEqual(before)
    bench.update({ liveSort: false })
    for (let count = 0; count < 20; count += 1) bench.takeAll('a', 'c/x')
    expect(bench.topics()).toEqual(before)
    bench.takeAll('0', 'c/0', '0', '0', 'z', 'z')
    expect(bench.topics()).toEqual(['c', 'c/y', 'c/x', 'c/0', 'b', 'a', '0', 'z'])
    bench.setExpanded('c', false)
    bench.setExpanded('c', true)
    expect(bench.topics()).toEqual(['c', 'c/y', 'c/x', 'c/0', 'b', 'a', '0', 'z'])
    bench.update({ liveSort: true })
    // Rates are taken anew when the clock has moved on.
    const sortedAtMs = Date.now()
    await expect.poll(() => Date.now()).toBeGreaterThan(sortedAtMs)
    expect(bench.topics()).not.toEqual(['c', 'c/y', 'c/x', 'c/0', 'b', 'a', '0', 'z'])
  })

  it('puts a new row at the end also where it has the id of one that went', () => {
    const bench = new TreeViewBench({ sort: 'messages', liveSort: false })
    const { tree, log } = bench.ingest
    bench.takeAll('a', 'a', 'b', 'gone', 'gone', 'gone')
    expect(bench.topics()).toEqual(['gone', 'a', 'b'])
    const id = bench.nodeOf('gone')
    tree.remove(id)
    tree.reclaim(log.sequence + 1)
    bench.takeAll('new', 'new')
    expect(bench.nodeOf('new')).toBe(id)
    expect(bench.topics()).toEqual(['a', 'b', 'new'])
  })

  it('takes up another order at once, and keeps that', () => {
    const bench = new TreeViewBench({ sort: 'messages', liveSort: false })
    bench.takeAll('a', 'a', 'b')
    expect(bench.topics()).toEqual(['a', 'b'])
    bench.update({ sort: 'recency' })
    expect(bench.topics()).toEqual(['b', 'a'])
    bench.takeAll('a')
    expect(bench.topics()).toEqual(['b', 'a'])
  })
})

describe('rows that were laid out before their topics went', () => {
  const long = (name: string) => `${name}/${'x'.repeat(60_000)}`

  function afterTheyWent(come: readonly string[]) {
    const bench = new TreeViewBench()
    const { tree, log } = bench.ingest
    bench.takeAll('a/b', ...Array.from({ length: 40 }, (_, index) => long(`gone ${index}`)))
    bench.expandAll()
    const laidOutAtMs = performance.now()
    bench.view.frame(laidOutAtMs)
    for (let index = 0; index < 40; index += 1) tree.remove(bench.nodeOf(long(`gone ${index}`)))
    // Nothing of them is left in the log, and their paths give place to others.
    tree.fold(laidOutAtMs)
    tree.reclaim(log.sequence + 1)
    bench.takeAll(...come)
    // Too early to be laid out again.
    return bench.view.frame(laidOutAtMs).rows.map(({ topic }) => topic.slice(0, 20))
  }

  it('do not show', () => {
    expect(afterTheyWent([])).toEqual(['a', 'a/b'])
  })

  it('do not show the topics that got their ids', () => {
    const come = Array.from({ length: 80 }, (_, index) => `a/${index}`)
    expect(afterTheyWent(come)).toEqual(['a', 'a/b'])
  })
})
