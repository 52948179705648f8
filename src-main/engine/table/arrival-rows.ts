import { NO_NODE, type NodeId } from '../topics/node-id'

/** A message of a table, by what it takes to find it. */
export interface RowRef {
  readonly sequence: number
  readonly topic: NodeId
}

/** Messages in columns that grow, and may be shortened at either end. */
class RefColumns {
  #sequences = new Float64Array(256)
  #topics = new Uint32Array(256)
  #start = 0
  #end = 0

  get length(): number {
    return this.#end - this.#start
  }

  push(sequence: number, topic: NodeId): void {
    if (this.#end === this.#sequences.length) this.#makeRoom()
    this.#sequences[this.#end] = sequence
    this.#topics[this.#end] = topic
    this.#end += 1
  }

  sequenceAt(index: number): number {
    return this.#sequences[this.#start + index] ?? 0
  }

  topicAt(index: number): NodeId {
    return this.#topics[this.#start + index] ?? NO_NODE
  }

  dropFirst(count: number): void {
    this.#start += count
  }

  dropLast(count: number): void {
    this.#end -= count
  }

  /** Keeps, of those from `from` to before `to`, what `isKept` says. */
  sift(from: number, to: number, isKept: (sequence: number, topic: NodeId) => boolean): void {
    let at = this.#start + from
    for (let index = at; index < this.#start + to; index += 1) {
      const sequence = this.#sequences[index] ?? 0
      const topic = this.#topics[index] ?? NO_NODE
      if (!isKept(sequence, topic)) continue
      this.#sequences[at] = sequence
      this.#topics[at] = topic
      at += 1
    }
    this.#sequences.copyWithin(at, this.#start + to, this.#end)
    this.#topics.copyWithin(at, this.#start + to, this.#end)
    this.#end -= this.#start + to - at
  }

  #makeRoom(): void {
    const { length } = this
    const capacity = Math.max(256, length * 2)
    const sequences = new Float64Array(capacity)
    const topics = new Uint32Array(capacity)
    sequences.set(this.#sequences.subarray(this.#start, this.#end))
    topics.set(this.#topics.subarray(this.#start, this.#end))
    this.#sequences = sequences
    this.#topics = topics
    this.#start = 0
    this.#end = length
  }
}

/** The rows of a table as they came, newest first: it grows at its beginning as messages come, and at its end as older ones are looked at. */
export class ArrivalRows {
  /** From old to new … */
  readonly #newer = new RefColumns()
  /** … and, before those, from new to old. */
  readonly #older = new RefColumns()

  get length(): number {
    return this.#newer.length + this.#older.length
  }

  /** 0 where there is no such row. */
  sequenceAt(row: number): number {
    if (row >= this.length) return 0
    const { length } = this.#newer
    return row < length ? this.#newer.sequenceAt(length - 1 - row) : this.#older.sequenceAt(row - length)
  }

  topicAt(row: number): NodeId {
    const { length } = this.#newer
    return row < length ? this.#newer.topicAt(length - 1 - row) : this.#older.topicAt(row - length)
  }

  addNewest(sequence: number, topic: NodeId): void {
    this.#newer.push(sequence, topic)
  }

  addOldest(sequence: number, topic: NodeId): void {
    this.#older.push(sequence, topic)
  }

  /** Lets go of what is newer than that. */
  dropAfter(sequence: number): void {
    const first = firstRow(this.length, (row) => this.sequenceAt(row) <= sequence)
    const ofNewer = Math.min(first, this.#newer.length)
    this.#newer.dropLast(ofNewer)
    this.#older.dropFirst(first - ofNewer)
  }

  /** Lets go of the oldest, so that at most so many are left. */
  keepNewest(most: number): void {
    const excess = Math.max(0, this.length - most)
    const ofOlder = Math.min(excess, this.#older.length)
    this.#older.dropLast(ofOlder)
    this.#newer.dropFirst(excess - ofOlder)
  }

  /** Of the rows older than a message, keeps those that `isKept` says. */
  siftBelow(sequence: number, isKept: (sequence: number, topic: NodeId) => boolean): void {
    const first = firstRow(this.length, (row) => this.sequenceAt(row) < sequence)
    const { length } = this.#newer
    this.#older.sift(Math.max(0, first - length), this.#older.length, isKept)
    if (first < length) this.#newer.sift(0, length - first, isKept)
  }
}

/** The first of so many rows that is so, as all after it are. */
function firstRow(length: number, isSo: (row: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isSo(middle)) high = middle
    else low = middle + 1
  }
  return low
}
