import type { TopicTree } from '../topics/topic-tree'
import { NO_NODE, ROOT, type NodeId } from '../topics/node-id'
import type { Expansion } from './outline'
import type { ShownNodes } from './shown-nodes'

/** What a search found is open, but for the nodes that were closed by hand. The tree's own expansion is not touched. */
export class FoundExpansion implements Expansion {
  constructor(
    private readonly tree: TopicTree,
    private readonly shown: ShownNodes,
    private readonly closed: Set<NodeId>,
  ) {}

  get candidates(): Iterable<NodeId> {
    return this.shown.parents()
  }

  get allOpen(): Uint32Array | null {
    return this.closed.size === 0 ? this.shown.parents() : null
  }

  isOpen(node: NodeId): boolean {
    return !this.closed.has(node)
  }

  /** Opens or closes a node, with all below when `recursive`; the root stands for its children. */
  set(node: NodeId, expanded: boolean, recursive: boolean): void {
    if (node !== ROOT) this.#put(node, expanded)
    if (recursive || node === ROOT) for (const below of this.#below(node, recursive)) this.#put(below, expanded)
  }

  /** Shows `depth` levels below a node, and closes what is deeper. */
  toDepth(node: NodeId, depth: number): void {
    const above = this.tree.levelOf(node) + depth
    if (node !== ROOT) this.#put(node, depth > 0)
    for (const below of this.#below(node, true)) this.#put(below, this.tree.levelOf(below) < above)
  }

  #put(node: NodeId, expanded: boolean): void {
    if (expanded) this.closed.delete(node)
    else if (this.shown.children(node) > 0) this.closed.add(node)
  }

  /** All that shows below a node; its children alone unless `recursive`. */
  *#below(node: NodeId, recursive: boolean): Iterable<NodeId> {
    const { tree, shown } = this
    let at = tree.firstChild(node)
    while (at !== NO_NODE) {
      const isShown = shown.shows(at)
      if (isShown) yield at
      at = tree.nextBelow(at, node, recursive && isShown)
    }
  }
}
