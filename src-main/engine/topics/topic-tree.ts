import type { LastValues } from '../history/last-values'
import { NO_SEGMENT } from '../history/segments'
import { Expansion } from './expansion'
import { Folding } from './folding'
import { ALIVE, DIRTY, FRESH, KEPT, RETAINED, TOPIC } from './node-flags'
import { NO_NODE, ROOT, type NodeId } from './node-id'
import { NodePool } from './node-pool'
import { NodeSet } from './node-set'
import { NodeTable, type NodeColumns } from './node-table'
import type { PathArena } from './path-arena'
import { randomHashKeys, type HashKeys } from './path-hash'
import type { PathLookahead } from './path-lookahead'
import { TopicPaths } from './topic-paths'
import { nextBelow } from './tree-walk'

/** Most nodes of a tree, and most bytes of their paths; what comes on further topics is counted as refused. */
const MAX_NODES = 4_000_000
const MAX_PATH_BYTES = 512 * 1024 * 1024

export interface TopicTreeOptions {
  /** Topics that are expanded when they come. */
  readonly expandedTopics?: readonly string[]
  readonly maxNodes?: number
  readonly maxPathBytes?: number
  /** For tests that need the same hashes every time, or poor ones. */
  readonly hashKeys?: HashKeys
}

/** Where a path or a name stands: the bytes from `start` to before `end`. */
export interface TextPlace {
  bytes: Uint8Array
  start: number
  end: number
}

/**
 * All topics of a connection. Levels are what stands between slashes, empty ones too [MQTT-4.7.1-1]:
 * `a`, `/a`, `a/` and `a//b` are different topics. Nodes are numbers into flat tables: a message makes no object and no
 * string. `messages`, `bytes`, `subtopics`, `rate` and `subtreeLast…` speak of a node and all below as of the last
 * {@link fold}: while nobody folds they stand still.
 */
export class TopicTree implements LastValues {
  readonly #nodes: NodeTable
  readonly #pool: NodePool
  readonly #paths: TopicPaths
  readonly #folding: Folding
  readonly #expansion: Expansion
  readonly #place: TextPlace = { bytes: new Uint8Array(0), start: 0, end: 0 }
  /** Nodes that have had a message of their own: searches ask many, so they are not asked of their records. */
  readonly #topics = new NodeSet()
  #removedTopics = 0
  #version = 0
  /** Told of each topic at its first message. */
  onNewTopic: (node: NodeId) => void = () => undefined
  /** Told of each topic that was removed, and of each level above that went with it; their paths can still be read. */
  onRemoved: (node: NodeId) => void = () => undefined

  constructor(options: TopicTreeOptions = {}) {
    this.#nodes = new NodeTable(options.maxNodes ?? MAX_NODES)
    this.#pool = new NodePool(this.#nodes)
    this.#paths = new TopicPaths(this.#nodes, options.maxPathBytes ?? MAX_PATH_BYTES, options.hashKeys ?? randomHashKeys())
    this.#folding = new Folding(this.#nodes)
    this.#expansion = new Expansion(this.#nodes, options.expandedTopics ?? [], (topic) => this.#paths.hashOf(Buffer.from(topic)))
    this.#nodes.set(ROOT, ALIVE, true)
  }

  /** How many topics there are: nodes that have had a message. */
  get topicsKnown(): number {
    return this.#topics.size
  }

  /** How many topics were removed in all. */
  get removedTopics(): number {
    return this.#removedTopics
  }

  /** All ids are below. */
  get idLimit(): number {
    return this.#pool.limit
  }

  /** Grows whenever nodes appear or go, become topics, or are expanded or collapsed. */
  get version(): number {
    return this.#version
  }

  get memoryBytes(): number {
    const tables = this.#nodes.memoryBytesOf(this.#pool.limit) + this.#paths.memoryBytes + this.#topics.memoryBytes
    return tables + this.#folding.memoryBytes + this.#expansion.memoryBytes
  }

  /** Parents and paths of all nodes, valid until nodes or paths are added or moved. */
  get columns(): Readonly<NodeColumns> {
    return this.#nodes.columns
  }

  /** Where the bytes of paths are. */
  get arena(): PathArena {
    return this.#paths.arena
  }

  /** While this is false, as it is to be while views are paused, new nodes only get ids that no node ever had. */
  set reusingIds(reusing: boolean) {
    this.#pool.reusing = reusing
  }

  /** The node of a topic, or of a level above one, or {@link NO_NODE}. */
  find(bytes: Uint8Array, start: number, end: number): NodeId {
    return this.#paths.find(bytes, start, end)
  }

  /** Readies the tree for finding, or adding, paths: a matter of speed alone. */
  get lookahead(): PathLookahead {
    return this.#paths.lookahead
  }

  findTopic(topic: string): NodeId {
    const bytes = Buffer.from(topic)
    return this.find(bytes, 0, bytes.length)
  }

