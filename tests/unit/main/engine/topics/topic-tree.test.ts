import { describe, expect, it } from 'vitest'
import { NO_NODE, ROOT } from '../../../../../src-main/engine/topics/node-id'
import { TopicTreeBench } from '../../support/topic-tree-bench'

describe('TopicTree', () => {
  it('is empty at first', () => {
    const { tree } = new TopicTreeBench()
    expect(tree).toMatchObject({ topicsKnown: 0, removedTopics: 0, idLimit: 1, version: 0 })
    expect([tree.firstChild(ROOT), tree.parent(ROOT), tree.nextSibling(ROOT)]).toEqual([NO_NODE, NO_NODE, NO_NODE])
    expect([tree.topicOf(ROOT), tree.nameOf(ROOT), tree.levelOf(ROOT), tree.isTopic(ROOT), tree.isAlive(ROOT)]).toEqual(['', '', 0, false, true])
    const path = tree.pathIn(ROOT)
    expect(path.end - path.start).toBe(0)
    tree.fold(1_000)
    expect([tree.messages(ROOT), tree.rate(ROOT, 1_000)]).toEqual([0, 0])
  })

  it.each(['nowhere', 'a/', 'a/b/c', 'a//b', '/', '', 'constructor', 'a/__proto__', 'a/bb', 'A/b', 'x'.repeat(70_000)])('has no %j', (topic) => {
    expect(TopicTreeBench.of('a/b', 'a/bc').tree.findTopic(topic)).toBe(NO_NODE)
  })

  it('keeps topics apart that differ by an empty level only', () => {
    const topics = ['a', '/a', 'a/', '/', '//', 'a//b', 'a/b', '/a/', 'a//']
    const bench = TopicTreeBench.of(...topics, ...topics)
    bench.tree.fold(0)
    for (const topic of topics) expect(bench.tree.ownMessages(bench.node(topic))).toBe(2)
    expect(new Set(topics.map((topic) => bench.node(topic))).size).toBe(topics.length)
    expect(bench.topics().sort()).toEqual([...topics, ''].sort())
  })

  it('tells of each topic once, at its first message', () => {
    const bench = new TopicTreeBench()
    const told: string[] = []
    bench.tree.onNewTopic = (node) => told.push(bench.tree.topicOf(node))
    for (const topic of ['a/b', 'a/b', 'a', 'a', 'a/b/c', 'x']) bench.record(topic)
    bench.tree.fold(0)
    bench.record('a/b')
    expect(told).toEqual(['a/b', 'a', 'a/b/c', 'x'])
  })

  it('has a new version when rows may change, and only then', () => {
    const bench = TopicTreeBench.of('a/b')
    const { tree } = bench
    const changes = (change: () => void): boolean => {
      const { version } = tree
      change()
      return tree.version !== version
    }
    expect(changes(() => bench.record('a/b'))).toBe(false)
    expect(changes(() => tree.fold(1))).toBe(false)
    expect(changes(() => bench.record('a'))).toBe(true)
    expect(changes(() => bench.record('a/c'))).toBe(true)
    expect(changes(() => tree.setExpanded(bench.node('a'), true, false))).toBe(true)
    expect(changes(() => tree.expandToDepth(ROOT, 2))).toBe(true)
    expect(changes(() => tree.remove(bench.node('a')))).toBe(true)
    expect(changes(() => tree.remove(bench.node('a')))).toBe(false)
  })

  it('takes topics of as many levels as there can be, and counts them in time that grows with their length', () => {
    const bench = new TopicTreeBench()
    const deep = '/'.repeat(65_535)
    const node = bench.record(deep)
    expect(bench.tree.levelOf(node)).toBe(65_536)
    expect(bench.tree.topicOf(node)).toBe(deep)
    expect(bench.tree.nameOf(node)).toBe('')
    // Each level a topic: counted one by one up to the root, that would be two thousand million steps.
    for (let at = bench.tree.parent(node); at !== ROOT; at = bench.tree.parent(at)) {
      bench.tree.record(at, (bench.sequence += 1), bench.sequence * 10, 1, 0, 0, false)
    }
    bench.tree.fold(0)
    expect([bench.tree.messages(ROOT), bench.tree.subtopics(ROOT), bench.tree.subtreeLastSequence(ROOT)]).toEqual([65_536, 65_536, 65_536])
    expect([bench.tree.messages(node), bench.tree.subtopics(bench.tree.parent(node))]).toEqual([1, 1])
    expect(bench.tree.levelOf(bench.node('/////'))).toBe(6)
    bench.tree.setExpanded(ROOT, true, true)
    expect([...bench.tree.expandedNodes()]).toHaveLength(65_535)
  })

  it('takes topics as long as there can be', () => {
    const bench = new TopicTreeBench()
    const topics = Array.from({ length: 40 }, (_, index) => `${index}/${'é'.repeat(32_000)}`.padEnd(33_533, 'x'))
    expect(Buffer.byteLength(topics[0] ?? '')).toBe(65_533)
    for (const topic of topics) bench.record(topic)
    for (const topic of topics) expect(bench.tree.topicOf(bench.node(topic))).toBe(topic)
  })

  it('grows, and needs no more than 250 bytes a topic', () => {
    const bench = new TopicTreeBench()
    const topics = Array.from({ length: 100_000 }, (_, index) => {
      const device = index >> 3
      return `plant/line-${device % 100}/cell-${device % 7}/device-${String(device).padStart(6, '0')}/value-${index & 7}`
    })
    for (const [index, topic] of topics.entries()) {
      bench.record(topic)
      if (index % 10_000 === 9_999) bench.tree.fold(index)
    }
    expect(bench.tree.topicsKnown).toBe(topics.length)
    expect(bench.tree.memoryBytes / topics.length).toBeLessThan(250)
    expect(topics.filter((topic) => bench.tree.topicOf(bench.node(topic)) !== topic)).toEqual([])
    expect([bench.tree.messages(ROOT), bench.tree.subtopics(ROOT)]).toEqual([topics.length, topics.length])
  })

  it.each([
    { what: 'nodes', options: { maxNodes: 3 }, fits: 'b/c', over: 'b/c/d' },
    { what: 'bytes of paths', options: { maxPathBytes: 12 }, fits: 'b/c45678', over: 'b/c456789' },
  ])('refuses what does not fit in its $what, leaving no trace, and still takes what does', ({ options, fits, over }) => {
    const bench = new TopicTreeBench(options)
    bench.record('a')
    const { version, idLimit } = bench.tree
    const bytes = Buffer.from(over)
    expect(bench.tree.ensure(bytes, 0, bytes.length)).toBe(NO_NODE)
    expect(bench.tree).toMatchObject({ version, idLimit, topicsKnown: 1 })
    expect(bench.topics()).toEqual(['a'])
    expect(bench.tree.topicOf(bench.record(fits))).toBe(fits)
    expect(bench.tree.topicOf(bench.record('a'))).toBe('a')
  })

  it('finds topics whose hashes are all the same', () => {
    const bench = new TopicTreeBench({ hashKeys: [0, 0, 0] })
    const topics = Array.from({ length: 1_000 }, (_, index) => `t/${index}`)
    for (const topic of topics) bench.record(topic)
    for (const topic of topics.filter((_, index) => index % 3 !== 0)) bench.tree.remove(bench.node(topic))
    expect(bench.topics().sort()).toEqual(['t', ...topics.filter((_, index) => index % 3 === 0)].sort())
    for (const [index, topic] of topics.entries()) expect(bench.tree.findTopic(topic) === NO_NODE).toBe(index % 3 !== 0)
  })
})

