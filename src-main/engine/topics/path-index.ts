import { NO_NODE, type NodeId } from './node-id'
import type { NodeTable } from './node-table'
import type { PathArena } from './path-arena'

const FIRST_SLOTS = 1_024
/** Share of slots that may be taken. */
const FULLNESS = 0.7

/**
 * Finds a node by the bytes of its whole path: a hash table with open addressing. A slot is a pair, hash and node, the node
 * 0 when it is free: hashes beside the ids spare a look at nodes that are not meant, when searching and when growing.
 */
export class PathIndex {
  #slots = new Int32Array(FIRST_SLOTS * 2)
  #mask = FIRST_SLOTS - 1
  #taken = 0

  constructor(
    private readonly nodes: NodeTable,
    private readonly paths: PathArena,
  ) {}

  get memoryBytes(): number {
    return this.#slots.byteLength
  }

  /** The node whose path is `length` bytes of these words, or {@link NO_NODE}. */
  find(words: Int32Array, length: number, hash: number): NodeId {
    const slots = this.#slots
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const node = slots[slot * 2 + 1] ?? 0
      if (node === 0) return NO_NODE
      if (slots[slot * 2] !== hash || this.nodes.pathLength(node) !== length) continue
      if (this.paths.startsWith(this.nodes.path(node), words, length)) return node
    }
  }

  /** Adds a node whose path is not there yet. */
  add(node: NodeId, hash: number): void {
    if (this.#taken >= (this.#mask + 1) * FULLNESS) this.#grow()
    this.#put(node, hash)
    this.#taken += 1
  }

  /** Takes a node out that is there. */
  remove(node: NodeId, hash: number): void {
    const slots = this.#slots
    let hole = hash & this.#mask
    while (slots[hole * 2 + 1] !== node) hole = (hole + 1) & this.#mask
    // What stands behind the hole moves up, unless it would then stand before the slot its hash points to.
    for (let slot = (hole + 1) & this.#mask; slots[slot * 2 + 1] !== 0; slot = (slot + 1) & this.#mask) {
      const home = (slots[slot * 2] ?? 0) & this.#mask
      if (((slot - home) & this.#mask) < ((slot - hole) & this.#mask)) continue
      slots[hole * 2] = slots[slot * 2] ?? 0
      slots[hole * 2 + 1] = slots[slot * 2 + 1] ?? 0
      hole = slot
    }
    slots[hole * 2 + 1] = 0
    this.#taken -= 1
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < old.length; at += 2) {
      const node = old[at + 1] ?? 0
      if (node !== 0) this.#put(node, old[at] ?? 0)
    }
  }

  #put(node: NodeId, hash: number): void {
    let slot = hash & this.#mask
    while (this.#slots[slot * 2 + 1] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[slot * 2] = hash
    this.#slots[slot * 2 + 1] = node
  }
}
