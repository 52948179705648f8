import { ALIVE, EXPANDED } from './node-flags'
import { ROOT, type NodeId } from './node-id'
import type { NodeTable } from './node-table'
import { nextBelow } from './tree-walk'

/** Which nodes are expanded, and which will be when they come. The root always is. */
export class Expansion {
  /** Nodes to come start expanded above this level. */
  #newAbove = 0

  /** `atBirth`: the topics, by their hash, that start expanded whenever they come. */
  constructor(
    private readonly nodes: NodeTable,
    private readonly atBirth: ReadonlyMap<number, readonly string[]>,
  ) {
    nodes.set(ROOT, EXPANDED, true)
  }

  /** Expands a new node if it is to be. */
  born(node: NodeId, level: number, hash: number, topicOf: (node: NodeId) => string): void {
    if (level < this.#newAbove || (this.atBirth.size > 0 && this.atBirth.get(hash)?.includes(topicOf(node)) === true)) {
      this.nodes.set(node, EXPANDED, true)
    }
  }

  /** Expands or collapses a node, with all below when `recursive`; the root stands for its children. */
  set(node: NodeId, expanded: boolean, recursive: boolean): void {
    const { nodes } = this
    if (node === ROOT) this.#newAbove = expanded && recursive ? Number.POSITIVE_INFINITY : 0
    else nodes.set(node, EXPANDED, expanded)
    if (!recursive && node !== ROOT) return
    for (let at = nodes.firstChild(node); at !== 0; at = nextBelow(nodes, at, node, recursive)) nodes.set(at, EXPANDED, expanded)
  }

  /** Shows `depth` levels below a node, and collapses what is deeper. */
  toDepth(node: NodeId, depth: number): void {
    const { nodes } = this
    const above = nodes.level(node) + depth
    if (node === ROOT) this.#newAbove = above
    else nodes.set(node, EXPANDED, depth > 0)
    for (let at = nodes.firstChild(node); at !== 0; at = nextBelow(nodes, at, node, true)) {
      nodes.set(at, EXPANDED, nodes.level(at) < above)
    }
  }

  /** The expanded nodes that have children, in no order. */
  *expanded(limit: number): Iterable<NodeId> {
    for (let node = 1; node < limit; node += 1) {
      if (this.nodes.has(node, EXPANDED) && this.nodes.has(node, ALIVE) && this.nodes.firstChild(node) !== 0) yield node
    }
  }
}
