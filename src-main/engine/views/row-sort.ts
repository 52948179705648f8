import type { TreeSort } from '@shared/views/view-spec'
import type { TopicTree } from '../topics/topic-tree'
import { NO_NODE, ROOT, type NodeId } from '../topics/node-id'
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
  #sortedSequence = 0
  #ratesAtMs = 0
  /** By node: what its siblings are sorted by, descending. */
  #numbers = new Float64Array(0)
  /** The nodes whose children's numbers were taken, with the ids there were then. */
  readonly #taken = new Map<NodeId, NodeId>()

  readonly #topNames: NameOrder
  readonly #names: NameOrder

  constructor(private readonly tree: TopicTree) {
    this.#topNames = new NameOrder(tree, true)
    this.#names = new NameOrder(tree, false)
  }

  /** Whether that is another order. */
  arrange(sort: TreeSort, live: boolean): boolean {
    this.#isLive = live
    if (sort === this.#sort) return false
    this.#sort = sort
    this.#sortedAtMs = null
    return true
  }

  /** Whether numbers are to be taken anew, rates as of `ratesAtMs`: at once after {@link arrange}, and then when they may have changed. */
  isDue(nowMs: number, ratesAtMs: number): boolean {
    if (this.#sortedAtMs === null) return true
    if (this.#sort === 'name' || !this.#isLive || nowMs < this.#sortedAtMs + RESORT_INTERVAL_MS) return false
    return this.#sort === 'rate' ? ratesAtMs !== this.#ratesAtMs : this.tree.subtreeLastSequence(ROOT) !== this.#sortedSequence
  }

  /** Lets numbers be taken anew; rates as of `ratesAtMs`, by the clock the tree is folded by. */
  renew(nowMs: number, ratesAtMs: number): void {
    this.#sortedAtMs = nowMs
    this.#ratesAtMs = ratesAtMs
    this.#sortedSequence = this.tree.subtreeLastSequence(ROOT)
    this.#taken.clear()
  }

  /** A node goes: its id may come to stand for another, which comes last. */
  forget(node: NodeId): void {
    if (node < this.#numbers.length) this.#numbers[node] = 0
    this.#taken.delete(node)
  }

  /** The order of a node's children. */
  orderOf(parent: NodeId): SiblingOrder {
    const names = parent === ROOT ? this.#topNames : this.#names
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
        return this.tree.rate(node, this.#ratesAtMs)
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
