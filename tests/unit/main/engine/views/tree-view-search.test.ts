import { describe, expect, it } from 'vitest'
import { TreeViewBench } from '../../support/tree-view-bench'

describe('the search of TreeView', () => {
  it('finds topics that come later, and counts topics, not rows', () => {
    const bench = new TreeViewBench({ search: 'temp' })
    bench.takeAll('a/x', 'a/temp')
    expect(bench.frame()).toMatchObject({ totalRows: 2, matches: 1 })
    bench.takeAll('b/TEMP/now', 'b/y')
    expect(bench.topics()).toEqual(['a', 'a/temp', 'b', 'b/TEMP', 'b/TEMP/now'])
    expect(bench.frame().matches).toBe(2)
  })

  it('shows everything while its text cannot be read', () => {
    const bench = new TreeViewBench({ search: 'a/#/b' })
    bench.takeAll('a', 'b')
    expect(bench.frame()).toMatchObject({ totalRows: 2, matches: null })
    bench.update({ search: 'a/#' })
    expect(bench.frame()).toMatchObject({ totalRows: 1, matches: 1 })
  })

  it('keeps rows closed by hand closed while messages come, and forgets them with the search', () => {
    const bench = new TreeViewBench({ search: 'x' })
    bench.takeAll('a/x', 'b/x')
    bench.frame()
    bench.setExpanded('a', false)
    bench.takeAll('a/x2', 'c/x')
    expect(bench.topics()).toEqual(['a', 'b', 'b/x', 'c', 'c/x'])
    bench.update({ search: '' })
    expect(bench.topics()).toEqual(['a', 'b', 'c'])
    bench.update({ search: 'x' })
    expect(bench.topics()).toEqual(['a', 'a/x', 'a/x2', 'b', 'b/x', 'c', 'c/x'])
  })

  it('opens and closes what it found without touching the tree itself', () => {
    const bench = new TreeViewBench({ search: 'b' })
    bench.takeAll('a/b/c', 'a/x', 'd/b')
    expect(bench.topics()).toEqual(['a', 'a/b', 'a/b/c', 'd', 'd/b'])
    bench.setExpanded('a', false, true)
    expect(bench.topics()).toEqual(['a', 'd', 'd/b'])
    bench.setExpanded('a', true)
    expect(bench.topics()).toEqual(['a', 'a/b', 'd', 'd/b'])
    bench.update({ search: '' })
    expect(bench.topics()).toEqual(['a', 'd'])
  })

  it.each([
    ['the top levels', false, ['a', 'a/b', 'a/b/c', 'd', 'd/b']],
    ['all below too', true, ['a', 'a/b', 'd', 'd/b']],
  ])('closes everything at once: %s', (_what, recursive, reopened) => {
    const bench = new TreeViewBench({ search: 'b' })
    bench.takeAll('a/b/c', 'd/b')
    bench.frame()
    bench.setExpanded(null, false, recursive)
    expect(bench.topics()).toEqual(['a', 'd'])
    bench.setExpanded(null, true)
    expect(bench.topics()).toEqual(reopened)
  })

  it('opens what it found to a depth', () => {
    const bench = new TreeViewBench({ search: 'x' })
    bench.takeAll('a/b/x/c', 'd/x', 'e')
    bench.frame()
    const depth = (topic: string | null, levels: number): string[] => {
      expect(bench.view.expandFoundToDepth(topic === null ? 0 : bench.nodeOf(topic), levels)).toBe(true)
      return bench.topics()
    }
    expect(depth(null, 1)).toEqual(['a', 'd'])
    expect(depth(null, 2)).toEqual(['a', 'a/b', 'd', 'd/x'])
    expect(depth('a', 2)).toEqual(['a', 'a/b', 'a/b/x', 'd', 'd/x'])
    expect(depth(null, 9)).toEqual(['a', 'a/b', 'a/b/x', 'a/b/x/c', 'd', 'd/x'])
  })

  it('opens what it finds later, also below what was closed at once', () => {
    const bench = new TreeViewBench({ search: 'x' })
    bench.takeAll('a/x', 'b/other')
    bench.frame()
    bench.setExpanded(null, false, true)
    bench.takeAll('b/x')
    expect(bench.topics()).toEqual(['a', 'b', 'b/x'])
  })

  it('says how many topics it found below a row', () => {
    const bench = new TreeViewBench({ search: 'x' })
    bench.takeAll('a/x', 'a/x/x', 'a/y', 'a')
    expect(bench.frame().rows.map(({ topic, subtopics, messages }) => [topic, subtopics, messages])).toEqual([['a', 2, 4], ['a/x', 1, 2], ['a/x/x', 0, 1]])
  })

  it('leaves opening and closing to the tree when there is none', () => {
    const bench = new TreeViewBench()
    bench.takeAll('a/b')
    expect(bench.view.setFoundExpanded(bench.nodeOf('a'), true, false)).toBe(false)
    expect(bench.view.expandFoundToDepth(bench.nodeOf('a'), 3)).toBe(false)
    expect(bench.topics()).toEqual(['a'])
  })
})

