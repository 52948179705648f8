import { ALIVE, PATH_MOVED } from './node-flags'
import { ROOT, type NodeId } from './node-id'
import type { NodePool } from './node-pool'
import type { NodeTable } from './node-table'
import { PathArena } from './path-arena'
import { PathHash, type HashKeys } from './path-hash'
import { PathIndex } from './path-index'
import { PathLookahead } from './path-lookahead'

/** A path may have this much garbage before it is worth to move what is left. */
const LEAST_GARBAGE_BYTES = 1 << 20
const FIRST_LEVELS = 64

/**
 * The paths of all nodes. Only a topic's first sight brings bytes into the arena; the levels above that come with it
 * are beginnings of them. So each node on the way to a leaf can do with the leaf's bytes, which is what moving makes of it.
 */
export class TopicPaths {
  readonly arena: PathArena
  readonly lookahead: PathLookahead
  readonly #hash: PathHash
  readonly #index: PathIndex
  /** What the paths of leaves, and of retired nodes, add up to: all that is needed. */
  #neededBytes = 0
  /** The levels of the path that was last {@link split}: where each ends, from the path's start, and its hash. */
  ends = new Uint32Array(FIRST_LEVELS)
  hashes = new Int32Array(FIRST_LEVELS)

  constructor(
    private readonly nodes: NodeTable,
    maxBytes: number,
    keys: HashKeys,
  ) {
    this.arena = new PathArena(maxBytes)
    this.#hash = new PathHash(keys)
    this.#index = new PathIndex(nodes, this.arena)
    this.lookahead = new PathLookahead(nodes, this.arena, this.#hash, this.#index)
  }

  get memoryBytes(): number {
    return this.arena.memoryBytes + this.#index.memoryBytes + this.ends.byteLength + this.hashes.byteLength
  }

  hashOf(bytes: Uint8Array): number {
    return this.#hash.of(bytes, 0, bytes.length)
  }

  /** The node with this path, or NO_NODE. */
  find(bytes: Uint8Array, start: number, end: number): NodeId {
    return this.#index.find(this.#hash.words, end - start, this.#hash.of(bytes, start, end))
  }

  /** Fills {@link ends} and {@link hashes} and returns how many levels the path has. */
  split(bytes: Uint8Array, start: number, end: number): number {
    const most = end - start + 1
    if (most > this.ends.length) {
      this.ends = new Uint32Array(most)
      this.hashes = new Int32Array(most)
    }
    return this.#hash.ofLevels(bytes, start, end, this.ends, this.hashes)
  }

  /** The node of a level of the path that was split last, or NO_NODE. */
  findLevel(level: number): NodeId {
    return this.#index.find(this.#hash.words, this.ends[level] ?? 0, this.hashes[level] ?? 0)
  }

  /** Gives a new node the path at a place of the arena. It has its parent, and no children yet. */
  give(node: NodeId, at: number, length: number, hash: number): void {
    const parent = this.nodes.parent(node)
    this.nodes.setPath(node, at)
    this.nodes.setPathLength(node, length)
    this.#index.add(node, hash)
    this.#neededBytes += length
    if (parent !== ROOT && this.nodes.nextSibling(node) === 0) this.#neededBytes -= this.nodes.pathLength(parent)
  }

  /** Lets nothing be found under the path of a node that was detached; it stays readable. Its hash comes from {@link split}. */
  forget(node: NodeId): void {
    const parent = this.nodes.parent(node)
    this.nodes.hidePath(node)
    this.#index.remove(node, this.hashes[this.nodes.level(node) - 1] ?? 0)
    if (parent !== ROOT && this.nodes.firstChild(parent) === 0) this.#neededBytes += this.nodes.pathLength(parent)
  }

  /** Lets go of the path of a node that was forgotten: it has none from now on. */
  release(node: NodeId): void {
    this.#neededBytes -= this.nodes.pathLength(node)
    this.nodes.setPathLength(node, 0)
  }

  /** The part of a node's path from a byte on, as text. */
  text(node: NodeId, from: number): string {
    const length = this.nodes.pathLength(node)
    return from < length ? this.arena.text(this.nodes.path(node), from, length) : ''
  }

  /** Moves all paths together when half of what the arena holds is garbage. */
  compact(pool: NodePool): void {
    if (this.arena.usedBytes < this.#neededBytes * 2 + LEAST_GARBAGE_BYTES) return
    const { nodes } = this
    const fresh = new PathArena(this.arena.maxBytes)
    for (let node = 1; node < pool.limit; node += 1) {
      if (nodes.has(node, ALIVE) && nodes.firstChild(node) === 0) this.#move(node, fresh)
    }
    for (const node of pool.retired()) this.#move(node, fresh)
    for (let node = 1; node < pool.limit; node += 1) nodes.set(node, PATH_MOVED, false)
    this.arena.adopt(fresh)
  }

  /** Moves a node's path, and lets those above that have not moved begin there too. */
  #move(leaf: NodeId, to: PathArena): void {
    const { nodes } = this
    if (nodes.has(leaf, PATH_MOVED)) return
    const start = this.arena.startOf(nodes.path(leaf))
    const at = to.add(this.arena.chunkOf(nodes.path(leaf)), start, start + nodes.pathLength(leaf))
    for (let node = leaf; node !== ROOT && !nodes.has(node, PATH_MOVED); node = nodes.parent(node)) {
      nodes.setPath(node, at)
      nodes.set(node, PATH_MOVED, true)
    }
  }
}
