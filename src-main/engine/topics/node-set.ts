import type { NodeId } from './node-id'

const NODES_A_WORD = 32

/** A set of nodes: a bit for each node there is. */
export class NodeSet {
  #words = new Uint32Array(0)
  #size = 0

  /** How many nodes are in the set. */
  get size(): number {
    return this.#size
  }

  get memoryBytes(): number {
    return this.#words.byteLength
  }

  has(node: NodeId): boolean {
    return (((this.#words[node >>> 5] ?? 0) >>> (node & 31)) & 1) === 1
  }

  add(node: NodeId): void {
    if (this.has(node)) return
    if (node >= this.#words.length * NODES_A_WORD) this.#grow(node)
    this.#turn(node)
    this.#size += 1
  }

  delete(node: NodeId): void {
    if (!this.has(node)) return
    this.#turn(node)
    this.#size -= 1
  }

  clear(): void {
    this.#words.fill(0)
    this.#size = 0
  }

  copy(): NodeSet {
    const copy = new NodeSet()
    copy.#words = this.#words.slice()
    copy.#size = this.#size
    return copy
  }

  /** All nodes, in the order of their ids. */
  toArray(): Uint32Array {
    const words = this.#words
    const nodes = new Uint32Array(this.#size)
    let count = 0
    for (let index = 0; index < words.length; index += 1) {
      for (let bits = words[index] ?? 0; bits !== 0; bits &= bits - 1) {
        nodes[count] = (index << 5) + 31 - Math.clz32(bits & -bits)
        count += 1
      }
    }
    return nodes
  }

  #turn(node: NodeId): void {
    this.#words[node >>> 5] = (this.#words[node >>> 5] ?? 0) ^ (1 << (node & 31))
  }

  #grow(node: NodeId): void {
    const words = new Uint32Array(Math.max((node >>> 5) + 1, this.#words.length * 2))
    words.set(this.#words)
    this.#words = words
  }
}
