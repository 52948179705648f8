import { rateDecay, rateWeight, tickOf } from './message-rate'
import { ALIVE, DIRTY, FRESH, WAITING } from './node-flags'
import { ROOT, type NodeId } from './node-id'
import type { NodeTable } from './node-table'

const FIRST_ENTRIES = 1_024
const FIRST_LEVELS = 16
/** How long the messages before the first fold are taken to have come in. */
const FIRST_SPAN_MS = 100

/**
 * Brings the counts of messages up the tree now and then, instead of at each message. Nodes with new counts are marked;
 * folding goes through them in the order of their records, which is that of memory. A leaf hands its counts on at once;
 * inner nodes wait in lists, a level each, until all below have, so that each is dealt with once.
 */
export class Folding {
  /** A bit for each node with new counts of its own. */
  #dirty = new Uint32Array(FIRST_ENTRIES)
  /** The nodes that wait, and the subtopics each had before. */
  #waiting = new Uint32Array(FIRST_ENTRIES)
  #before = new Uint32Array(FIRST_ENTRIES)
  #count = 0
  /** For each of them the next one of its level, and for each level its first one; counted from 1, 0 is none. */
  #next = new Uint32Array(FIRST_ENTRIES)
  #heads = new Uint32Array(FIRST_LEVELS)
  #deepest = 0
  #foldedAtMs: number | null = null
  /** By how much the clock was put back in all: rates go on from there. */
  #putBackMs = 0
  #tick = 0
  #weight = 0
  /** What was read ahead ends up here, or it would not be read. */
  touched = 0

  constructor(private readonly nodes: NodeTable) {}

  get memoryBytes(): number {
    return this.#dirty.byteLength + this.#waiting.byteLength * 3 + this.#heads.byteLength
  }

