import { rateDecay, rateWeight, tickOf } from './message-rate'
import { ALIVE, DIRTY, FRESH } from './node-flags'
import { ROOT, type NodeId } from './node-id'
import type { NodeTable } from './node-table'

const FIRST_ENTRIES = 1_024
const FIRST_LEVELS = 16
/** How long the messages before the first fold are taken to have come in. */
const FIRST_SPAN_MS = 100

/**
 * Brings the counts of messages up the tree now and then, instead of at each message. Nodes with new counts stand in a
 * list; folding goes through them from the deepest level up, so that each node is dealt with once however many are below.
 */
export class Folding {
  #dirty = new Uint32Array(FIRST_ENTRIES)
  #count = 0
  /** For each entry the next one of its level, and for each level its first one; entries count from 1, 0 is none. */
  #next = new Uint32Array(FIRST_ENTRIES)
  #heads = new Uint32Array(FIRST_LEVELS)
  /** For each entry that waits for those below: the subtopics its node had before. */
  #before = new Uint32Array(FIRST_ENTRIES)
  #deepest = 0
  #foldedAtMs: number | null = null
  /** By how much the clock was put back in all: rates go on from there. */
  #putBackMs = 0
  #tick = 0
  #weight = 0

  constructor(private readonly nodes: NodeTable) {}

  get memoryBytes(): number {
    return this.#dirty.byteLength * 3 + this.#heads.byteLength
  }

  /** Puts a node into the list; its flag DIRTY says that it stands there. */
  add(node: NodeId): void {
    if (this.#count === this.#dirty.length) {
      this.#dirty = grown(this.#dirty, this.#count + 1)
      this.#next = grown(this.#next, this.#count + 1)
      this.#before = grown(this.#before, this.#count + 1)
    }
    this.#dirty[this.#count] = node
    this.#count += 1
  }

  fold(nowMs: number): void {
    if (this.#foldedAtMs !== null) this.#putBackMs += Math.max(0, this.#foldedAtMs - nowMs)
    this.#tick = tickOf(nowMs + this.#putBackMs)
    this.#weight = rateWeight(this.#foldedAtMs === null ? FIRST_SPAN_MS : Math.max(1, nowMs - this.#foldedAtMs))
    this.#foldedAtMs = nowMs
    const own = this.#count
    for (let entry = 1; entry <= own; entry += 1) this.#foldInner(entry)
    for (let entry = 1; entry <= own; entry += 1) this.#foldLeaf(entry)
    for (let level = this.#deepest; level >= 0; level -= 1) this.#foldLevel(level)
    this.#count = 0
    this.#deepest = 0
  }

  /** The rate of a node and all below by now (messages/s). */
  rate(node: NodeId, nowMs: number): number {
    return this.nodes.rate(node) * rateDecay(this.nodes.rateTick(node), tickOf(nowMs + this.#putBackMs))
  }

  /** Takes in a node's own counts, before those from below gather in their place. */
  #foldInner(entry: number): void {
    const node = this.#dirty[entry - 1] ?? ROOT
    if (this.nodes.firstChild(node) === 0 || !this.nodes.has(node, ALIVE)) return
    this.#foldOwn(node)
    this.#line(entry, node)
  }

  /** A leaf has nothing to wait for. */
  #foldLeaf(entry: number): void {
    const node = this.#dirty[entry - 1] ?? ROOT
    if (!this.nodes.has(node, ALIVE)) this.nodes.set(node, DIRTY, false)
    else if (this.nodes.firstChild(node) === 0) {
      this.#foldOwn(node)
      this.#foldTotals(node, 0)
    }
  }

  #foldOwn(node: NodeId): void {
    const { nodes } = this
    nodes.setOwnMessages(node, nodes.ownMessages(node) + nodes.newMessages(node))
    if (nodes.lastSequence(node) > nodes.subtreeLastSequence(node)) {
      nodes.setSubtreeLast(node, nodes.lastSequence(node), nodes.lastAtMs(node))
    }
  }

  /** Lets an entry wait with those of its node's level. */
  #line(entry: number, node: NodeId): void {
    const level = this.nodes.level(node)
    if (level >= this.#heads.length) this.#heads = grown(this.#heads, level + 1)
    if (level > this.#deepest) this.#deepest = level
    this.#before[entry - 1] = this.nodes.subtopics(node)
    this.#next[entry - 1] = this.#heads[level] ?? 0
    this.#heads[level] = entry
  }

  #foldLevel(level: number): void {
    let entry = this.#heads[level] ?? 0
    this.#heads[level] = 0
    for (; entry !== 0; entry = this.#next[entry - 1] ?? 0) {
      const node = this.#dirty[entry - 1] ?? ROOT
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
    nodes.set(node, DIRTY | FRESH, false)
    nodes.addTotals(node, messages, bytes)
    nodes.setRate(node, nodes.rate(node) * rateDecay(nodes.rateTick(node), this.#tick) + messages * this.#weight, this.#tick)
    if (node === ROOT) return
    const parent = nodes.parent(node)
    if (!nodes.has(parent, DIRTY)) {
      nodes.set(parent, DIRTY, true)
      this.add(parent)
      this.#line(this.#count, parent)
    }
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
