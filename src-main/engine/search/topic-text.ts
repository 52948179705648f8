import { ROOT, type NodeId } from '../topics/node-id'
import type { SearchableTree } from './searchable-tree'
import type { TextFinder } from './text-finder'

/** Who wants to know how much was looked at. */
interface ByteCounter {
  bytesRead: number
}

const SLASH = 0x2f

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
    if (known[node] === UNKNOWN) known[node] = this.#isInParent(node) || this.#isInEnd(node) ? PRESENT : ABSENT
    return known[node] === PRESENT
  }

  /** The node's id may come to stand for another path. */
  forget(node: NodeId): void {
    if (node < this.#known.length) this.#known[node] = UNKNOWN
  }

  #isInParent(node: NodeId): boolean {
    const known = this.#known
    const parent = this.tree.parent(node)
    if (parent === ROOT) return false
    if (known[parent] !== UNKNOWN) return known[parent] === PRESENT
    const { bytes, start, end } = this.tree.pathIn(parent)
    this.counter.bytesRead += end - start
    const isPresent = this.finder.isIn(bytes, start, end)
    known[parent] = isPresent ? PRESENT : ABSENT
    if (isPresent) return true
    // What is absent here is absent in all levels above.
    for (let at = this.tree.parent(parent); at !== ROOT && known[at] === UNKNOWN; at = this.tree.parent(at)) known[at] = ABSENT
    return false
  }

  /** Looks at the name of `node`, and as much before it as a find may begin before the name; the slash is not the parent's. */
  #isInEnd(node: NodeId): boolean {
    const { bytes, start, end } = this.tree.pathIn(node)
    let slash = end - 1
    // Here and not in the parent's record, which is far away.
    while (slash > start && bytes[slash] !== SLASH) slash -= 1
    const from = Math.max(start, slash - this.finder.reach)
    this.counter.bytesRead += end - from
    return this.finder.isIn(bytes, from, end)
  }

  #grow(): void {
    const known = new Uint8Array(Math.max(this.tree.idLimit, this.#known.length * 2))
    known.set(this.#known)
    this.#known = known
  }
}
