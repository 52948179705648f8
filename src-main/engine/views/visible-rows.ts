import { compileFilter, matchesFilter, topicFilterFault, type TopicFault } from '@shared/mqtt/topic'
import type { TreeSort } from '@shared/views/view-spec'
import type { TopicNode } from '../topics/topic-node'
import type { TopicTree } from '../topics/topic-tree'

/** One row of the flattened tree. */
export interface VisibleRow {
  readonly node: TopicNode
  readonly expanded: boolean | null
  readonly position: number
  readonly siblings: number
}

/** What of a tree is shown: all of it as it is, or as it was when the views were paused. */
export interface Perspective {
  admits(node: TopicNode): boolean
  /** The numbers rows are sorted by. */
  numbersOf(node: TopicNode): { readonly messages: number; readonly lastSequence: number }
}

/** Sorted by number or time, rows would dance; so they change places once a second at the most. */
const RESORT_INTERVAL_MS = 1_000
/** Laying a big tree out may take this share of the engine's time at the most. */
const LAYOUT_SHARE = 1 / 8

const byName = new Intl.Collator('en', { numeric: true })

/**
 * The rows a reader of the tree sees: expanded nodes in order, cut down to what a filter lets through.
 * Laid out again only when the tree, the sort or the filter changed, and seldom when that takes long.
 */
export class VisibleRows {
  #rows: readonly VisibleRow[] = []
  #laidOutVersion = -1
  #notBeforeMs = 0
  #sort: TreeSort = 'name'
  #filter = ''
  #filterFault: TopicFault | null = null
  #matches: ((topic: string) => boolean) | null = null
  /** With a filter: the nodes that match or lead to one that does. */
  readonly #included = new Set<TopicNode>()
  /** With a filter everything it found is open, until closed by hand. */
  readonly #collapsed = new Set<TopicNode>()
  #matchCount = 0

  constructor(private readonly tree: TopicTree) {}

  /** Topics the filter lets through; null without one. */
  get matchCount(): number | null {
    return this.#matches === null ? null : this.#matchCount
  }

  get filterFault(): TopicFault | null {
    return this.#filterFault
  }

  get filtering(): boolean {
    return this.#matches !== null
  }

  /**
   * Sets order and filter. A text with `+` or `#` is a topic filter, any other a part of a topic, in any case.
   * The filter sees the first `topicsKnown` topics.
   */
  arrange(sort: TreeSort, filter: string, topicsKnown: number): void {
    if (sort === this.#sort && filter === this.#filter) return
    this.#invalidate()
    this.#sort = sort
    if (filter === this.#filter) return
    this.#filter = filter
    this.#collapsed.clear()
    const isTopicFilter = /[+#]/.test(filter)
    this.#filterFault = isTopicFilter ? topicFilterFault(filter) : null
    this.#matches = filter === '' || this.#filterFault !== null ? null : matcher(filter, isTopicFilter)
    this.reconsider(topicsKnown)
  }

  /** Lets the filter see the first `topicsKnown` topics anew, and no other. */
  reconsider(topicsKnown: number): void {
    this.#invalidate()
    this.#included.clear()
    this.#matchCount = 0
    if (this.#matches === null) return
    let seen = 0
    for (const node of this.tree.topics()) {
      if (seen >= topicsKnown) return
      seen += 1
      this.consider(node)
    }
  }

  /** Lets the filter see a topic that is new. */
  consider(node: TopicNode): void {
    if (this.#matches?.(node.topic) !== true) return
    this.#matchCount += 1
    for (let at: TopicNode | null = node; at !== null && !this.#included.has(at); at = at.parent) this.#included.add(at)
  }

  /** Opens or closes a node among the filtered rows, with all below when `recursive`; the root stands for all top levels. */
  setExpandedWhileFiltering(node: TopicNode, expanded: boolean, recursive: boolean): void {
    const pending = [node]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (expanded) this.#collapsed.delete(next)
      else this.#collapsed.add(next)
      if (next.children === null || (!recursive && next.parent !== null)) continue
      for (const child of next.children.values()) if (this.#included.has(child)) pending.push(child)
    }
    this.#invalidate()
  }

  /** The rows as of now. */
  at(nowMs: number, perspective: Perspective): readonly VisibleRow[] {
    const stale = this.#laidOutVersion !== this.tree.version || this.#sort !== 'name'
    if (!stale || nowMs < this.#notBeforeMs) return this.#rows
    const startedAtMs = performance.now()
    this.#rows = this.#layOut(perspective)
    this.#laidOutVersion = this.tree.version
    const restMs = (performance.now() - startedAtMs) / LAYOUT_SHARE
    this.#notBeforeMs = nowMs + (this.#sort === 'name' ? restMs : Math.max(restMs, RESORT_INTERVAL_MS))
    return this.#rows
  }

  /** Makes the next {@link at} lay out again. */
  refresh(): void {
    this.#invalidate()
  }

  #invalidate(): void {
    this.#laidOutVersion = -1
    this.#notBeforeMs = 0
  }

  #layOut(perspective: Perspective): VisibleRow[] {
    const rows: VisibleRow[] = []
    // A stack of rows to come rather than recursion: a hostile topic may have 65,535 levels.
    const pending = this.#rowsOf(this.tree.root, perspective).reverse()
    for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
      rows.push(row)
      if (row.expanded !== true) continue
      const below = this.#rowsOf(row.node, perspective)
      for (let index = below.length - 1; index >= 0; index -= 1) {
        const child = below[index]
        if (child !== undefined) pending.push(child)
      }
    }
    return rows
  }

  #rowsOf(parent: TopicNode, perspective: Perspective): VisibleRow[] {
    const shown = this.#sorted(parent, perspective).filter((node) => this.#shows(node, perspective))
    return shown.map((node, index) => ({
      node,
      expanded: this.#expansionOf(node, perspective),
      position: index + 1,
      siblings: shown.length,
    }))
  }

  #shows(node: TopicNode, perspective: Perspective): boolean {
    return (this.#matches === null || this.#included.has(node)) && perspective.admits(node)
  }

  #expansionOf(node: TopicNode, perspective: Perspective): boolean | null {
    for (const child of node.children?.values() ?? []) {
      if (this.#shows(child, perspective)) return this.#matches === null ? node.expanded : !this.#collapsed.has(node)
    }
    return null
  }

  #sorted(parent: TopicNode, { numbersOf }: Perspective): readonly TopicNode[] {
    if (parent.children === null) return []
    parent.childrenByName ??= [...parent.children.values()].sort(compareNames)
    switch (this.#sort) {
      case 'name':
        return parent.childrenByName
      case 'messages':
        return [...parent.childrenByName].sort((a, b) => numbersOf(b).messages - numbersOf(a).messages)
      case 'rate':
      case 'size':
      case 'recency':
        return [...parent.childrenByName].sort((a, b) => numbersOf(b).lastSequence - numbersOf(a).lastSequence)
    }
  }
}

/** Natural order (`room-2` before `room-10`), with `$`-topics, which belong to the broker, after all others. */
function compareNames(a: TopicNode, b: TopicNode): number {
  if (a.level === 1 && a.name.startsWith('$') !== b.name.startsWith('$')) return a.name.startsWith('$') ? 1 : -1
  return byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
}

function matcher(filter: string, isTopicFilter: boolean): (topic: string) => boolean {
  if (isTopicFilter) {
    const compiled = compileFilter(filter)
    return (topic) => matchesFilter(compiled, topic.split('/'))
  }
  const part = filter.toLowerCase()
  return (topic) => topic.toLowerCase().includes(part)
}
