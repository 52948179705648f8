import { DIRTY, FRESH, KEPT, RETAINED, TOPIC } from './node-flags'
import { ROOT, type NodeId } from './node-id'

/**
 * A node is a record of 128 bytes, two lines of the processor's cache. What a message needs and writes stands in the first
 * 48: they lie within one line even where the allocator gives buffers that are off by 16.
 *
 * | byte |                                                                                |
 * |------|--------------------------------------------------------------------------------|
 * | 0    | f64 last sequence                                                              |
 * | 8    | f64 last at (ms)                                                               |
 * | 16   | f64 messages not folded yet                                                    |
 * | 24   | f64 bytes not folded yet                                                       |
 * | 32   | u16 last segment · u16 level − 1 · u16 path's length · u16 flags               |
 * | 40   | u32 last offset · u32 last bytes                                               |
 * | 48   | u32 path's place · u32 next sibling                                            |
 * | 56   | u32 first child · u32 own messages let go, modulo 2^32                         |
 * | 64   | f64 messages, of the node and all below                                        |
 * | 72   | f64 bytes, of the node and all below                                           |
 * | 80   | f64 last sequence, of the node and all below                                   |
 * | 88   | f64 last at (ms), of the node and all below                                    |
 * | 96   | f64 own messages                                                               |
 * | 104  | u32 previous sibling · 4 bytes free                                            |
 * | 112  | u32 subtopics · u32 children                                                   |
 * | 120  | f32 rate (messages/s) · u32 its time (ticks)                                   |
 *
 * The parents are a column of their own, and the paths' places and lengths stand in columns as well: who goes through many
 * nodes, as searches do, would otherwise fetch a line for each. Links to other nodes are 0 for none: the root is nobody's child.
 */
const RECORD_BYTES = 128
/** From an id to its record's index, by the kind of number: how far to shift. */
const F64 = 4
const U32 = 5
const U16 = 6

const LAST_SEQUENCE = 0 / 8
const LAST_AT = 8 / 8
const NEW_MESSAGES = 16 / 8
const NEW_BYTES = 24 / 8
const LAST_SEGMENT = 32 / 2
const DEPTH = 34 / 2
const PATH_LENGTH = 36 / 2
const FLAGS = 38 / 2
const LAST_OFFSET = 40 / 4
const LAST_BYTES = 44 / 4
const PATH = 48 / 4
const NEXT_SIBLING = 52 / 4
const FIRST_CHILD = 56 / 4
const LET_GO = 60 / 4
const MESSAGES = 64 / 8
const BYTES = 72 / 8
const SUBTREE_LAST_SEQUENCE = 80 / 8
const SUBTREE_LAST_AT = 88 / 8
const OWN_MESSAGES = 96 / 8
const PREVIOUS_SIBLING = 104 / 4
const SUBTOPICS = 112 / 4
const CHILDREN = 116 / 4
const RATE = 120 / 4
const RATE_TICK = 124 / 4

const COLUMNS_BYTES = 4 + 4 + 2

/** What searches ask of all nodes, by id; other arrays whenever there are more nodes. */
export interface NodeColumns {
  parents: Uint32Array
  /** Where paths are. */
  places: Uint32Array
  /** How many bytes they have; 0 for nodes that are not part of the tree. */
  lengths: Uint16Array
}

const FIRST_CAPACITY = 1_024
const GROWTH = 16

/** The records of all nodes, by id. Knows their layout, and nothing of what the numbers mean to each other. */
export class NodeTable {
  #capacity = 0
  #f64 = new Float64Array(0)
  #u32 = new Uint32Array(0)
  #u16 = new Uint16Array(0)
  #f32 = new Float32Array(0)
  readonly #columns: NodeColumns = { parents: new Uint32Array(0), places: new Uint32Array(0), lengths: new Uint16Array(0) }

  constructor(readonly maxNodes: number) {
    this.reserve(1)
  }

  get columns(): Readonly<NodeColumns> {
    return this.#columns
  }

  /** What room for growth takes is not counted: nothing has touched it, so the system has given no memory for it yet. */
  memoryBytesOf(count: number): number {
    return count * (RECORD_BYTES + COLUMNS_BYTES)
  }

