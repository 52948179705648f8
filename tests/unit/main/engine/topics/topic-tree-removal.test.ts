import { describe, expect, it } from 'vitest'
import { NO_NODE, ROOT } from '../../../../../src-main/engine/topics/node-id'
import { TopicTreeBench } from '../../support/topic-tree-bench'

describe('removing a topic', () => {
  it('takes the levels above along that lead nowhere now, and tells of each, readable still', () => {
    const bench = TopicTreeBench.of('a/b/c', 'a/x')
    const told: [string, boolean][] = []
    bench.tree.onRemoved = (node) => told.push([bench.tree.topicOf(node), bench.tree.isAlive(node)])
    const node = bench.node('a/b/c')
    bench.tree.remove(node)
    expect(told.map(([topic]) => topic)).toEqual(['a/b/c', 'a/b'])
    expect(bench.topics().sort()).toEqual(['a', 'a/x'])
    expect(bench.tree.isAlive(node)).toBe(false)
    expect([bench.tree.topicOf(node), bench.tree.nameOf(node)]).toEqual(['a/b/c', 'c'])
    expect(bench.tree).toMatchObject({ topicsKnown: 1, removedTopics: 1 })
  })

  it('keeps what is below, and topics above', () => {
    const bench = TopicTreeBench.of('a', 'a/b', 'a/b/c')
    bench.tree.remove(bench.node('a/b'))
    expect(bench.topics().sort()).toEqual(['a', 'a/b', 'a/b/c'])
    expect(bench.tree.isTopic(bench.node('a/b'))).toBe(false)
    bench.tree.remove(bench.node('a/b/c'))
    expect(bench.topics()).toEqual(['a'])
  })

  it('takes its counts, folded or not, from those above', () => {
    const bench = TopicTreeBench.of('a/b', 'a/b/c', 'a/b/c', 'a')
    bench.tree.fold(0)
    bench.record('a/b')
    bench.record('a/b/new')
    bench.tree.remove(bench.node('a/b'))
    bench.tree.remove(bench.node('a/b/new'))
    bench.tree.fold(1)
    const numbers = (topic: string): number[] => {
      const node = topic === '' ? ROOT : bench.node(topic)
      return [bench.tree.messages(node), bench.tree.bytes(node), bench.tree.subtopics(node)]
    }
    expect(numbers('')).toEqual([3, 11, 2])
    expect(numbers('a')).toEqual([3, 11, 1])
    expect(numbers('a/b')).toEqual([2, 10, 1])
  })

  it('begins anew when the topic comes again, as another node', () => {
    const bench = TopicTreeBench.of('a/b', 'a/b')
    bench.tree.fold(0)
    const node = bench.node('a/b')
    bench.tree.remove(node)
    const again = bench.record('a/b')
    bench.tree.fold(1)
    expect(again).not.toBe(node)
    expect([bench.tree.ownMessages(again), bench.tree.kept(again), bench.tree.topicsKnown]).toEqual([1, 1, 1])
    expect(bench.tree.isLast(node, 2)).toBe(false)
    expect(bench.tree.isLast(again, 3)).toBe(true)
  })

  it('begins anew when the topic comes again as the same node, because of those below', () => {
    const bench = TopicTreeBench.of('a/b', 'a', 'a', 'a')
    const { tree } = bench
    tree.fold(0)
    tree.remove(bench.node('a'))
    expect(tree.kept(bench.node('a'))).toBe(0)
    const again = bench.record('a')
    tree.fold(1)
    // The log holds those from before still, but no way leads to them.
    expect([tree.ownMessages(again), tree.kept(again)]).toEqual([1, 1])
    for (let count = 0; count < 3; count += 1) tree.evicted(again)
    expect(tree.kept(again)).toBe(1)
    tree.evicted(again)
    expect(tree.kept(again)).toBe(0)
  })
})

