import type { TreeSort } from '@shared/views/view-spec'
import type { TopicTree } from '../topics/flat-tree'
import { NO_NODE, type NodeId } from '../topics/node-id'
import type { SiblingOrder } from './lazy-order'
import { NameOrder } from './name-order'

/** Sorted by number or time, rows would dance; so they change places once a second at the most. */
const RESORT_INTERVAL_MS = 1_000

/**
 * How siblings are sorted. Numbers count as they were when their row was first looked at since the last sorting; what comes
 * after that stands at the end of its siblings until the next, which without `live` does not come.
 */
export class RowSort {
  #sort: TreeSort = 'name'
  #isLive = true
  /** Null: not yet. */
  #sortedAtMs: number | null = null
  /** By node: what its siblings are sorted by, descending. */
  #numbers = new Float64Array(0)
  /** The nodes whose children's numbers were taken, with the ids there were then. */
  readonly #taken = new Map<NodeId, NodeId>()

  constructor(private readonly tree: TopicTree) {}

  arrange(sort: TreeSort, live: boolean): void {
    this.#isLive = live
    if (sort === this.#sort) return
    this.#sort = sort
    this.#sortedAtMs = null
  }

  /** Whether numbers are to be taken anew: at once after {@link arrange}, and then only while `changing`. */
  isDue(nowMs: number, changing: boolean): boolean {
    if (this.#sortedAtMs === null) return true
    return this.#sort !== 'name' && this.#isLive && changing && nowMs >= this.#sortedAtMs + RESORT_INTERVAL_MS
  }

  /** Lets numbers be taken anew, as of a time. */
  renew(nowMs: number): void {
    this.#sortedAtMs = nowMs
    this.#taken.clear()
  }

  /** The order of a node's children. */
  orderOf(parent: NodeId): SiblingOrder {
    const names = new NameOrder(this.tree, parent)
    if (this.#sort === 'name') return names
    if (!this.#taken.has(parent)) this.#take(parent, this.#sort)
    const limit = this.#taken.get(parent) ?? 0
    const numbers = this.#numbers
    return new NumberOrder(names, (node) => (node < limit ? -(numbers[node] ?? 0) : node))
  }

  #take(parent: NodeId, sort: Exclude<TreeSort, 'name'>): void {
    const { tree } = this
    const { idLimit } = tree
    if (this.#numbers.length < idLimit) {
      const longer = new Float64Array(Math.ceil(idLimit * 1.5))
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    for (let child = tree.firstChild(parent); child !== NO_NODE; child = tree.nextSibling(child)) {
      this.#numbers[child] = this.#number(child, sort)
    }
    this.#taken.set(parent, idLimit)
  }

  #number(node: NodeId, sort: Exclude<TreeSort, 'name'>): number {
    switch (sort) {
      case 'messages':
        return this.tree.messages(node)
      case 'size':
        return this.tree.bytes(node)
      case 'recency':
        return this.tree.subtreeLastSequence(node)
      case 'rate':
        return this.tree.rate(node, this.#sortedAtMs ?? 0)
    }
  }
}

/** By a number, ascending; by name where it is the same. */
class NumberOrder implements SiblingOrder {
  constructor(
    private readonly names: NameOrder,
    private readonly numberOf: (node: NodeId) => number,
  ) {}

  fillKeys(nodes: Uint32Array, keys: Float64Array, from: number, to: number): void {
    let areSame = true
    for (let index = from; index < to; index += 1) {
      keys[index] = this.numberOf(nodes[index] ?? 0)
      areSame &&= keys[index] === keys[from]
    }
    if (areSame) this.names.fillKeys(nodes, keys, from, to)
  }

  compare(a: NodeId, b: NodeId): number {
    return this.names.compare(a, b)
  }
}
