import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoggedMessage } from '../../../../../src-main/engine/history/message-log'
import type { TopicNode } from '../../../../../src-main/engine/topics/topic-node'
import { MAX_NODES, TopicTree } from '../../../../../src-main/engine/topics/topic-tree'
import { incoming } from '../../support/incoming'

const anyTopic = fc
  .array(fc.constantFrom('a', 'b', '', '$SYS', '__proto__', 'constructor', 'toString', 'é'), { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')

let sequence = 0

/** Puts a message into the tree as ingest does. */
function record(tree: TopicTree, topic: string): TopicNode {
  sequence += 1
  const node = tree.ensure(topic, sequence)
  if (node === null) throw new Error('the tree is full')
  const logged: LoggedMessage = { ...incoming(topic), sequence, receivedAtMs: sequence * 10, older: null, newer: null }
  node.newest = logged
  tree.record(node, logged)
  return node
}

function treeOf(...topics: string[]): TopicTree {
  const tree = new TopicTree()
  for (const topic of topics) record(tree, topic)
  return tree
}

function allNodes(tree: TopicTree): TopicNode[] {
  const found: TopicNode[] = []
  const pending = [tree.root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node !== tree.root) found.push(node)
    for (const child of node.children?.values() ?? []) pending.push(child)
  }
  return found
}

/** Whether `topic` is `above` or lies below it, by level. */
function isWithin(above: string, topic: string): boolean {
  return topic === above || topic.startsWith(`${above}/`)
}

describe('TopicTree', () => {
  it('counts as a plain list of messages does', () => {
    fc.assert(
      fc.property(fc.array(anyTopic, { maxLength: 40 }), (topics) => {
        const first = sequence
        const tree = treeOf(...topics)
        const nodes = allNodes(tree)
        const prefixes = new Set(topics.flatMap((topic) => topic.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'))))
        expect(new Set(nodes.map(({ topic }) => topic))).toEqual(prefixes)
        expect(nodes).toHaveLength(prefixes.size)
        expect(tree.topicsKnown).toBe(new Set(topics).size)
        for (const node of nodes) {
          const own = topics.filter((topic) => topic === node.topic)
          const within = topics.filter((topic) => isWithin(node.topic, topic))
          expect(node.ownMessages).toBe(own.length)
          expect(node.messages).toBe(within.length)
          expect(node.subtopics).toBe(new Set(within.filter((topic) => topic !== node.topic)).size)
          expect(node.lastSequence).toBe(first + 1 + topics.findLastIndex((topic) => isWithin(node.topic, topic)))
          expect(node.lastAtMs).toBe(node.lastSequence * 10)
          expect(node.bornSequence).toBe(first + 1 + topics.findIndex((topic) => isWithin(node.topic, topic)))
          expect(node.level).toBe(node.topic.split('/').length)
          expect(tree.find(node.topic)).toBe(node)
          expect(tree.get(node.topic)).toBe(own.length > 0 ? node : undefined)
        }
        expect(tree.root).toMatchObject({ messages: topics.length, subtopics: new Set(topics).size })
      }),
      { numRuns: 200 },
    )
  })

  it.each(['nowhere', 'a/', 'a/b/c', 'a//b', '/', '', 'constructor', '__proto__', 'a/__proto__'])('has no %j', (topic) => {
    expect(treeOf('a/b').find(topic)).toBeUndefined()
  })

  it('keeps topics apart that differ by an empty level only', () => {
    const topics = ['a', '/a', 'a/', '/', '//', 'a//b', 'a/b', '/a/', 'a//']
    const tree = treeOf(...topics, ...topics)
    for (const topic of topics) expect(tree.get(topic)).toMatchObject({ topic, ownMessages: 2 })
    expect(new Set(topics.map((topic) => tree.get(topic))).size).toBe(topics.length)
    expect([...(tree.root.children?.keys() ?? [])]).toEqual(['a', ''])
    expect([...(tree.get('a')?.children?.keys() ?? [])]).toEqual(['', 'b'])
  })

  it('tells of each topic once, at its first message', () => {
    const tree = new TopicTree()
    const told: string[] = []
    tree.onNewTopic = (node) => told.push(node.topic)
    for (const topic of ['a/b', 'a/b', 'a', 'a', 'a/b/c', 'x']) record(tree, topic)
    expect(told).toEqual(['a/b', 'a', 'a/b/c', 'x'])
  })

  it('has a new version when rows may change, and only then', () => {
    const tree = treeOf('a/b')
    const changes = (change: () => void): boolean => {
      const { version } = tree
      change()
      return tree.version !== version
    }
    expect(changes(() => record(tree, 'a/b'))).toBe(false)
    expect(changes(() => record(tree, 'a'))).toBe(true)
    expect(changes(() => record(tree, 'a/c'))).toBe(true)
    expect(changes(() => tree.setExpanded(record(tree, 'a'), true, false))).toBe(true)
  })

  it('takes a topic of as many levels as there can be', () => {
    const tree = new TopicTree()
    const deep = '/'.repeat(65_534)
    const node = record(tree, deep)
    record(tree, deep)
    expect(node.level).toBe(65_535)
    expect(node.topic).toBe(deep)
    expect(tree.find(deep.slice(1))?.topic).toBe(deep.slice(1))
    expect(tree.find(deep)).toBe(node)
    tree.setExpanded(tree.root, true, true)
    expect(allNodes(tree).every(({ expanded, messages }) => expanded && messages === 2)).toBe(true)
  })

  it('refuses what does not fit, leaving no trace, and still takes what does', () => {
    const tree = treeOf('a')
    const { version } = tree
    expect(tree.ensure('/'.repeat(MAX_NODES - 1), 99)).toBeNull()
    expect(tree.version).toBe(version)
    expect(allNodes(tree)).toHaveLength(1)
    expect(record(tree, 'b/c').topic).toBe('b/c')
  })
})

describe('expanding', () => {
  const topics = ['a/b/c', 'a/d', 'e/f/g']
  const open = (tree: TopicTree): string[] => allNodes(tree).filter(({ expanded }) => expanded).map(({ topic }) => topic).sort()
  const nodeOf = (tree: TopicTree, topic: string): TopicNode => {
    const node = tree.find(topic)
    if (node === undefined) throw new Error(`${topic} is not there`)
    return node
  }

  it('starts closed', () => {
    expect(open(treeOf(...topics))).toEqual([])
  })

  it('opens and closes one node', () => {
    const tree = treeOf(...topics)
    tree.setExpanded(nodeOf(tree, 'a'), true, false)
    expect(open(tree)).toEqual(['a'])
    tree.setExpanded(nodeOf(tree, 'a'), false, false)
    expect(open(tree)).toEqual([])
  })

  it('opens and closes all below', () => {
    const tree = treeOf(...topics)
    tree.setExpanded(nodeOf(tree, 'a'), true, true)
    expect(open(tree)).toEqual(['a', 'a/b', 'a/b/c', 'a/d'])
    tree.setExpanded(nodeOf(tree, 'a/b'), false, true)
    expect(open(tree)).toEqual(['a', 'a/d'])
    record(tree, 'a/x/y')
    expect(open(tree)).toEqual(['a', 'a/d'])
  })

  it('opens and closes the top levels alone', () => {
    const tree = treeOf(...topics)
    tree.setExpanded(tree.root, true, false)
    expect(open(tree)).toEqual(['a', 'e'])
    record(tree, 'new/one')
    expect(open(tree)).toEqual(['a', 'e'])
    tree.setExpanded(tree.root, false, false)
    expect(open(tree)).toEqual([])
  })

  it('opens everything, what is still to come too, until everything is closed', () => {
    const tree = treeOf(...topics)
    tree.setExpanded(tree.root, true, true)
    record(tree, 'later/on')
    expect(open(tree)).toEqual(['a', 'a/b', 'a/b/c', 'a/d', 'e', 'e/f', 'e/f/g', 'later', 'later/on'])
    tree.setExpanded(tree.root, false, true)
    record(tree, 'too/late')
    expect(open(tree)).toEqual([])
  })

  it('opens the topics it was made with when they come', () => {
    const tree = new TopicTree(['sensors', 'sensors/one', '/x', 'never'])
    for (const topic of ['sensors/one/t', 'sensors/two/t', 'x', '/x/y']) record(tree, topic)
    expect(open(tree)).toEqual(['/x', 'sensors', 'sensors/one'])
  })
})
