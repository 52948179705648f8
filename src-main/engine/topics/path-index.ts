import { NO_NODE, type NodeId } from './node-id'
import type { NodeTable } from './node-table'
import type { PathArena } from './path-arena'

const FIRST_SLOTS = 1_024
/** Share of slots that may be taken. */
const FULLNESS = 0.7

/** A slot: two numbers of 32 bits. The node is 0 when it is free. */
const SLOT = 2
const HASH = 0
const NODE = 1

/** Finds a node by the bytes of its whole path: a hash table with open addressing. */
export class PathIndex {
  #slots = new Int32Array(FIRST_SLOTS * SLOT)
  #mask = FIRST_SLOTS - 1
  #taken = 0

  constructor(
    private readonly nodes: NodeTable,
    private readonly paths: PathArena,
  ) {}

  /** How many paths there are. */
  get size(): number {
    return this.#taken
  }

  get memoryBytes(): number {
    return this.#slots.byteLength
  }

  /** The node whose path is `length` bytes of these words, or {@link NO_NODE}. */
  find(words: Int32Array, length: number, hash: number): NodeId {
    const slots = this.#slots
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slot * SLOT
      const node = slots[at + NODE] ?? 0
      if (node === 0) return NO_NODE
      // The node is asked for its length first: that fetches its record, which the message is written to next.
      if (slots[at + HASH] !== hash || this.nodes.pathLength(node) !== length) continue
      if (this.paths.startsWith(this.nodes.path(node), words, length)) return node
    }
  }

  /** Some number that takes the processor to fetch the slot where a path with this hash is looked for first. */
  touch(hash: number): number {
    return this.#slots[(hash & this.#mask) * SLOT + NODE] ?? 0
  }

  /** The place of what has this hash, or that of a free slot: most likely the path one looks for. */
  slotOf(hash: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let slot = hash & mask
    while (slots[slot * SLOT + HASH] !== hash && slots[slot * SLOT + NODE] !== 0) slot = (slot + 1) & mask
    return slot
  }

  /** 0 in a free slot. */
  nodeIn(slot: number): NodeId {
    return this.#slots[slot * SLOT + NODE] ?? 0
  }

  /** Adds a node whose path is not there yet. */
  add(node: NodeId, hash: number): void {
    if (this.#taken >= (this.#mask + 1) * FULLNESS) this.#grow()
    const at = this.#freeSlot(hash) * SLOT
    this.#slots[at + HASH] = hash
    this.#slots[at + NODE] = node
    this.#taken += 1
  }

  /** Takes a node out that is there. */
  remove(node: NodeId, hash: number): void {
    const slots = this.#slots
    const mask = this.#mask
    let hole = hash & mask
    while (slots[hole * SLOT + NODE] !== node) hole = (hole + 1) & mask
    // What stands behind the hole moves up, unless it would then stand before the slot its hash points to.
    for (let slot = (hole + 1) & mask; slots[slot * SLOT + NODE] !== 0; slot = (slot + 1) & mask) {
      const home = (slots[slot * SLOT + HASH] ?? 0) & mask
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue
      slots.copyWithin(hole * SLOT, slot * SLOT, (slot + 1) * SLOT)
      hole = slot
    }
    slots[hole * SLOT + NODE] = 0
    this.#taken -= 1
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < old.length; at += SLOT) {
      if (old[at + NODE] === 0) continue
      const to = this.#freeSlot(old[at + HASH] ?? 0) * SLOT
      for (let field = 0; field < SLOT; field += 1) this.#slots[to + field] = old[at + field] ?? 0
    }
  }

  #freeSlot(hash: number): number {
    let slot = hash & this.#mask
    while (this.#slots[slot * SLOT + NODE] !== 0) slot = (slot + 1) & this.#mask
    return slot
  }
}
