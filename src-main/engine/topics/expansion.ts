import { ROOT, type NodeId } from './node-id'
import type { NodeTable } from './node-table'
import { nextBelow } from './tree-walk'

const FIRST_WORDS = 32

/** Which nodes are expanded, and which will be when they come. The root always is. */
export class Expansion {
  /** A bit for each node that is: the few are found among a million without a look at each. */
  #bits = new Uint32Array(FIRST_WORDS)
  /** Nodes to come start expanded above this level. */
  #newAbove = 0

  /** By their hash, the topics that start expanded whenever they come. */
  readonly #atBirth = new Map<number, string[]>()

  /** `atBirth`: the topics that start expanded whenever they come. */
  constructor(
    private readonly nodes: NodeTable,
    atBirth: readonly string[],
    hashOf: (topic: string) => number,
  ) {
    for (const topic of atBirth) {
      const hash = hashOf(topic)
      this.#atBirth.set(hash, [...(this.#atBirth.get(hash) ?? []), topic])
    }
    this.#mark(ROOT, true)
  }

  get memoryBytes(): number {
    return this.#bits.byteLength
  }

  /** Expands a new node if it is to be. */
  born(node: NodeId, level: number, hash: number, topicOf: (node: NodeId) => string): void {
    if (level < this.#newAbove || (this.#atBirth.size > 0 && this.#atBirth.get(hash)?.includes(topicOf(node)) === true)) {
      this.#mark(node, true)
    }
  }

  /** Expands or collapses a node, with all below when `recursive`; the root stands for its children. */
  set(node: NodeId, expanded: boolean, recursive: boolean): void {
    const { nodes } = this
    if (node === ROOT) this.#newAbove = expanded && recursive ? Number.POSITIVE_INFINITY : 0
    else this.#mark(node, expanded)
    if (!recursive && node !== ROOT) return
    for (let at = nodes.firstChild(node); at !== 0; at = nextBelow(nodes, at, node, recursive)) this.#mark(at, expanded)
  }

  /** Shows `depth` levels below a node, and collapses what is deeper. */
  toDepth(node: NodeId, depth: number): void {
    const { nodes } = this
    const above = nodes.level(node) + depth
    if (node === ROOT) this.#newAbove = above
    else this.#mark(node, depth > 0)
    for (let at = nodes.firstChild(node); at !== 0; at = nextBelow(nodes, at, node, true)) {
      this.#mark(at, nodes.level(at) < above)
    }
  }

  /** A node is no longer there. */
  gone(node: NodeId): void {
    this.#mark(node, false)
  }

  has(node: NodeId): boolean {
    return (((this.#bits[node >>> 5] ?? 0) >>> (node & 31)) & 1) === 1
  }

  /** The expanded nodes that have children, in no order. */
  *expanded(): Iterable<NodeId> {
    for (let word = 0; word < this.#bits.length; word += 1) {
      for (let bits = this.#bits[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const node = (word << 5) + 31 - Math.clz32(bits & -bits)
        if (node !== ROOT && this.nodes.firstChild(node) !== 0) yield node
      }
    }
  }

  #mark(node: NodeId, expanded: boolean): void {
    if (expanded === this.has(node)) return
    const word = node >>> 5
    if (word >= this.#bits.length) {
      const longer = new Uint32Array(word * 2)
      longer.set(this.#bits)
      this.#bits = longer
    }
    this.#bits[word] = (this.#bits[word] ?? 0) ^ (1 << (node & 31))
  }
}
