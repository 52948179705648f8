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
    if (node >= this.#known.length || this.#known[node] === UNKNOWN) this.collect(node, node + 1, 1, true, [])
    return this.#known[node] === PRESENT
  }

  /** The node's id may come to stand for another path. */
  forget(node: NodeId): void {
    if (node < this.#known.length) this.#known[node] = UNKNOWN
  }

  /**
   * Looks at the nodes from `from` to before `to`, topics or not, or until it has read so many bytes; returns how far it got.
   * Adds those in whose paths the text is `present`, or is not.
   * Most nodes have greater ids than those above them, so going through all in turn asks little of what is far away.
   */
  collect(from: NodeId, to: NodeId, mostBytes: number, present: boolean, into: NodeId[]): NodeId {
    const wanted = present ? PRESENT : ABSENT
    if (to > this.#known.length) this.#grow(to)
    const known = this.#known
    const { columns, arena } = this.tree
    const { parents, places, lengths } = columns
    const { finder } = this
    const { reach } = finder
    let bytesRead = 0
    let node = from
    for (; node < to && bytesRead < mostBytes; node += 1) {
      const length = lengths[node] ?? 0
      if (length === 0) continue
      let state = known[node] ?? UNKNOWN
      if (state === UNKNOWN) {
        const parent = parents[node] ?? ROOT
        if (parent !== ROOT && known[parent] === UNKNOWN) bytesRead += this.#lookAtWhole(parent)
        if (known[parent] === PRESENT) state = PRESENT
        else {
          // The end: the name, and as much before it as a find may begin before the name; the slash is not the parent's.
          const skipped = Math.max(0, (lengths[parent] ?? 0) - reach)
          const place = places[node] ?? 0
          const start = arena.startOf(place)
          bytesRead += length - skipped
          state = finder.isIn(arena.chunkOf(place), start + skipped, start + length) ? PRESENT : ABSENT
        }
        known[node] = state
      }
      if (state === wanted) into.push(node)
    }
    this.counter.bytesRead += bytesRead
    return node
  }

  /** For nodes that are come upon before they are in turn. Returns how many bytes it read. */
  #lookAtWhole(node: NodeId): number {
    const known = this.#known
    const { columns, arena } = this.tree
    const { parents, places, lengths } = columns
    const length = lengths[node] ?? 0
    const place = places[node] ?? 0
    const start = arena.startOf(place)
    const isPresent = length > 0 && this.finder.isIn(arena.chunkOf(place), start, start + length)
    known[node] = isPresent ? PRESENT : ABSENT
    // What is absent here is absent in all levels above.
    if (!isPresent) for (let at = parents[node] ?? ROOT; at !== ROOT && known[at] === UNKNOWN; at = parents[at] ?? ROOT) known[at] = ABSENT
    return length
  }

  #grow(limit: number): void {
    const known = new Uint8Array(Math.max(limit, this.tree.idLimit, this.#known.length * 2))
    known.set(this.#known)
    this.#known = known
  }
}
