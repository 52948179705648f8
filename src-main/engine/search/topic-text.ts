import { ROOT, type NodeId } from '../topics/node-id'
import type { SearchableTree } from './searchable-tree'
import type { TextFinder } from './text-finder'

/** Who wants to know how much was looked at. */
interface ByteCounter {
  bytesRead: number
}

const UNKNOWN = 0
const ABSENT = 1
const PRESENT = 2

/**
 * Whether a text is in the path of a node. A path is that of the parent and a name: what is not in the parent's must
 * reach into the name, so only that end is looked at; and what is in the parent's needs no look at all.
 */
export class TopicText {
  #known = new Uint8Array(0)

  constructor(
    private readonly tree: SearchableTree,
    private readonly finder: TextFinder,
    private readonly counter: ByteCounter,
  ) {}

  isIn(node: NodeId): boolean {
    if (node >= this.#known.length) this.#grow()
    const known = this.#known
    const state = known[node]
    if (state !== UNKNOWN) return state === PRESENT
    let top = node
    let above = this.tree.parent(top)
    while (above !== ROOT && known[above] === UNKNOWN) {
      top = above
      above = this.tree.parent(top)
    }
    const isPresent = known[above] === PRESENT || this.#isInEnd(node, top)
    known[node] = isPresent ? PRESENT : ABSENT
    // What is absent here is absent in all levels between; where it is present, it may be in this name alone.
    if (!isPresent) for (let at = this.tree.parent(node); at !== above; at = this.tree.parent(at)) known[at] = ABSENT
    return isPresent
  }

  /** The node's id may come to stand for another path. */
  forget(node: NodeId): void {
    if (node < this.#known.length) this.#known[node] = UNKNOWN
  }

  /** Looks at the path of `node` from the name of `top` on; a find may begin before that. */
  #isInEnd(node: NodeId, top: NodeId): boolean {
    const { start, nameStart } = this.tree.pathIn(top)
    const from = Math.max(0, nameStart - start - 1 - this.finder.reach) // the slash before the name is not the parent's
    const path = this.tree.pathIn(node)
    this.counter.bytesRead += path.end - path.start - from
    return this.finder.isIn(path.bytes, path.start + from, path.end)
  }

  #grow(): void {
    const known = new Uint8Array(Math.max(this.tree.idLimit, this.#known.length * 2))
    known.set(this.#known)
    this.#known = known
  }
}