describe('for the log', () => {
  it('a last value that is lost lies nowhere and is not held, but was the last', () => {
    const bench = TopicTreeBench.of('a', 'a')
    const { tree } = bench
    const node = bench.node('a')
    tree.evicted(node)
    tree.moved(node, 7, 70)
    tree.lost(node)
    expect([tree.kept(node), tree.liesAt(node, 7, 70), tree.isLast(node, 2)]).toEqual([0, false, true])
    bench.record('a')
    expect([tree.kept(node), tree.isLast(node, 3)]).toEqual([1, true])
  })

  it('a last value that is moved more than once was let go once', () => {
    const bench = TopicTreeBench.of('a', 'a', 'a')
    const { tree } = bench
    const node = bench.node('a')
    tree.evicted(node)
    expect(tree.kept(node)).toBe(2)
    tree.evicted(node)
    tree.moved(node, 7, 70)
    tree.moved(node, 8, 80)
    expect([tree.kept(node), tree.lastSegment(node), tree.lastOffset(node), tree.liesAt(node, 7, 70)]).toEqual([1, 8, 80, false])
    bench.record('a')
    expect(tree.kept(node)).toBe(1)
    tree.fold(0)
    expect(tree.kept(node)).toBe(1)
  })

  it('knows which topic a last message is of', () => {
    const bench = TopicTreeBench.of('a', 'b', 'a')
    expect([1, 2, 3, 4].map((sequence) => bench.tree.withLast(sequence))).toEqual([NO_NODE, bench.node('b'), bench.node('a'), NO_NODE])
  })
})