describe('ids', () => {
  it('are used again only when the log has no message of the removed topic any more', () => {
    const bench = TopicTreeBench.of('a', 'b', 'a')
    const { tree } = bench
    tree.fold(0)
    const gone = bench.node('a')
    tree.remove(gone)
    tree.reclaim(3)
    expect(bench.record('c')).toBe(3)
    tree.reclaim(4)
    expect(bench.record('d')).toBe(gone)
    expect([tree.ownMessages(gone), tree.kept(gone), tree.expanded(gone), tree.lastSequence(gone)]).toEqual([0, 1, false, 5])
  })

  it('wait for messages from before the topic was removed the first time', () => {
    const bench = TopicTreeBench.of('a/b', 'a')
    const { tree } = bench
    const above = bench.node('a')
    tree.remove(above)
    tree.remove(bench.node('a/b'))
    tree.fold(0)
    tree.reclaim(2)
    expect(bench.record('x')).not.toBe(above)
    expect(tree.topicOf(above)).toBe('a')
  })

  it('of nodes with new counts wait for the fold', () => {
    const bench = TopicTreeBench.of('a')
    bench.tree.remove(bench.node('a'))
    bench.tree.reclaim(100)
    expect(bench.record('b')).toBe(2)
    bench.tree.fold(0)
    bench.tree.reclaim(100)
    expect(bench.record('c')).toBe(1)
    bench.tree.fold(1)
    expect(bench.tree.messages(ROOT)).toBe(2)
  })

  it('are new ones while told so, though some are free', () => {
    const bench = TopicTreeBench.of('a', 'b')
    bench.tree.remove(bench.node('a'))
    bench.tree.fold(0)
    bench.tree.reclaim(100)
    bench.tree.reusingIds = false
    const { idLimit } = bench.tree
    expect(bench.record('c')).toBe(idLimit)
    bench.tree.reusingIds = true
    expect(bench.record('d')).toBe(1)
  })

  it('make room in a full tree when they are freed', () => {
    const bench = new TopicTreeBench({ maxNodes: 2 })
    bench.record('a')
    bench.record('b')
    bench.tree.remove(bench.node('a'))
    expect(() => bench.record('c')).toThrow('full')
    bench.tree.fold(0)
    bench.tree.reclaim(100)
    bench.record('c')
    expect(bench.topics().sort()).toEqual(['b', 'c'])
  })
})

describe('paths', () => {
  const long = (index: number): string => `level-${index}/${'x'.repeat(1_000)}/${index}`

  it('move together when half of them are garbage, also those the log still speaks of', () => {
    const bench = new TopicTreeBench()
    const { tree } = bench
    for (let index = 0; index < 4_000; index += 1) bench.record(long(index))
    tree.fold(0)
    const full = tree.memoryBytes
    const logged = bench.node(long(3_999))
    for (let index = 0; index < 4_000; index += 1) if (index % 10 !== 0) tree.remove(bench.node(long(index)))
    tree.reclaim(1)
    expect(tree.memoryBytes).toBe(full)
    tree.reclaim(3_990)
    expect(tree.memoryBytes).toBeLessThan(full - 3_000_000)
    expect(tree.topicOf(logged)).toBe(long(3_999))
    const kept = Array.from({ length: 400 }, (_, index) => long(index * 10))
    expect(bench.nodes().filter((node) => tree.isTopic(node)).map((node) => tree.topicOf(node)).sort()).toEqual([...kept].sort())
    for (const topic of kept) expect(tree.topicOf(tree.parent(tree.parent(bench.node(topic))))).toBe(topic.split('/')[0])
    for (const topic of kept) bench.record(`${topic}/more`)
    expect(kept.filter((topic) => tree.findTopic(`${topic}/more`) === NO_NODE)).toEqual([])
  })

  it('make room for new ones', () => {
    const bench = new TopicTreeBench({ maxPathBytes: 3_000_000 })
    let count = 0
    const fill = (): void => {
      for (; ; count += 1) bench.record(long(count))
    }
    expect(fill).toThrow('full')
    expect(count).toBeGreaterThan(2_800)
    for (let index = 0; index < 2_000; index += 1) bench.tree.remove(bench.node(long(index)))
    bench.tree.fold(0)
    bench.tree.reclaim(count)
    expect(fill).toThrow('full')
    expect(count).toBeGreaterThan(4_700)
  })

  it('of a topic of 65,536 levels that was removed go in time, and move in place, that grow with their length', () => {
    const bench = new TopicTreeBench()
    const { tree } = bench
    const deep = '/'.repeat(65_535)
    const node = bench.record(deep)
    for (let index = 0; index < 4_000; index += 1) bench.record(long(index))
    for (let index = 0; index < 4_000; index += 1) tree.remove(bench.node(long(index)))
    tree.fold(0)
    tree.remove(node)
    tree.reclaim(4_002)
    expect(tree.topicsKnown).toBe(0)
    expect(tree.memoryBytes).toBeLessThan(20_000_000)
    expect(bench.tree.topicOf(bench.record('a/b'))).toBe('a/b')
  })

  it('of levels above a removed topic begin where its path does, however many they are', () => {
    const bench = new TopicTreeBench()
    const { tree } = bench
    for (let index = 0; index < 4_000; index += 1) bench.record(long(index))
    const deep = '/'.repeat(65_535)
    const node = bench.record(deep)
    bench.record('/'.repeat(30_000))
    tree.fold(0)
    tree.remove(node)
    for (let index = 0; index < 4_000; index += 1) tree.remove(bench.node(long(index)))
    // The log still has the messages of the last ones. Copied one by one, the paths of the levels above would take a gigabyte.
    tree.reclaim(4_001)
    expect(tree.topicOf(node)).toBe(deep)
    expect(tree.topicOf(tree.parent(node))).toBe(deep.slice(1))
    expect(tree.topicOf(bench.node('/'.repeat(29_999)))).toBe('/'.repeat(29_999))
    expect(tree.memoryBytes).toBeLessThan(40_000_000)
  })
})
