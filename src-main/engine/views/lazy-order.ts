import type { NodeId } from '../topics/node-id'

/** How siblings are ordered: by keys, ascending, and by comparing those with the same key. */
export interface SiblingOrder {
  /**
   * Sets the keys of `nodes` from index `from` to before `to`. Keys only mean something among the nodes they were set for:
   * those that got the same one are asked for again, by themselves, until all are the same.
   */
  fillKeys(nodes: Uint32Array, keys: Float64Array, from: number, to: number): void
  /** Negative when `a` comes before `b`; never 0 for two nodes. */
  compare(a: NodeId, b: NodeId): number
}

/** A part of the order: what is in it stands between its neighbours, parted further or not. */
interface Part {
  readonly from: number
  readonly to: number
  /** Rows its nodes take up, with those open below them. */
  rows: number
  /** `keyed`: parted by the keys there are; `same`: all have the same key; `compared`: new keys would not help. */
  state: 'keyed' | 'same' | 'compared' | 'sorted' | Part[]
}

/** Where a node stands: its place among its siblings, and the row it has among theirs and all open below them. */
export interface Place {
  index: number
  row: number
}

const NO_KEYS = new Float64Array(0)

/** So few are sorted at once. */
const FEW = 24

/**
 * The order of siblings, worked out only where it is looked at: a quicksort that parts nothing but what holds the
 * row in question. What was parted stays so, and the next look is cheaper.
 */
export class LazyOrder {
  #keys = NO_KEYS
  #rowsBelow: Uint32Array
  #top: Part

  /** Takes the nodes over, and orders them in place. `rowsBelow`: by node, the rows open below it. */
  constructor(
    private readonly nodes: Uint32Array,
    private readonly order: SiblingOrder,
    rowsBelow: Uint32Array,
  ) {
    this.#rowsBelow = rowsBelow
    this.#top = { from: 0, to: nodes.length, rows: this.#rowsOf(0, nodes.length), state: nodes.length > 1 ? 'same' : 'sorted' }
  }

  get length(): number {
    return this.nodes.length
  }

  get rows(): number {
    return this.#top.rows
  }

  /** Lets other rows be open below; the order stays. */
  weigh(rowsBelow: Uint32Array): void {
    this.#rowsBelow = rowsBelow
    const pending = [this.#top]
    for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
      part.rows = this.#rowsOf(part.from, part.to)
      if (typeof part.state !== 'string') pending.push(...part.state)
    }
  }

  /** The node at an index below {@link length}. */
  at(index: number): NodeId {
    this.#sortAround((part) => index < part.to)
    return this.nodes[index] ?? 0
  }

  /** The place of the node that takes up a row, with what is open below it; null beyond the last. */
  placeAt(row: number): Place | null {
    if (row >= this.rows) return null
    let before = 0
    const part = this.#sortAround((each) => {
      if (row < before + each.rows) return true
      before += each.rows
      return false
    })
    for (let index = part.from; index < part.to; index += 1) {
      const rows = this.#rowsOf(index, index + 1)
      if (row < before + rows) return { index, row: before }
      before += rows
    }
    return null
  }

  /** The place of a node, or null when it is none of these. */
  placeOf(node: NodeId): Place | null {
    const { nodes } = this
    let index = nodes.indexOf(node)
    if (index < 0) return null
    let before = 0
    const part = this.#sortAround((each) => {
      // Parting has moved the node, but not out of the part that held it.
      if (nodes[index] !== node) index = nodes.indexOf(node, each.from)
      if (index < each.to) return true
      before += each.rows
      return false
    })
    index = nodes.indexOf(node, part.from)
    return { index, row: before + this.#rowsOf(part.from, index) }
  }

  /** Sorts what has to be for the part that `holds` to be so; asked of parts from left to right, level by level. */
  #sortAround(holds: (part: Part) => boolean): Part {
    let part = this.#top
    while (part.state !== 'sorted') {
      if (typeof part.state === 'string') {
        this.#work(part, part.state)
        continue
      }
      for (const each of part.state) {
        part = each
        if (holds(each)) break
      }
    }
    return part
  }

  /** Takes a part one step further. */
  #work(part: Part, state: 'keyed' | 'same' | 'compared'): void {
    const { from, to } = part
    if (state === 'same') {
      if (this.#keys.length === 0) this.#keys = new Float64Array(this.length)
      if (to - from > 1) this.order.fillKeys(this.nodes, this.#keys, from, to)
      part.state = this.#areKeysSame(from, to) ? 'compared' : 'keyed'
    } else if (to - from <= FEW) {
      this.#sortFew(from, to)
      part.state = 'sorted'
    } else part.state = state === 'keyed' ? this.#partByKey(from, to) : this.#partByComparing(from, to)
  }

  #partByKey(from: number, to: number): Part[] {
    const keys = this.#keys
    const pivot = median(keys[this.#any(from, to)] ?? 0, keys[this.#any(from, to)] ?? 0, keys[this.#any(from, to)] ?? 0)
    let [less, at, greater] = [from, from, to]
    while (at < greater) {
      const key = keys[at] ?? 0
      if (key < pivot) this.#swap(less++, at++)
      else if (key > pivot) this.#swap(at, --greater)
      else at += 1
    }
    return this.#parts([from, less, 'keyed'], [less, greater, 'same'], [greater, to, 'keyed'])
  }

  #partByComparing(from: number, to: number): Part[] {
    const { nodes, order } = this
    const pivot = nodes[this.#any(from, to)] ?? 0
    let [less, at, greater] = [from, from, to]
    while (at < greater) {
      const node = nodes[at] ?? 0
      if (node === pivot) at += 1
      else if (order.compare(node, pivot) < 0) this.#swap(less++, at++)
      else this.#swap(at, --greater)
    }
    return this.#parts([from, less, 'compared'], [less, greater, 'compared'], [greater, to, 'compared'])
  }

  #parts(...bounds: [from: number, to: number, state: 'keyed' | 'same' | 'compared'][]): Part[] {
    return bounds.filter(([from, to]) => from < to).map(([from, to, state]) => ({ from, to, state, rows: this.#rowsOf(from, to) }))
  }

  #sortFew(from: number, to: number): void {
    for (let end = from + 1; end < to; end += 1) {
      for (let at = end; at > from && this.#isBefore(at, at - 1); at -= 1) this.#swap(at, at - 1)
    }
  }

  #isBefore(one: number, other: number): boolean {
    const difference = (this.#keys[one] ?? 0) - (this.#keys[other] ?? 0)
    return difference === 0 ? this.order.compare(this.nodes[one] ?? 0, this.nodes[other] ?? 0) < 0 : difference < 0
  }

  #swap(one: number, other: number): void {
    const { nodes } = this
    const keys = this.#keys
    const node = nodes[one] ?? 0
    const key = keys[one] ?? 0
    nodes[one] = nodes[other] ?? 0
    keys[one] = keys[other] ?? 0
    nodes[other] = node
    keys[other] = key
  }

  #areKeysSame(from: number, to: number): boolean {
    const keys = this.#keys
    for (let index = from + 1; index < to; index += 1) if (keys[index] !== keys[from]) return false
    return true
  }

  #rowsOf(from: number, to: number): number {
    let rows = to - from
    for (let index = from; index < to; index += 1) rows += this.#rowsBelow[this.nodes[index] ?? 0] ?? 0
    return rows
  }

  #any(from: number, to: number): number {
    return from + Math.floor(Math.random() * (to - from))
  }
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