describe('a fold', () => {
  it('is what brings counts to the nodes above; without it they stand still', () => {
    const bench = TopicTreeBench.of('a/b', 'a/b', 'a', 'x')
    const { tree } = bench
    const numbers = (): number[] =>
      ['a', 'a/b'].flatMap((topic) => {
        const node = bench.node(topic)
        return [tree.messages(node), tree.bytes(node), tree.subtopics(node), tree.ownMessages(node), tree.subtreeLastSequence(node), tree.subtreeLastAtMs(node)]
      })
    expect(numbers()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    tree.fold(100)
    const folded = [3, 7, 1, 1, 3, 30, 2, 6, 0, 2, 2, 20]
    expect(numbers()).toEqual(folded)
    bench.record('a/b', 10)
    bench.record('a/c/d')
    expect(numbers()).toEqual(folded)
    expect(tree.topicsKnown).toBe(4)
    tree.fold(200)
    expect(numbers()).toEqual([5, 25, 2, 1, 6, 60, 3, 19, 0, 3, 5, 50])
    expect([tree.messages(ROOT), tree.subtopics(ROOT), tree.subtreeLastSequence(ROOT)]).toEqual([6, 4, 6])
  })

  it('measures rates: a steady one, and its fading within seconds', () => {
    const bench = new TopicTreeBench()
    let nowMs = 5_000
    for (let fold = 0; fold < 400; fold += 1) {
      for (let count = 0; count < 20; count += 1) bench.record('a/b')
      bench.record('a/c')
      bench.tree.fold((nowMs += 100))
    }
    const { tree } = bench
    expect(tree.rate(bench.node('a/b'), nowMs)).toBeCloseTo(200, 0)
    expect(tree.rate(bench.node('a/c'), nowMs)).toBeCloseTo(10, 1)
    expect(tree.rate(ROOT, nowMs)).toBeCloseTo(210, 0)
    expect(tree.rate(ROOT, nowMs + 5_000)).toBeCloseTo(210 / Math.E, 0)
    expect(tree.rate(ROOT, nowMs + 60_000)).toBeLessThan(0.01)
    expect(tree.rate(ROOT, nowMs - 60_000)).toBeCloseTo(210, 0)
  })

  it('lets rates fade also when the clock is put back', () => {
    const bench = TopicTreeBench.of('a', 'a')
    const { tree } = bench
    tree.fold(10_000_000)
    const rate = tree.rate(ROOT, 10_000_000)
    tree.fold(1_000_000)
    bench.record('b')
    tree.fold(1_005_000)
    expect(tree.rate(bench.node('a'), 1_005_000)).toBeCloseTo(rate / Math.E, 5)
    expect(tree.rate(bench.node('a'), 1_065_000)).toBeLessThan(0.001)
  })

  it('spreads the messages of a long pause over it', () => {
    const bench = TopicTreeBench.of('a')
    bench.tree.fold(0)
    for (let count = 0; count < 60_000; count += 1) bench.record('a')
    bench.tree.fold(600_000)
    expect(bench.tree.rate(bench.node('a'), 600_000)).toBeCloseTo(100, 5)
  })
})
