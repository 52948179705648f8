import type { NodeId } from '../topics/node-id'

const FIRST_WORDS = 32

/** A set of topics, a bit each. */
export class FoundTopics {
  #bits = new Uint32Array(FIRST_WORDS)
  #size = 0

  /** How many topics are in the set. */
  get size(): number {
    return this.#size
  }

  has(topic: NodeId): boolean {
    return (((this.#bits[topic >>> 5] ?? 0) >>> (topic & 31)) & 1) === 1
  }

  add(topic: NodeId): void {
    if (this.has(topic)) return
    const word = topic >>> 5
    if (word >= this.#bits.length) this.#grow(word + 1)
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (topic & 31))
    this.#size += 1
  }

  delete(topic: NodeId): void {
    if (!this.has(topic)) return
    this.#bits[topic >>> 5] = (this.#bits[topic >>> 5] ?? 0) ^ (1 << (topic & 31))
    this.#size -= 1
  }

  clear(): void {
    this.#bits.fill(0)
    this.#size = 0
  }

  forEach(take: (topic: NodeId) => void): void {
    const bits = this.#bits
    for (let word = 0; word < bits.length; word += 1) {
      for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) take((word << 5) + 31 - Math.clz32(left & -left))
    }
  }

  #grow(words: number): void {
    const longer = new Uint32Array(Math.max(words, this.#bits.length * 2))
    longer.set(this.#bits)
    this.#bits = longer
  }
}
