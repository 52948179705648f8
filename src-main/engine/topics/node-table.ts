import { DIRTY, FRESH, KEPT, RETAINED, TOPIC } from './node-flags'
import { ROOT, type NodeId } from './node-id'

/**
 * A node is two records of 64 bytes, which is a line of the processor's cache. What a message needs and writes stands in the
 * first 48 bytes of the *hot* one: it stays within one line even where the allocator gives buffers that are off by 16.
 *
 * | byte | hot                                    | cold                                              |
 * |------|----------------------------------------|---------------------------------------------------|
 * | 0    | f64 last sequence                      | f64 messages, of the node and all below           |
 * | 8    | f64 last at (ms)                       | f64 bytes, of the node and all below              |
 * | 16   | f64 messages not folded yet            | f64 last sequence, of the node and all below      |
 * | 24   | f64 bytes not folded yet               | f64 last at (ms), of the node and all below       |
 * | 32   | u32 path's place · u16 length · u16 flags | f64 own messages                               |
 * | 40   | u32 last offset · u32 last bytes       | u32 own messages let go, modulo 2^32 · u32 previous sibling |
 * | 48   | u16 last segment · u16 level − 1 · u32 parent | u32 subtopics · u32 children               |
 * | 56   | u32 first child · u32 next sibling     | f32 rate (messages/s) · u32 its time (ticks)      |
 *
 * Links to other nodes are 0 for none: the root is nobody's child.
 */
const RECORD_BYTES = 64
const F64 = 3
const U32 = 4
const U16 = 5

const LAST_SEQUENCE = 0
const LAST_AT = 1
const NEW_MESSAGES = 2
const NEW_BYTES = 3
const PATH = 8
const PATH_LENGTH = 18
const FLAGS = 19
const LAST_OFFSET = 10
const LAST_BYTES = 11
const LAST_SEGMENT = 24
const DEPTH = 25
const PARENT = 13
const FIRST_CHILD = 14
const NEXT_SIBLING = 15

const MESSAGES = 0
const BYTES = 1
const SUBTREE_LAST_SEQUENCE = 2
const SUBTREE_LAST_AT = 3
const OWN_MESSAGES = 4
const LET_GO = 10
const PREVIOUS_SIBLING = 11
const SUBTOPICS = 12
const CHILDREN = 13
const RATE = 14
const RATE_TICK = 15

const FIRST_CAPACITY = 1_024
const GROWTH = 1.5

/** The records of all nodes, by id. Knows their layout, and nothing of what the numbers mean to each other. */
export class NodeTable {
  #capacity = 0
  #hotF64 = new Float64Array(0)
  #hotU32 = new Uint32Array(0)
  #hotU16 = new Uint16Array(0)
  #coldF64 = new Float64Array(0)
  #coldU32 = new Uint32Array(0)
  #coldF32 = new Float32Array(0)

  constructor(readonly maxNodes: number) {
    this.reserve(1)
  }

  get memoryBytes(): number {
    return this.#capacity * RECORD_BYTES * 2
  }

