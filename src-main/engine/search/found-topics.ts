import type { NodeId } from '../topics/node-id'

const NODES_A_WORD = 32

/** A set of topics: a bit for each node there is. */
export class FoundTopics {
  #words = new Uint32Array(0)
  #size = 0

  /** How many topics are in the set. */
  get size(): number {
    return this.#size
  }

  has(topic: NodeId): boolean {
    return (((this.#words[topic >>> 5] ?? 0) >>> (topic & 31)) & 1) === 1
  }

  add(topic: NodeId): void {
    if (this.has(topic)) return
    if (topic >= this.#words.length * NODES_A_WORD) this.#grow(topic)
    this.#turn(topic)
    this.#size += 1
  }

  delete(topic: NodeId): void {
    if (!this.has(topic)) return
    this.#turn(topic)
    this.#size -= 1
  }

  clear(): void {
    this.#words.fill(0)
    this.#size = 0
  }

  /** Gives all topics, in the order of their ids. */
  forEach(take: (topic: NodeId) => void): void {
    const words = this.#words
    for (let index = 0; index < words.length; index += 1) {
      for (let bits = words[index] ?? 0; bits !== 0; bits &= bits - 1) take((index << 5) + 31 - Math.clz32(bits & -bits))
    }
  }

  #turn(topic: NodeId): void {
    this.#words[topic >>> 5] = (this.#words[topic >>> 5] ?? 0) ^ (1 << (topic & 31))
  }

  #grow(topic: NodeId): void {
    const words = new Uint32Array(Math.max((topic >>> 5) + 1, this.#words.length * 2))
    words.set(this.#words)
    this.#words = words
  }
}
