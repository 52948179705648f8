import { NO_NODE, ROOT, type NodeId } from '../../../../src-main/engine/topics/node-id'
import { TopicTree, type TopicTreeOptions } from '../../../../src-main/engine/topics/topic-tree'

/** Fills a tree as ingest does, and looks into it. */
export class TopicTreeBench {
  readonly tree: TopicTree
  sequence = 0

  constructor(options: TopicTreeOptions = {}) {
    this.tree = new TopicTree(options)
  }

  static of(...topics: string[]): TopicTreeBench {
    const bench = new TopicTreeBench()
    for (const topic of topics) bench.record(topic)
    return bench
  }

  /** A message on a topic, at ten times its sequence number. */
  record(topic: string, payloadBytes = 0, retain = false): NodeId {
    // Within other bytes, as in a packet.
    const bytes = Buffer.from(`ab${topic}cd`)
    this.tree.lookahead.ready(bytes, Uint32Array.of(2, 0), Uint32Array.of(bytes.length - 2, bytes.length), 2)
    const found = this.tree.find(bytes, 2, bytes.length - 2)
    const node = found === NO_NODE ? this.tree.ensure(bytes, 2, bytes.length - 2) : found
    if (node === NO_NODE) throw new Error('the tree is full')
    this.sequence += 1
    const { sequence } = this
    this.tree.record(node, sequence, sequence * 10, bytes.length - 4 + payloadBytes, sequence % 65_536, sequence * 100, retain)
    return node
  }

  node(topic: string): NodeId {
    const node = this.tree.findTopic(topic)
    if (node === NO_NODE) throw new Error(`there is no ${topic}`)
    return node
  }

  /** All nodes but the root, as a walk down the child lists finds them. */
  nodes(): NodeId[] {
    const found: NodeId[] = []
    const pending = [ROOT]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node !== ROOT) found.push(node)
      const children: NodeId[] = []
      for (let child = this.tree.firstChild(node); child !== NO_NODE; child = this.tree.nextSibling(child)) children.push(child)
      pending.push(...children)
    }
    return found
  }

  topics(): string[] {
    return this.nodes().map((node) => this.tree.topicOf(node))
  }
}
