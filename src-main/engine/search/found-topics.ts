import { ROOT, type NodeId } from '../topics/node-id'

/** What a tree is to a set of its topics. */
interface Ancestry {
  readonly idLimit: number
  parent(node: NodeId): NodeId
}

/** A set of topics that knows of each node how many of them are there and below. */
export class FoundTopics {
  #counts = new Uint32Array(0)
  /** A bit for each node that is in the set itself. */
  #members = new Uint32Array(0)

  constructor(private readonly tree: Ancestry) {}

  /** How many topics are in the set. */
  get size(): number {
    return this.#counts[ROOT] ?? 0
  }

  has(topic: NodeId): boolean {
    return (((this.#members[topic >>> 5] ?? 0) >>> (topic & 31)) & 1) === 1
  }

  /** How many are at the node or below it. */
  countWithin(node: NodeId): number {
    return this.#counts[node] ?? 0
  }

  add(topic: NodeId): void {
    if (this.has(topic)) return
    if (topic >= this.#counts.length) this.#grow()
    this.#change(topic, 1)
  }

  /** Takes a topic out; its parents must still be those it was put in with. */
  delete(topic: NodeId): void {
    if (this.has(topic)) this.#change(topic, -1)
  }

  clear(): void {
    this.#counts.fill(0)
    this.#members.fill(0)
  }

  #change(topic: NodeId, by: 1 | -1): void {
    this.#members[topic >>> 5] = (this.#members[topic >>> 5] ?? 0) ^ (1 << (topic & 31))
    const counts = this.#counts
    for (let node = topic; ; node = this.tree.parent(node)) {
      counts[node] = (counts[node] ?? 0) + by
      if (node === ROOT) return
    }
  }

  #grow(): void {
    const capacity = Math.max(this.tree.idLimit, this.#counts.length * 2)
    const counts = new Uint32Array(capacity)
    counts.set(this.#counts)
    this.#counts = counts
    const members = new Uint32Array((capacity >>> 5) + 1)
    members.set(this.#members)
    this.#members = members
  }
}
