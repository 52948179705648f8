import { ROOT, type NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'

/** What of a tree shows. */
export interface ShownNodes {
  /** Only nodes below it show. */
  readonly idLimit: number
  shows(node: NodeId): boolean
  /** How many children of a node show. */
  children(node: NodeId): number
  /** How many topics that show there are below a node. */
  topicsBelow(node: NodeId): number
  /** The nodes below which something shows. */
  parents(): Iterable<NodeId>
}

/** The whole tree. */
export class AllNodes implements ShownNodes {
  readonly idLimit: number

  constructor(private readonly tree: TopicTree) {
    this.idLimit = tree.idLimit
  }

  shows(): boolean {
    return true
  }

  children(node: NodeId): number {
    return this.tree.childCount(node)
  }

  topicsBelow(node: NodeId): number {
    return this.tree.subtopics(node)
  }

  *parents(): Iterable<NodeId> {
    for (let node = ROOT + 1; node < this.idLimit; node += 1) if (this.children(node) > 0) yield node
  }
}

const FIRST_NODES = 1_024

/** Some topics, and the levels that lead to them, as they were when they were chosen. Costs what is chosen, not what there is. */
export class ChosenNodes implements ShownNodes {
  readonly #isChosen: Uint8Array
  readonly #isTopic: Uint8Array
  readonly #children: Uint32Array
  readonly #topicsBelow: Uint32Array
  /** All that show. */
  #nodes = new Uint32Array(FIRST_NODES)
  #count = 0
  /** How many topics were chosen. */
  topics = 0

  /** @param eachTopic gives the topics that are wanted, each once */
  constructor(
    private readonly tree: TopicTree,
    eachTopic: (choose: (topic: NodeId) => void) => void,
    readonly idLimit = tree.idLimit,
  ) {
    this.#isChosen = new Uint8Array(idLimit)
    this.#isTopic = new Uint8Array(idLimit)
    this.#children = new Uint32Array(idLimit)
    this.#topicsBelow = new Uint32Array(idLimit)
    eachTopic((topic) => this.#choose(topic))
    this.#countBelow()
  }

  shows(node: NodeId): boolean {
    return this.#isChosen[node] === 1
  }

  children(node: NodeId): number {
    return this.#children[node] ?? 0
  }

  topicsBelow(node: NodeId): number {
    return this.#topicsBelow[node] ?? 0
  }

  *parents(): Iterable<NodeId> {
    for (let index = 0; index < this.#count; index += 1) {
      const node = this.#nodes[index] ?? ROOT
      if (this.children(node) > 0) yield node
    }
  }

  #choose(topic: NodeId): void {
    this.topics += 1
    this.#isTopic[topic] = 1
    for (let node = topic; node !== ROOT && this.#isChosen[node] === 0; ) {
      this.#isChosen[node] = 1
      this.#list(node)
      node = this.tree.parent(node)
      this.#children[node] = this.children(node) + 1
    }
  }

  #list(node: NodeId): void {
    if (this.#count === this.#nodes.length) {
      const longer = new Uint32Array(this.#count * 2)
      longer.set(this.#nodes)
      this.#nodes = longer
    }
    this.#nodes[this.#count] = node
    this.#count += 1
  }

  /** From the leaves up, each node when all below it is counted: once a node, however deep the tree. */
  #countBelow(): void {
    const counted = new Uint32Array(this.idLimit)
    for (let index = 0; index < this.#count; index += 1) {
      const leaf = this.#nodes[index] ?? ROOT
      if (this.children(leaf) > 0) continue
      for (let node = leaf, isCounted = true; isCounted && node !== ROOT; ) {
        const parent = this.tree.parent(node)
        this.#topicsBelow[parent] = this.topicsBelow(parent) + this.topicsBelow(node) + (this.#isTopic[node] ?? 0)
        const children = (counted[parent] ?? 0) + 1
        counted[parent] = children
        isCounted = children === this.children(parent)
        node = parent
      }
    }
  }
}
