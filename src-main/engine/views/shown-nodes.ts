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
  /** The nodes below which something shows; the root may be among them. */
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

const FIRST_PARENTS = 1_024

/** Some topics, and the levels that lead to them, as they were when they were chosen. Costs what is chosen, not what there is. */
export class ChosenNodes implements ShownNodes {
  readonly #isChosen: Uint8Array
  readonly #children: Uint32Array
  readonly #topicsBelow: Uint32Array
  /** The nodes below which something shows. */
  #parents = new Uint32Array(FIRST_PARENTS)
  #parentCount = 0
  /** How many topics were chosen. */
  topics = 0

  /** @param eachTopic gives the topics that are wanted, each once */
  constructor(
    private readonly tree: TopicTree,
    eachTopic: (choose: (topic: NodeId) => void) => void,
    readonly idLimit = tree.idLimit,
  ) {
    this.#isChosen = new Uint8Array(idLimit)
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

  parents(): Iterable<NodeId> {
    return this.#parents.subarray(0, this.#parentCount)
  }

  /** A topic counts as one below its parent at once; to those further above its count comes in the end. */
  #choose(topic: NodeId): void {
    const { tree } = this
    this.topics += 1
    let node = topic
    let parent = tree.parent(topic)
    this.#topicsBelow[parent] = this.topicsBelow(parent) + 1
    while (this.#isChosen[node] === 0) {
      this.#isChosen[node] = 1
      const before = this.children(parent)
      this.#children[parent] = before + 1
      if (before === 0) this.#addParent(parent)
      if (parent === ROOT) return
      node = parent
      parent = tree.parent(node)
    }
  }

  #addParent(node: NodeId): void {
    if (this.#parentCount === this.#parents.length) {
      const longer = new Uint32Array(this.#parentCount * 2)
      longer.set(this.#parents)
      this.#parents = longer
    }
    this.#parents[this.#parentCount] = node
    this.#parentCount += 1
  }

  /** From the deepest parents up, each when all below it is counted: once a node, however deep the tree. */
  #countBelow(): void {
    const { tree } = this
    const parents = this.#parents.subarray(0, this.#parentCount)
    /** By node: the children that are parents and still to be counted. */
    const missing = new Uint32Array(this.idLimit)
    for (const node of parents) if (node !== ROOT) missing[tree.parent(node)] = (missing[tree.parent(node)] ?? 0) + 1
    for (const deepest of parents.filter((node) => missing[node] === 0)) {
      for (let node = deepest, isCounted = true; isCounted && node !== ROOT; ) {
        const parent = tree.parent(node)
        this.#topicsBelow[parent] = this.topicsBelow(parent) + this.topicsBelow(node)
        missing[parent] = (missing[parent] ?? 0) - 1
        isCounted = missing[parent] === 0
        node = parent
      }
    }
  }
}