  /** The node of a topic, made where it lacks; {@link NO_NODE} when the tree is full. The bytes must be a legal topic name. */
  ensure(bytes: Uint8Array, start: number, end: number): NodeId {
    const paths = this.#paths
    const levels = paths.split(bytes, start, end)
    let known = levels
    let node = NO_NODE
    while (node === NO_NODE && known > 0) node = paths.findLevel((known -= 1))
    if (node === NO_NODE) node = ROOT
    else known += 1
    if (known === levels) return node
    if (this.#pool.available < levels - known || !paths.arena.hasRoom(end - start)) return NO_NODE
    const at = paths.arena.add(bytes, start, end)
    for (let level = known; level < levels; level += 1) node = this.#addChild(node, at, level)
    this.#version += 1
    return node
  }

  /** Counts a message of `byteCount` bytes, topic and payload, on its node; call once for each, after the log has it. */
  record(node: NodeId, sequence: number, atMs: number, byteCount: number, segment: number, offset: number, retain: boolean): void {
    const before = this.#nodes.take(node, sequence, atMs, byteCount, segment, offset, retain)
    if ((before & (TOPIC | DIRTY)) !== (TOPIC | DIRTY)) this.#recordFirst(node, before)
  }

  /** Brings the new counts up to the nodes they belong to. A clock that is put back lets no rate stand still. */
  fold(nowMs: number): void {
    this.#folding.fold(nowMs)
  }

  topicOf(node: NodeId): string {
    return this.#paths.text(node, 0)
  }

  nameOf(node: NodeId): string {
    return this.#paths.text(node, this.#nameFrom(node))
  }

  /** Where the path of a node is, in an object that is the same each time; valid until paths are added or moved. Of a node that was freed it is empty. */
  pathIn(node: NodeId): Readonly<TextPlace> {
    const place = this.#place
    const at = this.#nodes.path(node)
    const length = this.#nodes.pathLength(node)
    if (length > 0) place.bytes = this.#paths.arena.chunkOf(at)
    place.start = this.#paths.arena.startOf(at)
    place.end = place.start + length
    return place
  }

  /** The same for the name of a node: the last level of its path. */
  nameIn(node: NodeId): Readonly<TextPlace> {
    const { start, end } = this.pathIn(node)
    this.#place.start = Math.min(start + this.#nameFrom(node), end)
    return this.#place
  }

  /** 1 for the top level, 0 for the root. */
  levelOf(node: NodeId): number {
    return this.#nodes.level(node)
  }

  parent(node: NodeId): NodeId {
    return node === ROOT ? NO_NODE : this.#nodes.parent(node)
  }

  firstChild(node: NodeId): NodeId {
    return this.#nodes.firstChild(node) || NO_NODE
  }

  nextSibling(node: NodeId): NodeId {
    return this.#nodes.nextSibling(node) || NO_NODE
  }

  childCount(node: NodeId): number {
    return this.#nodes.childCount(node)
  }

  /** The node after `node` on a walk through all nodes below `top`, parents first, or {@link NO_NODE}; `into`: also those below `node`. */
  nextBelow(node: NodeId, top: NodeId, into: boolean): NodeId {
    return nextBelow(this.#nodes, node, top, into) || NO_NODE
  }

  isAlive(node: NodeId): boolean {
    return this.#nodes.has(node, ALIVE)
  }

  /** Whether a node has had a message of its own. */
  isTopic(node: NodeId): boolean {
    return this.#topics.has(node)
  }

  messages(node: NodeId): number {
    return this.#nodes.messages(node)
  }

  bytes(node: NodeId): number {
    return this.#nodes.bytes(node)
  }

  /** Topics below a node. */
  subtopics(node: NodeId): number {
    return this.#nodes.subtopics(node)
  }

  /** Messages per second, over about the last five seconds. */
  rate(node: NodeId, nowMs: number): number {
    return this.#folding.rate(node, nowMs)
  }

  /** 0 when there was none yet. */
  subtreeLastSequence(node: NodeId): number {
    return this.#nodes.subtreeLastSequence(node)
  }

  subtreeLastAtMs(node: NodeId): number {
    return this.#nodes.subtreeLastAtMs(node)
  }

  /** Messages of exactly this topic, as of the last fold. */
  ownMessages(node: NodeId): number {
    return this.#nodes.ownMessages(node)
  }

  /** How many messages of exactly this topic the log still holds. */
  kept(node: NodeId): number {
    const nodes = this.#nodes
    const own = nodes.ownMessages(node) + nodes.newMessages(node)
    const inRing = (own - nodes.letGo(node)) >>> 0
    // The ring may also hold messages from before the topic was removed: they are the first to go.
    return Math.min(own, nodes.has(node, KEPT) ? inRing + 1 : inRing)
  }

  lastSequence(node: NodeId): number {
    return this.#nodes.lastSequence(node)
  }

  lastAtMs(node: NodeId): number {
    return this.#nodes.lastAtMs(node)
  }

  lastSegment(node: NodeId): number {
    return this.#nodes.lastSegment(node)
  }

  lastOffset(node: NodeId): number {
    return this.#nodes.lastOffset(node)
  }

  lastRetained(node: NodeId): boolean {
    return this.#nodes.has(node, RETAINED)
  }

  /** Bytes of topic and payload of the last message. */
  lastBytes(node: NodeId): number {
    return this.#nodes.lastBytes(node)
  }

  isLast(topic: NodeId, sequence: number): boolean {
    return this.#nodes.lastSequence(topic) === sequence
  }

  liesAt(topic: NodeId, segment: number, offset: number): boolean {
    const nodes = this.#nodes
    return nodes.lastSequence(topic) !== 0 && nodes.lastSegment(topic) === segment && nodes.lastOffset(topic) === offset
  }

  moved(topic: NodeId, segment: number, offset: number): void {
    if (!this.#nodes.has(topic, KEPT)) this.evicted(topic)
    this.#nodes.set(topic, KEPT, true)
    this.#nodes.setLastPlace(topic, segment, offset)
  }

  lost(topic: NodeId): void {
    this.#nodes.set(topic, KEPT, false)
    this.#nodes.setLastPlace(topic, NO_SEGMENT, 0)
  }

  evicted(topic: NodeId): void {
    this.#nodes.setLetGo(topic, this.#nodes.letGo(topic) + 1)
  }

  withLast(sequence: number): NodeId {
    for (let node = 1; node < this.#pool.limit; node += 1) if (this.#nodes.lastSequence(node) === sequence) return node
    return NO_NODE
  }

  expanded(node: NodeId): boolean {
    return this.#expansion.has(node)
  }

  /** Expands or collapses a node, with all below when `recursive`; the root stands for the top levels. */
  setExpanded(node: NodeId, expanded: boolean, recursive: boolean): void {
    this.#version += 1
    this.#expansion.set(node, expanded, recursive)
  }

  /** Shows `depth` levels below a node, and collapses what is deeper. Of the root, also what is still to come. */
  expandToDepth(node: NodeId, depth: number): void {
    this.#version += 1
    this.#expansion.toDepth(node, depth)
  }

  /** The expanded nodes that have children, in no order. */
  expandedNodes(): Iterable<NodeId> {
    return this.#expansion.expanded()
  }

  /**
   * Forgets a topic and what it counted; levels above that lead nowhere now go too, those below stay. When the levels that
   * stay had their last message is not told anew. The log may go on to speak of the ids until {@link reclaim} frees them.
   */
  remove(node: NodeId): void {
    const nodes = this.#nodes
    if (!this.isTopic(node)) return
    this.#folding.uncount(node)
    // Retired, it waits until its newest message is out of the log, also one that is not folded yet.
    if (nodes.lastSequence(node) > nodes.subtreeLastSequence(node)) {
      nodes.setSubtreeLast(node, nodes.lastSequence(node), nodes.lastAtMs(node))
    }
    nodes.clearLast(node)
    nodes.set(node, TOPIC | FRESH | RETAINED | KEPT, false)
    this.#topics.delete(node)
    this.#removedTopics += 1
    this.#version += 1
    this.onRemoved(node)
    const { bytes, start, end } = this.pathIn(node)
    this.#paths.split(bytes, start, end)
    for (let at = node; at !== ROOT && nodes.firstChild(at) === 0 && !this.isTopic(at); at = nodes.parent(at)) {
      nodes.detach(at)
      this.#expansion.gone(at)
      this.#paths.forget(at)
      this.#pool.retire(at, nodes.subtreeLastSequence(at))
      if (at !== node) this.onRemoved(at)
    }
  }

  /** Whether {@link reclaim} would free more after a {@link fold}. */
  waitsForFold(oldestSequence: number): boolean {
    return this.#pool.isNextDirty(oldestSequence)
  }

  /** Frees what removed topics took, once the log holds no message of theirs: none before `oldestSequence`. Not while views are paused. */
  reclaim(oldestSequence: number): void {
    for (let node = this.#pool.freeNext(oldestSequence); node !== 0; node = this.#pool.freeNext(oldestSequence)) {
      this.#paths.release(node)
    }
    this.#paths.compact(this.#pool)
  }

  #addChild(parent: NodeId, at: number, level: number): NodeId {
    const node = this.#pool.take(level + 1)
    const hash = this.#paths.hashes[level] ?? 0
    this.#nodes.attach(node, parent)
    this.#paths.give(node, at, this.#paths.ends[level] ?? 0, hash)
    this.#expansion.born(node, level + 1, hash, this.#textOf)
    return node
  }

  readonly #textOf = (node: NodeId): string => this.topicOf(node)

  #recordFirst(node: NodeId, flagsBefore: number): void {
    if ((flagsBefore & DIRTY) === 0) this.#folding.add(node)
    if ((flagsBefore & TOPIC) !== 0) return
    this.#topics.add(node)
    this.#version += 1
    this.onNewTopic(node)
  }

  #nameFrom(node: NodeId): number {
    const parent = this.#nodes.parent(node)
    return parent === ROOT ? 0 : this.#nodes.pathLength(parent) + 1
  }
}
