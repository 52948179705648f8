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
}

/** The nodes below which something shows. */
export function* parentsIn(shown: ShownNodes): Iterable<NodeId> {
  for (let node = ROOT + 1; node < shown.idLimit; node += 1) if (shown.children(node) > 0) yield node
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
}

/** Some topics, and the levels that lead to them, as they were when they were chosen. */
export class ChosenNodes implements ShownNodes {
  readonly #isChosen: Uint8Array
  readonly #isTopic: Uint8Array
  readonly #children: Uint32Array
  readonly #topicsBelow: Uint32Array
  /** How many topics were chosen. */
  topics = 0

  /** Chooses the topics that `wants` wants; it is asked about every node there is. */
  constructor(
    private readonly tree: TopicTree,
    wants: (node: NodeId) => boolean,
    readonly idLimit = tree.idLimit,
  ) {
    this.#isChosen = new Uint8Array(idLimit)
    this.#isTopic = new Uint8Array(idLimit)
    this.#children = new Uint32Array(idLimit)
    this.#topicsBelow = new Uint32Array(idLimit)
    for (let node = ROOT + 1; node < idLimit; node += 1) if (tree.isAlive(node) && wants(node)) this.#choose(node)
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

  #choose(topic: NodeId): void {
    this.topics += 1
    this.#isTopic[topic] = 1
    for (let node = topic; node !== ROOT && this.#isChosen[node] === 0; ) {
      this.#isChosen[node] = 1
      node = this.tree.parent(node)
      this.#children[node] = this.children(node) + 1
    }
  }

  /** From the leaves up, each node when all below it is counted: once a node, however deep the tree. */
  #countBelow(): void {
    const missing = this.#children.slice()
    for (let leaf = ROOT + 1; leaf < this.idLimit; leaf += 1) {
      if (!this.shows(leaf) || this.children(leaf) > 0) continue
      for (let node = leaf, isCounted = true; isCounted && node !== ROOT; ) {
        const parent = this.tree.parent(node)
        this.#topicsBelow[parent] = this.topicsBelow(parent) + this.topicsBelow(node) + (this.#isTopic[node] ?? 0)
        missing[parent] = (missing[parent] ?? 0) - 1
        isCounted = missing[parent] === 0
        node = parent
      }
    }
  }
}
