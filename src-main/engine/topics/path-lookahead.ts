import type { NodeTable } from './node-table'
import type { PathArena } from './path-arena'
import type { PathHash } from './path-hash'
import type { PathIndex } from './path-index'

/** So many paths are dealt with together: enough to hide the wait for memory, few enough to be still at hand when their turn comes. */
const MOST_PATHS = 128
/** About so many paths, with nodes and index, does a processor's cache hold. */
const PATHS_IN_CACHE = 250_000
const SLASH = 0x2f

/**
 * Reads what finding some paths, or adding them, will read, and does nothing with it. With a million topics a look-up is
 * three or four waits for memory, each for what the one before has brought; read step by step for many paths, which do not
 * depend on each other, the processor waits for all of them at once.
 */
export class PathLookahead {
  readonly #hashes = new Int32Array(MOST_PATHS)
  readonly #lengths = new Uint16Array(MOST_PATHS)
  readonly #slots = new Uint32Array(MOST_PATHS)
  /** What was read ends up here, or it would not be read. */
  touched = 0

  constructor(
    private readonly nodes: NodeTable,
    private readonly arena: PathArena,
    private readonly hash: PathHash,
    private readonly index: PathIndex,
  ) {}

  /** Whether it saves more than it takes: once memory is what a look-up waits for. */
  get pays(): boolean {
    return this.index.size > PATHS_IN_CACHE
  }

  /** Readies the paths `bytes[starts[i], ends[i])` of the first `count`, as far as there is room. */
  ready(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void {
    const most = Math.min(count, MOST_PATHS)
    for (let at = 0; at < most; at += 1) this.#put(at, bytes, starts[at] ?? 0, ends[at] ?? 0)
    this.#touchPaths(most)
    const unknown = this.#putParents(bytes, starts, ends, most)
    if (unknown === 0) return
    this.#touchPaths(unknown)
    this.#touchChildren(unknown)
  }

  #put(at: number, bytes: Uint8Array, start: number, end: number): void {
    this.#hashes[at] = this.hash.of(bytes, start, end)
    this.#lengths[at] = end - start
  }

  /** Goes on with the levels above those paths that were not found: they will get new children. @returns how many. */
  #putParents(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): number {
    let unknown = 0
    for (let at = 0; at < count; at += 1) {
      if (this.index.nodeIn(this.#slots[at] ?? 0) !== 0) continue
      const start = starts[at] ?? 0
      let end = (ends[at] ?? 0) - 1
      while (end > start && bytes[end] !== SLASH) end -= 1
      if (end <= start) continue
      this.#put(unknown, bytes, start, end)
      unknown += 1
    }
    return unknown
  }

  #touchPaths(count: number): void {
    const { nodes, arena, index } = this
    const hashes = this.#hashes
    const lengths = this.#lengths
    const slots = this.#slots
    let touched = 0
    for (let at = 0; at < count; at += 1) touched ^= index.touch(hashes[at] ?? 0)
    for (let at = 0; at < count; at += 1) slots[at] = index.slotOf(hashes[at] ?? 0)
    for (let at = 0; at < count; at += 1) touched ^= nodes.pathLength(index.nodeIn(slots[at] ?? 0))
    for (let at = 0; at < count; at += 1) {
      const path = nodes.path(index.nodeIn(slots[at] ?? 0))
      touched ^= arena.touch(path) ^ arena.touch(path + (lengths[at] ?? 0))
    }
    this.touched ^= touched
  }

  /** A new child is linked to the first of those there are. */
  #touchChildren(count: number): void {
    const { nodes, index } = this
    const slots = this.#slots
    let touched = 0
    for (let at = 0; at < count; at += 1) touched ^= nodes.touch(index.nodeIn(slots[at] ?? 0))
    for (let at = 0; at < count; at += 1) touched ^= nodes.previousSibling(nodes.firstChild(index.nodeIn(slots[at] ?? 0)))
    this.touched ^= touched
  }
}
