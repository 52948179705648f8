import { describe, expect, it } from 'vitest'
import { incoming } from '../../support/incoming'
import { TreeViewBench } from '../../support/tree-view-bench'

describe('a row of TreeView', () => {
  it('says all there is to know of its topic', () => {
    const bench = new TreeViewBench()
    bench.ingest.take(incoming('a', 'one'))
    bench.ingest.take(incoming('a/b', '{"x":1}', { retain: true }))
    bench.ingest.take(incoming('c/d', Uint8Array.of(0xff, 0)))
    bench.ingest.take(incoming('e', ''))
    bench.expandAll()
    const { rows } = bench.frame()
    const base = { position: 1, siblings: 1, expanded: null, retain: false, messages: 1, subtopics: 0 }
    const lastMessageAtMs = expect.closeTo(Date.now(), -4) as number
    const branch = { expanded: true, subtopics: 1, siblings: 3 }
    expect(rows).toEqual([
      { ...base, ...branch, topic: 'a', name: 'a', level: 1, previewKind: 'text', preview: 'one', messages: 2, lastSequence: 2, lastMessageAtMs },
      { ...base, topic: 'a/b', name: 'b', level: 2, previewKind: 'json', preview: '{"x":1}', retain: true, lastSequence: 2, lastMessageAtMs },
      { ...base, ...branch, topic: 'c', name: 'c', level: 1, position: 2, previewKind: 'none', preview: '', lastSequence: 3, lastMessageAtMs },
      { ...base, topic: 'c/d', name: 'd', level: 2, previewKind: 'binary', preview: 'ff 00', lastSequence: 3, lastMessageAtMs },
      { ...base, topic: 'e', name: 'e', level: 1, position: 3, siblings: 3, previewKind: 'empty', preview: '', lastSequence: 4, lastMessageAtMs },
    ])
  })

  it('shows the newest value and its flag', () => {
    const bench = new TreeViewBench()
    bench.ingest.take(incoming('a', 'kept', { retain: true }))
    bench.ingest.take(incoming('a', 'live'))
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
    bench.take(...topics)
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
      filterFault: null,
    })
  })
})

describe('the filter of TreeView', () => {
  it('finds topics that come later, and counts topics, not rows', () => {
    const bench = new TreeViewBench({ filter: 'temp' })
    bench.take('a/x', 'a/temp')
    expect(bench.frame()).toMatchObject({ totalRows: 2, matches: 1 })
    bench.take('b/TEMP/now', 'b/y')
    expect(bench.topics()).toEqual(['a', 'a/temp', 'b', 'b/TEMP', 'b/TEMP/now'])
    expect(bench.frame().matches).toBe(2)
  })

  it('says why a topic filter is wrong and shows everything meanwhile', () => {
    const bench = new TreeViewBench({ filter: 'a/#/b' })
    bench.take('a', 'b')
    expect(bench.frame()).toMatchObject({ totalRows: 2, matches: null, filterFault: 'hash-not-last' })
    bench.update({ search: 'a/#' })
    expect(bench.frame()).toMatchObject({ totalRows: 1, matches: 1, filterFault: null })
  })

  it('keeps rows closed by hand closed while messages come, and forgets them with the filter', () => {
    const bench = new TreeViewBench({ filter: 'x' })
    bench.take('a/x', 'b/x')
    expect(bench.view.setExpandedWhileFiltering(bench.nodeOf('a'), false, false)).toBe(true)
    bench.take('a/x2', 'c/x')
    expect(bench.topics()).toEqual(['a', 'b', 'b/x', 'c', 'c/x'])
    bench.update({ search: '' })
    expect(bench.topics()).toEqual(['a', 'b', 'c'])
    bench.update({ search: 'x' })
    expect(bench.topics()).toEqual(['a', 'a/x', 'a/x2', 'b', 'b/x', 'c', 'c/x'])
  })

  it('leaves opening and closing to the tree when there is none', () => {
    const bench = new TreeViewBench()
    bench.take('a/b')
    expect(bench.view.setExpandedWhileFiltering(bench.nodeOf('a'), true, false)).toBe(false)
    expect(bench.topics()).toEqual(['a'])
  })
})

describe('TreeView', () => {
  it('says in which row a node stands, in the present order', () => {
    const bench = new TreeViewBench({ sort: 'messages', rowCount: 1 })
    bench.take('a/x', 'b', 'c', 'c')
    bench.ingest.tree.setExpanded(bench.nodeOf('a'), true, false)
    const rowOf = (topic: string): number | null => bench.view.rowOf(bench.nodeOf(topic))
    expect(['c', 'a', 'a/x', 'b'].map(rowOf)).toEqual([0, 1, 2, 3])
    bench.take('b', 'b')
    expect(['b', 'c', 'a', 'a/x'].map(rowOf)).toEqual([0, 1, 2, 3])
    bench.ingest.tree.setExpanded(bench.nodeOf('a'), false, false)
    expect(rowOf('a/x')).toBeNull()
    bench.update({ search: 'x' })
    expect(rowOf('a/x')).toBe(1)
    expect(rowOf('b')).toBeNull()
  })

  it('takes no spec of another kind', () => {
    const bench = new TreeViewBench()
    bench.take('a')
    expect(bench.view.update({ kind: 'statistics' })).toBe(false)
    expect(bench.topics()).toEqual(['a'])
  })

  it('shows rows that were opened at once, however seldom it sorts', () => {
    const bench = new TreeViewBench({ sort: 'recency' })
    bench.take('a/b')
    const nowMs = performance.now()
    expect(bench.view.frame(nowMs).totalRows).toBe(1)
    bench.ingest.tree.setExpanded(bench.nodeOf('a'), true, false)
    bench.view.expansionChanged()
    expect(bench.view.frame(nowMs + 1).totalRows).toBe(2)
  })
})
