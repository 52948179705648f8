import { NO_NODE, ROOT, type NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import { LazyOrder, type SiblingOrder } from './lazy-order'
import { AllNodes, type ShownNodes } from './shown-nodes'

/** One row of the tree as its reader sees it. */
export interface OutlineRow {
  readonly node: NodeId
  /** null: nothing shows below. */
  readonly expanded: boolean | null
  /** Among its siblings, from 1. */
  readonly position: number
  readonly siblings: number
}

/** Which nodes are open where all above them are. */
export interface Expansion {
  /** At least all that are open and have children. */
  readonly candidates: Iterable<NodeId>
  isOpen(node: NodeId): boolean
  /** When that is known: exactly those that are open, with the root, each after those above it. */
  readonly allOpen: Uint32Array | null
}

/** What the outline asks for the order of a node's children. */
export type OrderOf = (parent: NodeId) => SiblingOrder

interface KeptOrder {
  readonly order: LazyOrder
  /** As long as the order is right: this many topics were removed, … */
  readonly removedTopics: number
  /** … and this layout was the last. */
  layout: number
}

/** A node on the way from the root to a row, by its place among its siblings. */
interface Step {
  readonly parent: NodeId
  readonly order: LazyOrder
  index: number
}

/** More orders than this are made anew rather than kept. */
const MOST_ORDERS = 50_000

const UNKNOWN = 0
const OPEN = 1
const CLOSED = 2

/**
 * The rows of the expanded tree, without a list of them: per open node the number of rows below it, and, where somebody
 * looks, the order of its children. A row is found by descending from the root, a node's row by climbing to it.
 * It stays as it was laid out; what the tree does meanwhile shows after the next layout.
 */
export class Outline {
  #shown: ShownNodes
  #orderOf: OrderOf = () => ({ fillKeys: () => undefined, compare: (a, b) => a - b })
  /** By node: the rows below it. Those of a node that shows nothing below, or not openly, are 0. */
  #rowsBelow = new Uint32Array(1)
  /** Each after those above it. */
  #openNodes: Uint32Array = new Uint32Array(0)
  readonly #orders = new Map<NodeId, KeptOrder>()
  #layout = 0

  constructor(private readonly tree: TopicTree) {
    this.#shown = new AllNodes(tree)
  }

  get totalRows(): number {
    return this.#rowsBelow[ROOT] ?? 0
  }

  /** Lays the rows out. `keepOrders`: the order of a node's children stays unless some came or went. */
  layOut(shown: ShownNodes, expansion: Expansion, orderOf: OrderOf, keepOrders: boolean): void {
    this.#shown = shown
    this.#orderOf = orderOf
    this.#layout += 1
    if (!keepOrders) this.#orders.clear()
    const openBefore = this.#openNodes
    this.#openNodes = expansion.allOpen ?? this.#findOpen(shown, expansion)
    this.#countRows(shown, openBefore)
  }

  /** Rows whose node went since they were laid out are left out. */
  window(firstRow: number, rowCount: number): OutlineRow[] {
    const rows: OutlineRow[] = []
    const path = rowCount > 0 ? this.#descend(firstRow) : []
    for (let step = path.at(-1); step !== undefined && rows.length < rowCount; step = path.at(-1)) {
      if (step.index >= step.order.length) {
        path.pop()
        continue
      }
      const row = this.#rowAt(step)
      step.index += 1
      if (!this.#isThere(row.node, step.parent)) continue
      rows.push(row)
      if (row.expanded === true) path.push({ parent: row.node, order: this.#order(row.node), index: 0 })
    }
    return rows
  }

  /** The row of a node, or null when it has none. */
  rowOf(node: NodeId): number | null {
    let row = -1
    for (let at = node; at !== ROOT; at = this.tree.parent(at)) {
      const parent = this.tree.parent(at)
      if (parent === NO_NODE || this.#below(parent) === 0) return null
      const place = this.#order(parent).placeOf(at)
      if (place === null) return null
      row += place.row + 1
    }
    return row < 0 ? null : row
  }

  #below(node: NodeId): number {
    return this.#rowsBelow[node] ?? 0
  }

  /** Whether a node is not gone, its id perhaps given to another. */
  #isThere(node: NodeId, parent: NodeId): boolean {
    return this.tree.isAlive(node) && this.tree.parent(node) === parent
  }

  #rowAt({ order, index }: Step): OutlineRow {
    const node = order.at(index)
    const expanded = this.#below(node) > 0 ? true : this.#shown.children(node) > 0 ? false : null
    return { node, expanded, position: index + 1, siblings: order.length }
  }

  /** The way to a row; each step but the last stands behind the node that leads there. Empty beyond the last row. */
  #descend(row: number): Step[] {
    const path: Step[] = []
    let left = row
    for (let parent = ROOT; this.#below(parent) > 0; ) {
      const order = this.#order(parent)
      const place = order.placeAt(left)
      if (place === null) return path
      const isThere = place.row === left
      path.push({ parent, order, index: isThere ? place.index : place.index + 1 })
      if (isThere) return path
      left -= place.row + 1
      parent = order.at(place.index)
    }
    return path
  }

  #order(parent: NodeId): LazyOrder {
    const { removedTopics } = this.tree
    const kept = this.#orders.get(parent)
    if (kept?.layout === this.#layout) return kept.order
    if (kept?.order.length === this.#shown.children(parent) && kept.removedTopics === removedTopics) {
      kept.order.weigh(this.#rowsBelow)
      kept.layout = this.#layout
      return kept.order
    }
    const order = new LazyOrder(this.#childrenOf(parent, this.#shown), this.#orderOf(parent), this.#rowsBelow)
    if (this.#orders.size >= MOST_ORDERS) this.#orders.clear()
    this.#orders.set(parent, { order, removedTopics, layout: this.#layout })
    return order
  }

  #childrenOf(parent: NodeId, shown: ShownNodes): Uint32Array {
    const { tree } = this
    const children = new Uint32Array(shown.children(parent))
    let count = 0
    for (let child = tree.firstChild(parent); child !== NO_NODE && count < children.length; child = tree.nextSibling(child)) {
      if (child >= shown.idLimit || !shown.shows(child)) continue
      children[count] = child
      count += 1
    }
    return count < children.length ? children.subarray(0, count) : children
  }

  /** All nodes that are open and so are those above them, these first. */
  #findOpen(shown: ShownNodes, expansion: Expansion): Uint32Array {
    const state = new Uint8Array(shown.idLimit)
    state[ROOT] = OPEN
    const open = [ROOT]
    const way: NodeId[] = []
    for (const candidate of expansion.candidates) {
      if (candidate >= shown.idLimit || shown.children(candidate) === 0) continue
      let node = candidate
      while (state[node] === UNKNOWN && expansion.isOpen(node)) {
        way.push(node)
        node = this.tree.parent(node)
      }
      if (state[node] === UNKNOWN) state[node] = CLOSED
      const reached = state[node] ?? CLOSED
      for (let each = way.pop(); each !== undefined; each = way.pop()) {
        state[each] = reached
        if (reached === OPEN) open.push(each)
      }
    }
    return Uint32Array.from(open)
  }

  /** From the last open nodes up, each when all below it is counted. */
  #countRows(shown: ShownNodes, openBefore: Uint32Array): void {
    this.#makeRoom(shown.idLimit)
    const below = this.#rowsBelow
    const open = this.#openNodes
    const { parents } = this.tree.columns
    for (let index = 0; index < openBefore.length; index += 1) below[openBefore[index] ?? ROOT] = 0
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const node = open[index] ?? ROOT
      const rows = (below[node] ?? 0) + shown.children(node)
      const parent = parents[node] ?? ROOT
      below[node] = rows
      if (node !== ROOT) below[parent] = (below[parent] ?? 0) + rows
    }
  }

  #makeRoom(idLimit: NodeId): void {
    if (this.#rowsBelow.length >= idLimit) return
    const longer = new Uint32Array(Math.ceil(idLimit * 1.5))
    longer.set(this.#rowsBelow)
    this.#rowsBelow = longer
  }
}