  /** Marks a node; its flag DIRTY says that it is. */
  add(node: NodeId): void {
    const word = node >>> 5
    if (word >= this.#dirty.length) this.#dirty = grown(this.#dirty, word + 1)
    this.#dirty[word] = (this.#dirty[word] ?? 0) | (1 << (node & 31))
  }

  fold(nowMs: number): void {
    if (this.#foldedAtMs !== null) this.#putBackMs += Math.max(0, this.#foldedAtMs - nowMs)
    this.#tick = tickOf(nowMs + this.#putBackMs)
    this.#weight = rateWeight(this.#foldedAtMs === null ? FIRST_SPAN_MS : Math.max(1, nowMs - this.#foldedAtMs))
    this.#foldedAtMs = nowMs
    const dirty = this.#dirty
    for (let word = 0; word < dirty.length; word += 1) {
      let bits = dirty[word] ?? 0
      if (bits === 0) continue
      dirty[word] = 0
      this.#touchParents(word, bits)
      for (; bits !== 0; bits &= bits - 1) this.#foldMarked((word << 5) + 31 - Math.clz32(bits & -bits))
    }
    for (let level = this.#deepest; level >= 0; level -= 1) this.#foldLevel(level)
    this.#count = 0
    this.#deepest = 0
  }

  /** Takes a topic's own counts from the totals. Its messages in the log will be let go one by one still. */
  uncount(node: NodeId): void {
    const { nodes } = this
    const own = nodes.ownMessages(node)
    let ownBytes = nodes.bytes(node)
    for (let child = nodes.firstChild(node); child !== 0; child = nodes.nextSibling(child)) ownBytes -= nodes.bytes(child)
    nodes.setLetGo(node, nodes.letGo(node) - own - nodes.newMessages(node))
    nodes.setOwnMessages(node, 0)
    nodes.clearNew(node)
    nodes.addTotals(node, -own, -ownBytes)
    for (let at = node; at !== ROOT; ) {
      at = nodes.parent(at)
      nodes.addTotals(at, -own, -ownBytes)
      if (!nodes.has(node, FRESH)) nodes.addSubtopics(at, -1)
    }
  }

  /** The rate of a node and all below by now (messages/s). */
  rate(node: NodeId, nowMs: number): number {
    return this.nodes.rate(node) * rateDecay(this.nodes.rateTick(node), tickOf(nowMs + this.#putBackMs))
  }

  /** The parents of neighbours are all over the place: the processor is to fetch them at once, not one after the other. */
  #touchParents(word: number, marked: number): void {
    const { nodes } = this
    for (let bits = marked; bits !== 0; bits &= bits - 1) this.touched ^= nodes.touch(nodes.parent((word << 5) + 31 - Math.clz32(bits & -bits)))
  }

  #foldMarked(node: NodeId): void {
    const { nodes } = this
    nodes.set(node, DIRTY, false)
    if (!nodes.has(node, ALIVE)) return
    if (nodes.firstChild(node) !== 0) {
      this.#wait(node)
      return
    }
    this.#foldOwn(node)
    this.#foldTotals(node, 0)
  }

  #foldOwn(node: NodeId): void {
    const { nodes } = this
    nodes.setOwnMessages(node, nodes.ownMessages(node) + nodes.newMessages(node))
    if (nodes.lastSequence(node) > nodes.subtreeLastSequence(node)) {
      nodes.setSubtreeLast(node, nodes.lastSequence(node), nodes.lastAtMs(node))
    }
  }

  /** Takes in an inner node's own counts, before those from below gather in their place, and lets it wait for them. */
  #wait(node: NodeId): void {
    const { nodes } = this
    if (nodes.has(node, WAITING)) return
    nodes.set(node, WAITING, true)
    this.#foldOwn(node)
    if (this.#count === this.#waiting.length) {
      this.#waiting = grown(this.#waiting, this.#count + 1)
      this.#before = grown(this.#before, this.#count + 1)
      this.#next = grown(this.#next, this.#count + 1)
    }
    const level = nodes.level(node)
    if (level >= this.#heads.length) this.#heads = grown(this.#heads, level + 1)
    if (level > this.#deepest) this.#deepest = level
    this.#waiting[this.#count] = node
    this.#before[this.#count] = nodes.subtopics(node)
    this.#next[this.#count] = this.#heads[level] ?? 0
    this.#count += 1
    this.#heads[level] = this.#count
  }

  #foldLevel(level: number): void {
    let entry = this.#heads[level] ?? 0
    this.#heads[level] = 0
    for (; entry !== 0; entry = this.#next[entry - 1] ?? 0) {
      const node = this.#waiting[entry - 1] ?? ROOT
      this.#foldTotals(node, this.nodes.subtopics(node) - (this.#before[entry - 1] ?? 0))
    }
  }

  /** Takes in what is new of a node and all below, and hands it on to the parent. */
  #foldTotals(node: NodeId, newSubtopics: number): void {
    const { nodes } = this
    const messages = nodes.newMessages(node)
    const bytes = nodes.newBytes(node)
    const newTopics = nodes.has(node, FRESH) ? newSubtopics + 1 : newSubtopics
    nodes.clearNew(node)
    nodes.set(node, FRESH | WAITING, false)
    nodes.addTotals(node, messages, bytes)
    nodes.setRate(node, nodes.rate(node) * rateDecay(nodes.rateTick(node), this.#tick) + messages * this.#weight, this.#tick)
    if (node === ROOT) return
    const parent = nodes.parent(node)
    this.#wait(parent)
    nodes.addNew(parent, messages, bytes)
    if (newTopics !== 0) nodes.addSubtopics(parent, newTopics)
    if (nodes.subtreeLastSequence(node) > nodes.subtreeLastSequence(parent)) {
      nodes.setSubtreeLast(parent, nodes.subtreeLastSequence(node), nodes.subtreeLastAtMs(node))
    }
  }
}

/** A copy at least half as long again, and no shorter than `length`. */
function grown(entries: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(Math.max(length, Math.ceil(entries.length * 1.5)))
  longer.set(entries)
  return longer
}
