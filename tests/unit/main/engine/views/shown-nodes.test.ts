import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_NODE, ROOT } from '../../../../../src-main/engine/topics/node-id'
import { NodeSet } from '../../../../../src-main/engine/topics/node-set'
import { AllNodes, ChosenNodes, type ShownNodes } from '../../../../../src-main/engine/views/shown-nodes'
import { TopicTreeBench } from '../../support/topic-tree-bench'

const topicName = fc.array(fc.constantFrom('a', 'b', ''), { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/')).filter((name) => name !== '')

function choose(bench: TopicTreeBench, topics: Iterable<string>): ChosenNodes {
  const chosen = new NodeSet()
  for (const topic of topics) chosen.add(bench.node(topic))
  return new ChosenNodes(bench.tree, chosen)
}

/** All levels on the way to a topic, and itself; the root as ''. */
function wayTo(topic: string): string[] {
  const levels = topic.split('/')
  return levels.map((_, index) => levels.slice(0, index + 1).join('/'))
}

function expectParentsFirst(bench: TopicTreeBench, shown: ShownNodes): void {
  const parents = [...shown.parents()]
  expect(parents[0]).toBe(ROOT)
  expect(new Set(parents).size).toBe(parents.length)
  for (const [index, node] of parents.entries()) {
    if (node !== ROOT) expect(parents.slice(0, index)).toContain(bench.tree.parent(node))
  }
}

describe('ChosenNodes', () => {
  it('shows the chosen topics and the levels above, and counts what is below, whatever ids they have', () => {
    fc.assert(
      fc.property(fc.uniqueArray(topicName, { maxLength: 30 }), fc.uniqueArray(topicName, { maxLength: 30 }), fc.func(fc.boolean()), (gone, there, isChosen) => {
        const bench = new TopicTreeBench()
        for (const topic of gone) bench.record(topic)
        bench.tree.fold(0)
        for (const topic of gone) bench.tree.remove(bench.node(topic))
        // Ids are used again, so that a parent may have a greater one than its children.
        bench.tree.reclaim(Number.MAX_SAFE_INTEGER)
        for (const topic of there) bench.record(topic)
        const topics = there.filter((topic) => isChosen(topic))
        const shown = choose(bench, topics)
        const shownPaths = new Set(topics.flatMap(wayTo))
        expect(shown.topics).toBe(topics.length)
        for (let node = bench.tree.firstChild(ROOT); node !== NO_NODE; node = bench.tree.nextBelow(node, ROOT, true)) {
          const path = bench.tree.topicOf(node)
          const level = path.split('/').length
          const isBelow = (other: string): boolean => other.startsWith(`${path}/`)
          expect(shown.shows(node)).toBe(shownPaths.has(path))
          expect(shown.topicsBelow(node)).toBe(topics.filter(isBelow).length)
          expect(shown.children(node)).toBe([...shownPaths].filter((other) => isBelow(other) && other.split('/').length === level + 1).length)
        }
        expect(shown.topicsBelow(ROOT)).toBe(topics.length)
        expect(shown.children(ROOT)).toBe([...shownPaths].filter((path) => !path.includes('/')).length)
        expectParentsFirst(bench, shown)
      }),
      { numRuns: 300 },
    )
  })

  it('chooses at the end of a path of many levels', () => {
    const bench = new TopicTreeBench()
    const topic = `${'/'.repeat(60_000)}x`
    bench.record(topic)
    const shown = choose(bench, [topic])
    expect([shown.topicsBelow(ROOT), shown.parents().length]).toEqual([1, 60_001])
  })
})

describe('AllNodes', () => {
  it('names parents before what is below them', () => {
    const bench = new TopicTreeBench()
    for (const topic of ['a/b/c', 'a/d', 'e']) bench.record(topic)
    const shown = new AllNodes(bench.tree)
    expect([...shown.parents()].map((node) => bench.tree.topicOf(node)).sort()).toEqual(['', 'a', 'a/b'])
    expectParentsFirst(bench, shown)
  })
})