  /** Makes place for all ids below `count`. */
  reserve(count: number): void {
    if (count <= this.#capacity) return
    const wanted = Math.max(count, FIRST_CAPACITY, Math.ceil(this.#capacity * GROWTH))
    this.#capacity = Math.max(count, Math.min(wanted, this.maxNodes))
    const hot = grown(this.#hotF64, this.#capacity)
    this.#hotF64 = new Float64Array(hot)
    this.#hotU32 = new Uint32Array(hot)
    this.#hotU16 = new Uint16Array(hot)
    const cold = grown(this.#coldF64, this.#capacity)
    this.#coldF64 = new Float64Array(cold)
    this.#coldU32 = new Uint32Array(cold)
    this.#coldF32 = new Float32Array(cold)
  }

  /** Empties both records of a node. */
  clear(node: NodeId): void {
    this.#hotF64.fill(0, node << F64, (node + 1) << F64)
    this.#coldF64.fill(0, node << F64, (node + 1) << F64)
  }

  /** Writes a message down as the node's last one and counts it; returns the flags as they were before. */
  take(node: NodeId, sequence: number, atMs: number, byteCount: number, segment: number, offset: number, retain: boolean): number {
    const f64 = this.#hotF64
    const u32 = this.#hotU32
    const u16 = this.#hotU16
    const at = node << F64
    f64[at + LAST_SEQUENCE] = sequence
    f64[at + LAST_AT] = atMs
    f64[at + NEW_MESSAGES] = (f64[at + NEW_MESSAGES] ?? 0) + 1
    f64[at + NEW_BYTES] = (f64[at + NEW_BYTES] ?? 0) + byteCount
    u32[(node << U32) + LAST_OFFSET] = offset
    u32[(node << U32) + LAST_BYTES] = byteCount
    u16[(node << U16) + LAST_SEGMENT] = segment
    const flags = u16[(node << U16) + FLAGS] ?? 0
    u16[(node << U16) + FLAGS] = (flags & ~(RETAINED | KEPT)) | TOPIC | DIRTY | (retain ? RETAINED : 0) | ((flags & TOPIC) === 0 ? FRESH : 0)
    return flags
  }

  /** Forgets the last message; the counts stay. */
  clearLast(node: NodeId): void {
    this.#hotF64[(node << F64) + LAST_SEQUENCE] = 0
    this.#hotF64[(node << F64) + LAST_AT] = 0
    this.#hotU32[(node << U32) + LAST_BYTES] = 0
  }

  lastSequence(node: NodeId): number {
    return this.#hotF64[(node << F64) + LAST_SEQUENCE] ?? 0
  }

  lastAtMs(node: NodeId): number {
    return this.#hotF64[(node << F64) + LAST_AT] ?? 0
  }

  lastBytes(node: NodeId): number {
    return this.#hotU32[(node << U32) + LAST_BYTES] ?? 0
  }

  lastSegment(node: NodeId): number {
    return this.#hotU16[(node << U16) + LAST_SEGMENT] ?? 0
  }

  lastOffset(node: NodeId): number {
    return this.#hotU32[(node << U32) + LAST_OFFSET] ?? 0
  }

  setLastPlace(node: NodeId, segment: number, offset: number): void {
    this.#hotU16[(node << U16) + LAST_SEGMENT] = segment
    this.#hotU32[(node << U32) + LAST_OFFSET] = offset
  }

  newMessages(node: NodeId): number {
    return this.#hotF64[(node << F64) + NEW_MESSAGES] ?? 0
  }

  newBytes(node: NodeId): number {
    return this.#hotF64[(node << F64) + NEW_BYTES] ?? 0
  }

  addNew(node: NodeId, messages: number, bytes: number): void {
    this.#hotF64[(node << F64) + NEW_MESSAGES] = this.newMessages(node) + messages
    this.#hotF64[(node << F64) + NEW_BYTES] = this.newBytes(node) + bytes
  }

  clearNew(node: NodeId): void {
    this.#hotF64[(node << F64) + NEW_MESSAGES] = 0
    this.#hotF64[(node << F64) + NEW_BYTES] = 0
  }

  path(node: NodeId): number {
    return this.#hotU32[(node << U32) + PATH] ?? 0
  }

  setPath(node: NodeId, at: number): void {
    this.#hotU32[(node << U32) + PATH] = at
  }

  pathLength(node: NodeId): number {
    return this.#hotU16[(node << U16) + PATH_LENGTH] ?? 0
  }

  setPathLength(node: NodeId, bytes: number): void {
    this.#hotU16[(node << U16) + PATH_LENGTH] = bytes
  }

  has(node: NodeId, flag: number): boolean {
    return ((this.#hotU16[(node << U16) + FLAGS] ?? 0) & flag) !== 0
  }

  set(node: NodeId, flag: number, on: boolean): void {
    const flags = this.#hotU16[(node << U16) + FLAGS] ?? 0
    this.#hotU16[(node << U16) + FLAGS] = on ? flags | flag : flags & ~flag
  }

  /** 1 for the top level, 0 for the root; 65,536 for the most slashes a topic can have, which is why one less is stored. */
  level(node: NodeId): number {
    return node === ROOT ? 0 : (this.#hotU16[(node << U16) + DEPTH] ?? 0) + 1
  }

  setLevel(node: NodeId, level: number): void {
    this.#hotU16[(node << U16) + DEPTH] = level - 1
  }

  parent(node: NodeId): NodeId {
    return this.#hotU32[(node << U32) + PARENT] ?? 0
  }

  firstChild(node: NodeId): NodeId {
    return this.#hotU32[(node << U32) + FIRST_CHILD] ?? 0
  }

  nextSibling(node: NodeId): NodeId {
    return this.#hotU32[(node << U32) + NEXT_SIBLING] ?? 0
  }

  setNextSibling(node: NodeId, next: NodeId): void {
    this.#hotU32[(node << U32) + NEXT_SIBLING] = next
  }

  childCount(node: NodeId): number {
    return this.#coldU32[(node << U32) + CHILDREN] ?? 0
  }

  /** Makes a node the first child of another. */
  attach(node: NodeId, parent: NodeId): void {
    const next = this.firstChild(parent)
    this.#hotU32[(node << U32) + PARENT] = parent
    this.#hotU32[(node << U32) + NEXT_SIBLING] = next
    this.#coldU32[(node << U32) + PREVIOUS_SIBLING] = 0
    if (next !== 0) this.#coldU32[(next << U32) + PREVIOUS_SIBLING] = node
    this.#hotU32[(parent << U32) + FIRST_CHILD] = node
    this.#coldU32[(parent << U32) + CHILDREN] = this.childCount(parent) + 1
  }

  /** Takes a node out of its parent's children; it still knows its parent. */
  detach(node: NodeId): void {
    const parent = this.parent(node)
    const next = this.nextSibling(node)
    const previous = this.#coldU32[(node << U32) + PREVIOUS_SIBLING] ?? 0
    if (previous === 0) this.#hotU32[(parent << U32) + FIRST_CHILD] = next
    else this.setNextSibling(previous, next)
    if (next !== 0) this.#coldU32[(next << U32) + PREVIOUS_SIBLING] = previous
    this.#coldU32[(parent << U32) + CHILDREN] = this.childCount(parent) - 1
  }

  messages(node: NodeId): number {
    return this.#coldF64[(node << F64) + MESSAGES] ?? 0
  }

  bytes(node: NodeId): number {
    return this.#coldF64[(node << F64) + BYTES] ?? 0
  }

  addTotals(node: NodeId, messages: number, bytes: number): void {
    this.#coldF64[(node << F64) + MESSAGES] = this.messages(node) + messages
    this.#coldF64[(node << F64) + BYTES] = this.bytes(node) + bytes
  }

  subtreeLastSequence(node: NodeId): number {
    return this.#coldF64[(node << F64) + SUBTREE_LAST_SEQUENCE] ?? 0
  }

  subtreeLastAtMs(node: NodeId): number {
    return this.#coldF64[(node << F64) + SUBTREE_LAST_AT] ?? 0
  }

  setSubtreeLast(node: NodeId, sequence: number, atMs: number): void {
    this.#coldF64[(node << F64) + SUBTREE_LAST_SEQUENCE] = sequence
    this.#coldF64[(node << F64) + SUBTREE_LAST_AT] = atMs
  }

  ownMessages(node: NodeId): number {
    return this.#coldF64[(node << F64) + OWN_MESSAGES] ?? 0
  }

  setOwnMessages(node: NodeId, count: number): void {
    this.#coldF64[(node << F64) + OWN_MESSAGES] = count
  }

  letGo(node: NodeId): number {
    return this.#coldU32[(node << U32) + LET_GO] ?? 0
  }

  setLetGo(node: NodeId, count: number): void {
    this.#coldU32[(node << U32) + LET_GO] = count
  }

  subtopics(node: NodeId): number {
    return this.#coldU32[(node << U32) + SUBTOPICS] ?? 0
  }

  addSubtopics(node: NodeId, count: number): void {
    this.#coldU32[(node << U32) + SUBTOPICS] = this.subtopics(node) + count
  }

  rate(node: NodeId): number {
    return this.#coldF32[(node << U32) + RATE] ?? 0
  }

  rateTick(node: NodeId): number {
    return this.#coldU32[(node << U32) + RATE_TICK] ?? 0
  }

  setRate(node: NodeId, perSecond: number, tick: number): void {
    this.#coldF32[(node << U32) + RATE] = perSecond
    this.#coldU32[(node << U32) + RATE_TICK] = tick
  }
}

function grown(records: Float64Array, capacity: number): ArrayBuffer {
  const buffer = new ArrayBuffer(capacity * RECORD_BYTES)
  new Float64Array(buffer).set(records)
  return buffer
}
