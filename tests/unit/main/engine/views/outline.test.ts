import { describe, expect, it, vi } from 'vitest'
import { ROOT } from '../../../../../src-main/engine/topics/node-id'
import { NodeSet } from '../../../../../src-main/engine/topics/node-set'
import { NameOrder } from '../../../../../src-main/engine/views/name-order'
import { Outline } from '../../../../../src-main/engine/views/outline'
import { AllNodes, ChosenNodes, type ShownNodes } from '../../../../../src-main/engine/views/shown-nodes'
import { TopicTreeBench } from '../../support/topic-tree-bench'

/** The outline of a tree by name, laid out as the tree is expanded. */
class OutlineBench extends TopicTreeBench {
  readonly outline = new Outline(this.tree)
  readonly #top = new NameOrder(this.tree, true)
  readonly #below = new NameOrder(this.tree, false)

  layOut(shown: ShownNodes = new AllNodes(this.tree), keepOrders = false): void {
    const { tree } = this
    const expansion = { candidates: tree.expandedNodes(), isOpen: tree.expanded.bind(tree), allOpen: null }
    this.outline.layOut(shown, expansion, (parent) => (parent === ROOT ? this.#top : this.#below), keepOrders)
  }

  window(firstRow: number, rowCount: number): string[] {
    return this.outline.window(firstRow, rowCount).map(({ node }) => this.tree.topicOf(node))
  }
}

function benchOf(count: number, topicOf: (index: number) => string): OutlineBench {
  const bench = new OutlineBench()
  for (let index = 0; index < count; index += 1) bench.record(topicOf(index))
  return bench
}

describe('Outline', () => {
  it('has no rows before it is laid out', () => {
    const bench = benchOf(3, String)
    expect([bench.outline.totalRows, bench.window(0, 10), bench.outline.rowOf(bench.node('1'))]).toEqual([0, [], null])
  })

  it('opens a node of many children without a string for each, and looks at few for the next window', () => {
    const count = 50_000
    const bench = benchOf(count, (index) => `site/device-${(index * 7_919) % count}`)
    bench.tree.setExpanded(bench.node('site'), true, false)
    const nameOf = vi.spyOn(bench.tree, 'nameOf')
    const nameIn = vi.spyOn(bench.tree, 'nameIn')
    bench.layOut()
    expect(bench.outline.totalRows).toBe(count + 1)
    expect(bench.window(25_001, 3)).toEqual(['site/device-25000', 'site/device-25001', 'site/device-25002'])
    nameIn.mockClear()
    expect(bench.window(25_004, 3)).toEqual(['site/device-25003', 'site/device-25004', 'site/device-25005'])
    expect(bench.outline.rowOf(bench.node('site/device-25003'))).toBe(25_004)
    expect(nameOf).not.toHaveBeenCalled()
    expect(nameIn.mock.calls.length).toBeLessThan(100)
  })

  it('looks at the names on the way to a window alone, when everything is open', () => {
    const bench = benchOf(40_000, (index) => `site-${index % 40}/area-${index % 4_000}/sensor-${index}`)
    bench.tree.setExpanded(ROOT, true, true)
    bench.layOut()
    expect(bench.outline.totalRows).toBe(40 + 4_000 + 40_000)
    const nameIn = vi.spyOn(bench.tree, 'nameIn')
    const rowsOfSite = 1 + 100 + 1_000
    const firstRow = 20 * rowsOfSite + 1 + 50 * 11
    expect(bench.window(firstRow, 2)).toEqual(['site-20/area-2020', 'site-20/area-2020/sensor-2020'])
    expect(bench.outline.rowOf(bench.node('site-20/area-2020/sensor-2020'))).toBe(firstRow + 1)
    expect(nameIn.mock.calls.length).toBeLessThan(2_000)
  })

  it('stays as it was laid out while the tree goes on', () => {
    const bench = benchOf(5, (index) => `t/${index}`)
    bench.tree.setExpanded(ROOT, true, true)
    bench.layOut()
    const before = bench.window(0, 10)
    bench.record('t/new')
    bench.record('other')
    expect([bench.outline.totalRows, bench.window(0, 10)]).toEqual([6, before])
    bench.layOut()
    expect(bench.window(0, 10)).toEqual(['other', ...before, 't/new'])
  })

  it('keeps an order as long as no sibling came or went', () => {
    const bench = benchOf(1_000, (index) => `t/${index}/x`)
    bench.tree.setExpanded(bench.node('t'), true, false)
    bench.layOut()
    bench.window(0, 20)
    const nameIn = vi.spyOn(bench.tree, 'nameIn')
    bench.tree.setExpanded(bench.node('t/3'), true, false)
    bench.layOut(undefined, true)
    expect(bench.window(3, 4)).toEqual(['t/2', 't/3', 't/3/x', 't/4'])
    const readAgain = nameIn.mock.calls.length
    bench.tree.remove(bench.node('t/2/x'))
    bench.record('t/2b')
    bench.layOut(undefined, true)
    expect(bench.window(3, 4)).toEqual(['t/2b', 't/3', 't/3/x', 't/4'])
    expect(readAgain).toBeLessThan(100)
  })

  it('gives a row to what shows alone', () => {
    const bench = benchOf(4, (index) => `t/${index}`)
    bench.tree.setExpanded(ROOT, true, true)
    const chosen = new NodeSet()
    chosen.add(bench.node('t/2'))
    bench.layOut(new ChosenNodes(bench.tree, chosen))
    expect(bench.window(0, 10)).toEqual(['t', 't/2'])
    expect(['t', 't/2', 't/3'].map((topic) => bench.outline.rowOf(bench.node(topic)))).toEqual([0, 1, null])
    expect(bench.outline.rowOf(ROOT)).toBeNull()
  })
})
