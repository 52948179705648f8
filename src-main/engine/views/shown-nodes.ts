import { NO_NODE, ROOT, type NodeId } from '../topics/node-id'
import type { NodeSet } from '../topics/node-set'
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
  /** The root, and the nodes below which something shows; each after those above it. */
  parents(): Uint32Array
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

  parents(): Uint32Array {
    const parents = [ROOT]
    for (let node = this.tree.firstChild(ROOT); node !== NO_NODE; node = this.tree.nextBelow(node, ROOT, true)) {
      if (this.children(node) > 0) parents.push(node)
    }
    return Uint32Array.from(parents)
  }
}

const FIRST_PARENTS = 1_024
const NO_SLOT = 0
const ROOT_SLOT = 1

/** Some topics, and the levels that lead to them, as they were when they were chosen. Costs what is chosen, not what there is. */
export class ChosenNodes implements ShownNodes {
  readonly #parentOf: Uint32Array
  /** By node: the slot of one below which something shows. What is known of those stands together, those above first. */
  readonly #slots: Uint32Array
  #slotCount = ROOT_SLOT + 1
  /** By slot, as the following: the node. */
  #nodes = new Uint32Array(FIRST_PARENTS)
  /** The slot of its parent. */
  #above = new Uint32Array(FIRST_PARENTS)
  #children = new Uint32Array(FIRST_PARENTS)
  #topicsBelow = new Uint32Array(FIRST_PARENTS)

  /** @param topics those that are chosen; they are to stay as they are */
  constructor(
    tree: TopicTree,
    private readonly chosen: NodeSet,
    readonly idLimit = tree.idLimit,
  ) {
    this.#parentOf = tree.columns.parents
    this.#slots = new Uint32Array(idLimit)
    this.#slots[ROOT] = ROOT_SLOT
    this.#countChildren()
    this.#countBelow()
  }

  /** How many topics were chosen. */
  get topics(): number {
    return this.chosen.size
  }

  shows(node: NodeId): boolean {
    return this.chosen.has(node) || (node !== ROOT && this.#slots[node] !== NO_SLOT)
  }

  children(node: NodeId): number {
    return this.#children[this.#slots[node] ?? NO_SLOT] ?? 0
  }

  topicsBelow(node: NodeId): number {
    return this.#topicsBelow[this.#slots[node] ?? NO_SLOT] ?? 0
  }

  parents(): Uint32Array {
    return this.#nodes.subarray(ROOT_SLOT, this.#slotCount)
  }

  /** A topic counts as one below its parent at once; to those further above its count comes in the end. */
  #countChildren(): void {
    const topics = this.chosen.toArray()
    const parentOf = this.#parentOf
    const slots = this.#slots
    for (let index = 0; index < topics.length; index += 1) {
      const parent = parentOf[topics[index] ?? 0] ?? ROOT
      const slot = slots[parent] || this.#addParents(parent)
      this.#topicsBelow[slot] = (this.#topicsBelow[slot] ?? 0) + 1
      this.#children[slot] = (this.#children[slot] ?? 0) + 1
    }
  }

  /** Gives slots to a node that has none and to those above it; returns the node's. */
  #addParents(node: NodeId): number {
    const parentOf = this.#parentOf
    const slots = this.#slots
    const nearest = slots[parentOf[node] ?? ROOT] ?? NO_SLOT
    if (nearest !== NO_SLOT) return this.#addParent(node, nearest)
    const way: NodeId[] = []
    let at = node
    for (; slots[at] === NO_SLOT; at = parentOf[at] ?? ROOT) way.push(at)
    let slot = slots[at] ?? ROOT_SLOT
    for (let below = way.pop(); below !== undefined; below = way.pop()) slot = this.#addParent(below, slot)
    return slot
  }

  #addParent(node: NodeId, above: number): number {
    const slot = this.#slotCount
    if (slot === this.#nodes.length) this.#grow()
    this.#slotCount = slot + 1
    this.#slots[node] = slot
    this.#nodes[slot] = node
    this.#above[slot] = above
    // One that is chosen is counted as a topic.
    if (!this.chosen.has(node)) this.#children[above] = (this.#children[above] ?? 0) + 1
    return slot
  }

  #grow(): void {
    this.#nodes = twiceAsLong(this.#nodes)
    this.#above = twiceAsLong(this.#above)
    this.#children = twiceAsLong(this.#children)
    this.#topicsBelow = twiceAsLong(this.#topicsBelow)
  }

  /** From the last parents up, each when all below it is counted: once a node, however deep the tree. */
  #countBelow(): void {
    const above = this.#above
    const topicsBelow = this.#topicsBelow
    for (let slot = this.#slotCount - 1; slot > ROOT_SLOT; slot -= 1) {
      const parent = above[slot] ?? ROOT_SLOT
      topicsBelow[parent] = (topicsBelow[parent] ?? 0) + (topicsBelow[slot] ?? 0)
    }
  }
}

function twiceAsLong(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(numbers.length * 2)
  longer.set(numbers)
  return longer
}
