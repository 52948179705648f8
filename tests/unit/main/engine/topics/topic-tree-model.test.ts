import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../../../src-main/engine/topics/node-id'
import type { HashKeys } from '../../../../../src-main/engine/topics/path-hash'
import { TopicTreeBench } from '../../support/topic-tree-bench'

interface Message {
  readonly topic: string
  readonly sequence: number
  readonly bytes: number
  readonly retain: boolean
}

// Few names, so that topics meet.
const anyName = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a', 'b', '') }, fc.constantFrom('$SYS', '__proto__', 'é', '温度', '🌡', 'long-level-name'))
const anyTopic = fc
  .array(anyName, { minLength: 1, maxLength: 5 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')

const anyStep = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('message' as const), topic: anyTopic, payload: fc.nat(300), retain: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('evict' as const), count: fc.nat(10) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reuse' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expand' as const), pick: fc.nat(), on: fc.boolean(), recursive: fc.boolean() }) },
)
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

const KEYS: readonly (HashKeys | undefined)[] = [undefined, [0, 0, 0], [1, 1, 1]]

function oneOf(values: ReadonlySet<string>, pick: number): string | undefined {
  return [...values][pick % Math.max(values.size, 1)]
}

const isWithin = (above: string, topic: string): boolean => topic === above || topic.startsWith(`${above}/`)
const prefixesOf = (topic: string): string[] => topic.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'))

/** What a tree is to be, kept as plain lists of strings. */
class Model {
  /** Messages of topics that were not removed since, and those the last fold saw. */
  messages: Message[] = []
  folded: Message[] = []
  /** What the log holds, removed topics' messages too. */
  log: { readonly sequence: number; readonly topic: string; readonly node: number }[] = []
  readonly expanded = new Set<string>()
  removed = 0

  get topics(): Set<string> {
    return new Set(this.messages.map(({ topic }) => topic))
  }

  get nodes(): Set<string> {
    return new Set([...this.topics].flatMap(prefixesOf))
  }

  remove(topic: string): void {
    this.removed += 1
    this.messages = this.messages.filter((message) => message.topic !== topic)
    this.folded = this.folded.filter((message) => message.topic !== topic)
    for (const gone of this.expanded) if (!this.nodes.has(gone)) this.expanded.delete(gone)
  }

  expand(topic: string, on: boolean, recursive: boolean): void {
    for (const node of this.nodes) {
      if (node !== topic && !(recursive && isWithin(topic, node))) continue
      if (on) this.expanded.add(node)
      else this.expanded.delete(node)
    }
  }
}

/** Does a step to both, with the log's part played as the log does it: last values are moved, all others let go. */
function apply(bench: TopicTreeBench, model: Model, step: Step): void {
  const { tree } = bench
  switch (step.kind) {
    case 'message': {
      const node = bench.record(step.topic, step.payload, step.retain)
      const message = { topic: step.topic, sequence: bench.sequence, bytes: Buffer.byteLength(step.topic) + step.payload, retain: step.retain }
      model.messages.push(message)
      model.log.push({ sequence: bench.sequence, topic: step.topic, node })
      return
    }
    case 'remove': {
      const topic = oneOf(model.topics, step.pick)
      if (topic === undefined) return
      tree.remove(bench.node(topic))
      model.remove(topic)
      return
    }
    case 'fold':
      tree.fold(bench.sequence * 10)
      model.folded = [...model.messages]
      return
    case 'evict':
      for (const { node, sequence } of model.log.splice(0, step.count)) {
        if (tree.isLast(node, sequence)) tree.moved(node, 65_000, sequence)
        else tree.evicted(node)
      }
      tree.reclaim(model.log[0]?.sequence ?? bench.sequence + 1)
      return
    case 'reuse':
      tree.reusingIds = step.on
      return
    case 'expand': {
      const topic = oneOf(model.nodes, step.pick)
      if (topic === undefined) return
      tree.setExpanded(bench.node(topic), step.on, step.recursive)
      model.expand(topic, step.on, step.recursive)
    }
  }
}

