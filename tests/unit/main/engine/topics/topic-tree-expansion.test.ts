import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../../../src-main/engine/topics/node-id'
import { TopicTreeBench } from '../../support/topic-tree-bench'

const TOPICS = ['a/b/c', 'a/d', 'e/f/g']

function openOf(bench: TopicTreeBench): string[] {
  const open = bench.nodes().filter((node) => bench.tree.expanded(node))
  return open.map((node) => bench.tree.topicOf(node)).sort()
}

describe('expanding', () => {
  it('starts closed', () => {
    expect(openOf(TopicTreeBench.of(...TOPICS))).toEqual([])
  })

  it('opens and closes one node', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(bench.node('a'), true, false)
    expect(openOf(bench)).toEqual(['a'])
    bench.tree.setExpanded(bench.node('a'), false, false)
    expect(openOf(bench)).toEqual([])
  })

  it('opens and closes all below', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(bench.node('a'), true, true)
    expect(openOf(bench)).toEqual(['a', 'a/b', 'a/b/c', 'a/d'])
    bench.tree.setExpanded(bench.node('a/b'), false, true)
    expect(openOf(bench)).toEqual(['a', 'a/d'])
    bench.record('a/x/y')
    expect(openOf(bench)).toEqual(['a', 'a/d'])
  })

  it('opens and closes the top levels alone', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(ROOT, true, false)
    bench.record('new/one')
    expect(openOf(bench)).toEqual(['a', 'e'])
    bench.tree.setExpanded(ROOT, false, false)
    expect(openOf(bench)).toEqual([])
  })

  it('opens everything, what is still to come too, until everything is closed', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(ROOT, true, true)
    bench.record('later/on')
    expect(openOf(bench)).toEqual(['a', 'a/b', 'a/b/c', 'a/d', 'e', 'e/f', 'e/f/g', 'later', 'later/on'])
    bench.tree.setExpanded(ROOT, false, true)
    bench.record('too/late')
    expect(openOf(bench)).toEqual([])
  })

  it('opens so many levels, what is still to come too, and closes those deeper', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(ROOT, true, true)
    bench.tree.expandToDepth(ROOT, 2)
    bench.record('later/on/x')
    expect(openOf(bench)).toEqual(['a', 'e', 'later'])
    bench.tree.expandToDepth(ROOT, 1)
    expect(openOf(bench)).toEqual([])
    expect(bench.tree.expanded(ROOT)).toBe(true)
  })

  it('opens so many levels below one node, and no other', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(bench.node('e'), true, true)
    bench.tree.expandToDepth(bench.node('a'), 1)
    expect(openOf(bench)).toEqual(['a', 'e', 'e/f', 'e/f/g'])
    bench.tree.expandToDepth(bench.node('a'), 2)
    expect(openOf(bench)).toEqual(['a', 'a/b', 'a/d', 'e', 'e/f', 'e/f/g'])
    bench.tree.expandToDepth(bench.node('a'), 0)
    expect(openOf(bench)).toEqual(['e', 'e/f', 'e/f/g'])
  })

  it('names the nodes that are open and have something to show', () => {
    const bench = TopicTreeBench.of(...TOPICS)
    bench.tree.setExpanded(ROOT, true, true)
    expect([...bench.tree.expandedNodes()].map((node) => bench.tree.topicOf(node))).toEqual(['a', 'a/b', 'e', 'e/f'])
  })

  it('opens the topics it was made with when they come, leaves too', () => {
    const bench = new TopicTreeBench({ expandedTopics: ['sensors', 'sensors/one', '/x', 'never', 'é'] })
    for (const topic of ['sensors/one/t', 'sensors/two/t', 'x', '/x/y', 'é']) bench.record(topic)
    expect(openOf(bench)).toEqual(['/x', 'sensors', 'sensors/one', 'é'])
  })

  it('opens no other than those, though all hashes are the same', () => {
    const bench = new TopicTreeBench({ expandedTopics: ['aa', 'bb'], hashKeys: [0, 0, 0] })
    for (const topic of ['aa/x', 'bb/x', 'cc/x']) bench.record(topic)
    expect(openOf(bench)).toEqual(['aa', 'bb'])
  })
})