  /** Makes place for all ids below `count`. */
  reserve(count: number): void {
    if (count <= this.#capacity) return
    const wanted = Math.max(count, FIRST_CAPACITY, this.#capacity * GROWTH)
    this.#capacity = Math.max(count, Math.min(wanted, this.maxNodes))
    const capacity = this.#capacity
    // One piece of memory: what is not touched of one so large costs none.
    const buffer = new ArrayBuffer(capacity * (RECORD_BYTES + COLUMNS_BYTES))
    const f64 = new Float64Array(buffer, 0, capacity << F64)
    f64.set(this.#f64)
    this.#f64 = f64
    this.#u32 = new Uint32Array(buffer, 0, capacity << U32)
    this.#u16 = new Uint16Array(buffer, 0, capacity << U16)
    this.#f32 = new Float32Array(buffer, 0, capacity << U32)
    const columns = this.#columns
    let end = capacity * RECORD_BYTES
    columns.parents = longer(columns.parents, new Uint32Array(buffer, end, capacity))
    columns.places = longer(columns.places, new Uint32Array(buffer, (end += columns.parents.byteLength), capacity))
    columns.lengths = longer(columns.lengths, new Uint16Array(buffer, end + columns.places.byteLength, capacity))
  }

  /** Some number that takes the processor to fetch a node's whole record: who is about to deal with many asks for all of them first. */
  touch(node: NodeId): number {
    return (this.#u32[(node << U32) + LAST_OFFSET] ?? 0) ^ (this.#u32[(node << U32) + CHILDREN] ?? 0)
  }

  /** Makes an empty record that of a new node. Nothing of it is read: where no one has been, that would be to wait for memory. */
  begin(node: NodeId, flags: number, level: number): void {
    this.#u16[(node << U16) + FLAGS] = flags
    this.#u16[(node << U16) + DEPTH] = level - 1
  }

  /** Empties a node's record. */
  clear(node: NodeId): void {
    this.#f64.fill(0, node << F64, (node + 1) << F64)
    this.#columns.parents[node] = 0
    this.#columns.lengths[node] = 0
  }

  /** Writes a message down as the node's last one and counts it; returns the flags as they were before. */
  take(node: NodeId, sequence: number, atMs: number, byteCount: number, segment: number, offset: number, retain: boolean): number {
    const f64 = this.#f64
    const u32 = this.#u32
    const u16 = this.#u16
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
    this.#f64[(node << F64) + LAST_SEQUENCE] = 0
    this.#f64[(node << F64) + LAST_AT] = 0
    this.#u32[(node << U32) + LAST_BYTES] = 0
  }

  lastSequence(node: NodeId): number {
    return this.#f64[(node << F64) + LAST_SEQUENCE] ?? 0
  }

  lastAtMs(node: NodeId): number {
    return this.#f64[(node << F64) + LAST_AT] ?? 0
  }

  lastBytes(node: NodeId): number {
    return this.#u32[(node << U32) + LAST_BYTES] ?? 0
  }

  lastSegment(node: NodeId): number {
    return this.#u16[(node << U16) + LAST_SEGMENT] ?? 0
  }

  lastOffset(node: NodeId): number {
    return this.#u32[(node << U32) + LAST_OFFSET] ?? 0
  }

  setLastPlace(node: NodeId, segment: number, offset: number): void {
    this.#u16[(node << U16) + LAST_SEGMENT] = segment
    this.#u32[(node << U32) + LAST_OFFSET] = offset
  }

  newMessages(node: NodeId): number {
    return this.#f64[(node << F64) + NEW_MESSAGES] ?? 0
  }

  newBytes(node: NodeId): number {
    return this.#f64[(node << F64) + NEW_BYTES] ?? 0
  }

  addNew(node: NodeId, messages: number, bytes: number): void {
    this.#f64[(node << F64) + NEW_MESSAGES] = this.newMessages(node) + messages
    this.#f64[(node << F64) + NEW_BYTES] = this.newBytes(node) + bytes
  }

  clearNew(node: NodeId): void {
    this.#f64[(node << F64) + NEW_MESSAGES] = 0
    this.#f64[(node << F64) + NEW_BYTES] = 0
  }

  path(node: NodeId): number {
    return this.#u32[(node << U32) + PATH] ?? 0
  }

  setPath(node: NodeId, at: number): void {
    this.#u32[(node << U32) + PATH] = at
    this.#columns.places[node] = at
  }

  pathLength(node: NodeId): number {
    return this.#u16[(node << U16) + PATH_LENGTH] ?? 0
  }

  setPathLength(node: NodeId, bytes: number): void {
    this.#u16[(node << U16) + PATH_LENGTH] = bytes
    this.#columns.lengths[node] = bytes
  }

  /** Lets searches see no path of a node that is no longer part of the tree. */
  hidePath(node: NodeId): void {
    this.#columns.lengths[node] = 0
  }

  has(node: NodeId, flag: number): boolean {
    return ((this.#u16[(node << U16) + FLAGS] ?? 0) & flag) !== 0
  }

  set(node: NodeId, flag: number, on: boolean): void {
    const flags = this.#u16[(node << U16) + FLAGS] ?? 0
    this.#u16[(node << U16) + FLAGS] = on ? flags | flag : flags & ~flag
  }

  /** 1 for the top level, 0 for the root; 65,536 for the most slashes a topic can have, which is why one less is stored. */
  level(node: NodeId): number {
    return node === ROOT ? 0 : (this.#u16[(node << U16) + DEPTH] ?? 0) + 1
  }

  parent(node: NodeId): NodeId {
    return this.#columns.parents[node] ?? 0
  }

  firstChild(node: NodeId): NodeId {
    return this.#u32[(node << U32) + FIRST_CHILD] ?? 0
  }

  nextSibling(node: NodeId): NodeId {
    return this.#u32[(node << U32) + NEXT_SIBLING] ?? 0
  }

  previousSibling(node: NodeId): NodeId {
    return this.#u32[(node << U32) + PREVIOUS_SIBLING] ?? 0
  }

  setNextSibling(node: NodeId, next: NodeId): void {
    this.#u32[(node << U32) + NEXT_SIBLING] = next
  }

  childCount(node: NodeId): number {
    return this.#u32[(node << U32) + CHILDREN] ?? 0
  }

  /** Makes a node the first child of another. */
  attach(node: NodeId, parent: NodeId): void {
    const next = this.firstChild(parent)
    this.#columns.parents[node] = parent
    this.#u32[(node << U32) + NEXT_SIBLING] = next
    this.#u32[(node << U32) + PREVIOUS_SIBLING] = 0
    if (next !== 0) this.#u32[(next << U32) + PREVIOUS_SIBLING] = node
    this.#u32[(parent << U32) + FIRST_CHILD] = node
    this.#u32[(parent << U32) + CHILDREN] = this.childCount(parent) + 1
  }

  /** Takes a node out of its parent's children; it still knows its parent. */
  detach(node: NodeId): void {
    const parent = this.parent(node)
    const next = this.nextSibling(node)
    const previous = this.previousSibling(node)
    if (previous === 0) this.#u32[(parent << U32) + FIRST_CHILD] = next
    else this.setNextSibling(previous, next)
    if (next !== 0) this.#u32[(next << U32) + PREVIOUS_SIBLING] = previous
    this.#u32[(parent << U32) + CHILDREN] = this.childCount(parent) - 1
  }

  messages(node: NodeId): number {
    return this.#f64[(node << F64) + MESSAGES] ?? 0
  }

  bytes(node: NodeId): number {
    return this.#f64[(node << F64) + BYTES] ?? 0
  }

  addTotals(node: NodeId, messages: number, bytes: number): void {
    this.#f64[(node << F64) + MESSAGES] = this.messages(node) + messages
    this.#f64[(node << F64) + BYTES] = this.bytes(node) + bytes
  }

  subtreeLastSequence(node: NodeId): number {
    return this.#f64[(node << F64) + SUBTREE_LAST_SEQUENCE] ?? 0
  }

  subtreeLastAtMs(node: NodeId): number {
    return this.#f64[(node << F64) + SUBTREE_LAST_AT] ?? 0
  }

  setSubtreeLast(node: NodeId, sequence: number, atMs: number): void {
    this.#f64[(node << F64) + SUBTREE_LAST_SEQUENCE] = sequence
    this.#f64[(node << F64) + SUBTREE_LAST_AT] = atMs
  }

  ownMessages(node: NodeId): number {
    return this.#f64[(node << F64) + OWN_MESSAGES] ?? 0
  }

  setOwnMessages(node: NodeId, count: number): void {
    this.#f64[(node << F64) + OWN_MESSAGES] = count
  }

  letGo(node: NodeId): number {
    return this.#u32[(node << U32) + LET_GO] ?? 0
  }

  setLetGo(node: NodeId, count: number): void {
    this.#u32[(node << U32) + LET_GO] = count
  }

  subtopics(node: NodeId): number {
    return this.#u32[(node << U32) + SUBTOPICS] ?? 0
  }

  addSubtopics(node: NodeId, count: number): void {
    this.#u32[(node << U32) + SUBTOPICS] = this.subtopics(node) + count
  }

  rate(node: NodeId): number {
    return this.#f32[(node << U32) + RATE] ?? 0
  }

  rateTick(node: NodeId): number {
    return this.#u32[(node << U32) + RATE_TICK] ?? 0
  }

  setRate(node: NodeId, perSecond: number, tick: number): void {
    this.#f32[(node << U32) + RATE] = perSecond
    this.#u32[(node << U32) + RATE_TICK] = tick
  }
}

function longer<Numbers extends Uint32Array | Uint16Array>(old: Numbers, fresh: Numbers): Numbers {
  fresh.set(old)
  return fresh
}