function compare(bench: TopicTreeBench, model: Model): void {
  const { tree } = bench
  const nodes = bench.nodes()
  expect(new Set(bench.topics())).toEqual(model.nodes)
  expect(nodes).toHaveLength(model.nodes.size)
  expect(tree.topicsKnown).toBe(model.topics.size)
  expect(tree.removedTopics).toBe(model.removed)
  expect(new Set([...tree.expandedNodes()])).toEqual(new Set(nodes.filter((node) => tree.expanded(node) && tree.childCount(node) > 0)))
  for (const node of nodes) {
    const topic = tree.topicOf(node)
    const own = model.messages.filter((message) => message.topic === topic)
    const within = model.folded.filter((message) => isWithin(topic, message.topic))
    const { bytes, start, end } = tree.pathIn(node)
    const { start: nameStart } = tree.nameIn(node)
    expect({
      found: tree.findTopic(topic),
      alive: tree.isAlive(node),
      below: node < tree.idLimit,
      level: tree.levelOf(node),
      name: tree.nameOf(node),
      path: Buffer.from(bytes.subarray(start, end)).toString(),
      lastLevel: Buffer.from(bytes.subarray(nameStart, end)).toString(),
      isTopic: tree.isTopic(node),
      expanded: tree.expanded(node),
      children: nodes.filter((other) => tree.parent(other) === node).length,
      ownMessages: tree.ownMessages(node),
      messages: tree.messages(node),
      bytes: tree.bytes(node),
      subtopics: tree.subtopics(node),
      lastSequence: tree.lastSequence(node),
      lastAtMs: tree.lastAtMs(node),
      lastBytes: tree.lastBytes(node),
      lastRetained: tree.lastRetained(node),
    }).toEqual({
      found: node,
      alive: true,
      below: true,
      level: topic.split('/').length,
      name: topic.split('/').at(-1),
      path: topic,
      lastLevel: topic.split('/').at(-1),
      isTopic: own.length > 0,
      expanded: model.expanded.has(topic),
      children: tree.childCount(node),
      ownMessages: within.filter((message) => message.topic === topic).length,
      messages: within.length,
      bytes: within.reduce((sum, message) => sum + message.bytes, 0),
      subtopics: new Set(within.map((message) => message.topic).filter((below) => below !== topic)).size,
      lastSequence: own.at(-1)?.sequence ?? 0,
      lastAtMs: (own.at(-1)?.sequence ?? 0) * 10,
      lastBytes: own.at(-1)?.bytes ?? 0,
      lastRetained: own.at(-1)?.retain ?? false,
    })
    // What removal leaves is newer or as new: when those above had their last message is not taken back.
    expect(tree.subtreeLastSequence(node)).toBeGreaterThanOrEqual(within.at(-1)?.sequence ?? 0)
    if (model.removed === 0) expect(tree.subtreeLastSequence(node)).toBe(within.at(-1)?.sequence ?? 0)
    expect(tree.subtreeLastAtMs(node)).toBe(tree.subtreeLastSequence(node) * 10)
    const last = own.at(-1)?.sequence ?? 0
    const lastIsKept = last !== 0 && !model.log.some(({ sequence }) => sequence === last)
    const held = own.filter(({ sequence }) => model.log.some((entry) => entry.sequence === sequence))
    expect(tree.kept(node)).toBe(held.length + (lastIsKept ? 1 : 0))
    if (last === 0) continue
    expect(tree.withLast(last)).toBe(node)
    expect(tree.liesAt(node, lastIsKept ? 65_000 : last % 65_536, lastIsKept ? last : last * 100)).toBe(true)
    expect([tree.lastSegment(node), tree.lastOffset(node)]).toEqual(lastIsKept ? [65_000, last] : [last % 65_536, last * 100])
  }
  expect(tree.messages(ROOT)).toBe(model.folded.length)
  expect(tree.subtopics(ROOT)).toBe(new Set(model.folded.map(({ topic }) => topic)).size)
}

describe('TopicTree', () => {
  it.each(KEYS.map((keys) => ({ keys })))('is what plain lists of messages say, whatever happens, with hash keys $keys', ({ keys }) => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const bench = new TopicTreeBench(keys === undefined ? {} : { hashKeys: keys })
        const model = new Model()
        for (const step of steps) {
          apply(bench, model, step)
          for (const { node, topic } of model.log) expect(bench.tree.topicOf(node)).toBe(topic)
        }
        compare(bench, model)
      }),
      { numRuns: 200 },
    )
  })
})
