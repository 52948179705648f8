import { ALIVE, DIRTY } from './node-flags'
import type { NodeId } from './node-id'
import type { NodeTable } from './node-table'

/**
 * Which ids are in use. An id that is retired waits until nothing speaks of it any more, in the order of retirement, so
 * that a node always outlives those below it. The queue and the list of free ids are links in the records themselves.
 */
export class NodePool {
  /** Ids from here on were never given out. */
  #limit = 1
  #free: NodeId = 0
  #freeCount = 0
  #firstRetired: NodeId = 0
  #lastRetired: NodeId = 0
  /** Whether freed ids may be given out again. */
  reusing = true

  constructor(private readonly nodes: NodeTable) {}

  get limit(): number {
    return this.#limit
  }

  /** How many ids can be taken. */
  get available(): number {
    return this.nodes.maxNodes + 1 - this.#limit + (this.reusing ? this.#freeCount : 0)
  }

  /** An id for a new node, with empty records. Look first whether there is one {@link available}. */
  take(level: number): NodeId {
    const node = this.reusing && this.#free !== 0 ? this.#free : this.#limit
    if (node === this.#limit) {
      this.#limit += 1
      this.nodes.reserve(this.#limit)
    } else {
      this.#free = this.nodes.nextSibling(node)
      this.#freeCount -= 1
      this.nodes.clear(node)
    }
    this.nodes.begin(node, ALIVE, level)
    return node
  }

  /** Takes a node out of use; the log may speak of it until its `lastSequence` is let go. Its place and path stay readable. */
  retire(node: NodeId, lastSequence: number): void {
    const { nodes } = this
    const before = this.#lastRetired === 0 ? 0 : nodes.subtreeLastSequence(this.#lastRetired)
    nodes.setSubtreeLast(node, Math.max(before, lastSequence), 0)
    nodes.set(node, ALIVE, false)
    nodes.setNextSibling(node, 0)
    if (this.#lastRetired === 0) this.#firstRetired = node
    else nodes.setNextSibling(this.#lastRetired, node)
    this.#lastRetired = node
  }

  /** The retired nodes that are not free yet: those below before those above. */
  *retired(): Iterable<NodeId> {
    for (let node = this.#firstRetired; node !== 0; node = this.nodes.nextSibling(node)) yield node
  }

  /** Whether nothing but the next fold keeps the oldest of the retired ids from being freed: it stands in the list that goes through. */
  isNextDirty(oldestSequence: number): boolean {
    return this.nodes.has(this.#nextDue(oldestSequence), DIRTY)
  }

  /** Frees the oldest of the retired ids, if no message since `oldestSequence` is its; 0 when there is none. */
  freeNext(oldestSequence: number): NodeId {
    const { nodes } = this
    const node = this.#nextDue(oldestSequence)
    // A dirty one is marked for the next fold.
    if (node === 0 || nodes.has(node, DIRTY)) return 0
    this.#firstRetired = nodes.nextSibling(node)
    if (this.#firstRetired === 0) this.#lastRetired = 0
    nodes.setNextSibling(node, this.#free)
    this.#free = node
    this.#freeCount += 1
    return node
  }

  #nextDue(oldestSequence: number): NodeId {
    const node = this.#firstRetired
    return this.nodes.subtreeLastSequence(node) < oldestSequence ? node : 0
  }
}