describe('while it is searching', () => {
  const NOW = 0
  const many = Array.from({ length: 5_000 }, (_, index) => `t/${index}`)

  it('what was found before stays until there is something new, and the new shows as it is found', () => {
    const bench = new TreeViewBench({ search: 't/4', rowCount: 0 })
    bench.takeAll('first/t/4', ...many, 'last/t/1', 'last/t/2', 'other')
    const found = bench.frame().matches
    const shown = (): [number | null, boolean] => {
      const { matches, searching } = bench.view.frame(performance.now() + 1e9)
      return [matches, searching]
    }
    bench.update({ search: 'last' })
    bench.view.search(NOW)
    expect(shown()).toEqual([found, true])
    for (let slices = 0; bench.view.isSearchBusy(NOW, false); slices += 1) {
      expect(slices).toBeLessThan(20)
      bench.view.search(NOW)
    }
    expect(shown()).toEqual([2, false])

    bench.update({ search: 't/' })
    bench.view.search(NOW)
    const [some, searching] = shown()
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(many.length)
    expect(searching).toBe(true)
    expect(bench.frame()).toMatchObject({ matches: many.length + 3, searching: false })
  })

  it('the end of a search that finds nothing shows nothing', () => {
    const bench = new TreeViewBench({ search: 'a' })
    bench.takeAll('a')
    expect(bench.topics()).toEqual(['a'])
    bench.update({ search: 'nothing' })
    expect(bench.frame()).toMatchObject({ totalRows: 0, matches: 0 })
  })

  it('what was last typed counts', () => {
    const bench = new TreeViewBench()
    bench.takeAll(...many)
    for (const search of ['t/1', 't/12', 't/123']) {
      bench.update({ search })
      bench.view.search(NOW)
    }
    expect(bench.frame().rows.map(({ topic }) => topic)).toEqual(['t', 't/123', ...Array.from({ length: 10 }, (_, index) => `t/123${index}`)].slice(0, 12))
    bench.update({ search: 't/9' })
    bench.update({ search: '' })
    expect(bench.frame()).toMatchObject({ matches: null, searching: false, totalRows: 1 })
  })
})

describe('a search for what changes by itself', () => {
  it('is done again once a second, and shows when it is through', () => {
    const bench = new TreeViewBench({ search: 'payload:on' })
    bench.take('a', 'on')
    bench.take('b', 'off')
    expect(bench.topics()).toEqual(['a'])
    bench.take('a', 'off')
    bench.take('b', 'on')
    expect(bench.topics()).toEqual(['a'])
    const inASecond = performance.now() + 1_500
    expect(bench.view.isSearchBusy(performance.now(), true)).toBe(false)
    expect(bench.view.isSearchBusy(inASecond, false)).toBe(false)
    expect(bench.view.isSearchBusy(inASecond, true)).toBe(true)
  })
})
