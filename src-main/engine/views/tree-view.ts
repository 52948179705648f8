import type { TreeFrame, TreeRow } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { MessageLog } from '../history/message-log'
import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import { FoundExpansion } from './found-expansion'
import { Outline, type Expansion, type OutlineRow } from './outline'
import type { Pause } from './pause'
import { RowSort } from './row-sort'
import { AllNodes, type ShownNodes } from './shown-nodes'
import { ShownValues } from './shown-values'
import { TreeFilter } from './tree-filter'
import type { View } from './view'

/** Laying out a big tree may take this share of the engine's time at the most. */
const LAYOUT_SHARE = 1 / 8
/** How long a new search may take before what it has found so far is shown. */
const QUIET_SEARCH_MS = 100
/** Rates are shown as of the last whole half second, so that rows keep still between. */
const RATE_STEP_MS = 500
const RATE_DIGITS = 3
const LEAST_RATE = 0.05

/**
 * A window over the rows of the topic tree. While paused it shows the tree as of the pause: all counts stand still because
 * nobody folds, topics born since are left out, and each row keeps the value it had.
 */
export class TreeView implements View {
  readonly #outline: Outline
  readonly #sort: RowSort
  readonly #filter: TreeFilter
  readonly #values: ShownValues
  #shown: ShownNodes
  /** What the filter made its choice by. */
  #choice = ''
  #laidOutVersion = -1
  #notBeforeMs = 0
  #searchedForSinceMs = 0

  constructor(
    private readonly tree: TopicTree,
    log: MessageLog,
    private readonly pause: Pause,
    private spec: SpecOf<'tree'>,
  ) {
    this.#outline = new Outline(tree)
    this.#sort = new RowSort(tree)
    this.#filter = new TreeFilter(tree, log, pause)
    this.#values = new ShownValues(tree, log, pause)
    this.#shown = new AllNodes(tree)
    this.#arrange()
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'tree') return false
    this.spec = spec
    this.#arrange()
    return true
  }

  pauseChanged(): void {
    this.#values.pauseChanged()
    this.#filter.pauseChanged()
    this.#invalidate()
    // What is on the screen now is what the pause is about: its values are remembered before they are gone.
    if (this.pause.sequence !== null) this.frame(performance.now())
  }

  frame(nowMs: number): TreeFrame {
    const startedAtMs = performance.now()
    const isLaidOut = this.#layOutIfDue(nowMs)
    const { rowCount } = this.spec
    const { totalRows } = this.#outline
    const firstRow = Math.min(this.spec.firstRow, Math.max(0, totalRows - rowCount))
    const rateAtMs = Math.floor((this.pause.sequence === null ? Date.now() : this.pause.atMs) / RATE_STEP_MS) * RATE_STEP_MS
    const rows = this.#outline.window(firstRow, rowCount).map((row) => this.#toRow(row, rateAtMs))
    if (isLaidOut) this.#notBeforeMs = nowMs + (performance.now() - startedAtMs) / LAYOUT_SHARE
    const { matches, isSearching, hiddenTopics } = this.#filter
    return { kind: 'tree', firstRow, totalRows, rows, matches, searching: isSearching, hiddenTopics }
  }

  /** Whether what is searched for is not all found yet. */
  get isSearching(): boolean {
    return this.#filter.isSearching
  }

  /** Whether a search has only just begun: most are through before anybody misses what they have found so far. */
  isSearchNew(nowMs: number): boolean {
    return this.isSearching && nowMs < this.#searchedForSinceMs + QUIET_SEARCH_MS
  }

  /** Whether there is something to search for in {@link search}; `again`: also what was searched for before, now and then. */
  isSearchBusy(nowMs: number, again: boolean): boolean {
    return this.#filter.isSearching || (again && this.#filter.isBusy(nowMs))
  }

  /** Searches on until `untilMs`, by the clock of the frames. */
  search(untilMs: number): void {
    const wasSearching = this.#filter.isSearching
    this.#filter.step(untilMs)
    if (wasSearching && !this.#filter.isSearching) this.#notBeforeMs = 0
  }

  /** Lets the searches see a new topic; while paused they do so later. */
  consider(topic: NodeId): void {
    if (this.pause.sequence === null) this.#filter.consider(topic)
  }

  /** A node goes. */
  forget(node: NodeId): void {
    this.#filter.forget(node)
    if (this.tree.childCount(node) === 0) this.#sort.forget(node)
  }

  /** Lets rows that were opened or closed show in the next frame. */
  expansionChanged(): void {
    this.#invalidate()
  }

  /** Opens or closes a row of what a search found; false without one: then the tree's own rows show. */
  setFoundExpanded(node: NodeId, expanded: boolean, recursive: boolean): boolean {
    return this.#changeFound((found) => found.set(node, expanded, recursive))
  }

  /** Shows `depth` levels of what a search found below a node; false without one. */
  expandFoundToDepth(node: NodeId, depth: number): boolean {
    return this.#changeFound((found) => found.toDepth(node, depth))
  }

  /** The row a node stands in now, or null. */
  rowOf(node: NodeId, nowMs: number): number | null {
    this.#invalidate()
    this.#layOutIfDue(nowMs)
    return this.#outline.rowOf(node)
  }

  #changeFound(change: (found: FoundExpansion) => void): boolean {
    const { finding } = this.#filter
    if (finding === null) return false
    change(new FoundExpansion(this.tree, this.#shown, finding.closed))
    this.#invalidate()
    return true
  }

  #arrange(): void {
    const { sort, liveSort } = this.spec
    const isSortNew = this.#sort.arrange(sort, liveSort)
    const isFilterNew = this.#filter.arrange(this.spec)
    // A window that moves, as it does while somebody scrolls, is no reason to lay out more often.
    if (isSortNew || isFilterNew) this.#notBeforeMs = 0
    if (isFilterNew) this.#searchedForSinceMs = performance.now()
  }

  /** Makes the next frame lay out again. */
  #invalidate(): void {
    this.#laidOutVersion = -1
    this.#notBeforeMs = 0
  }

  #layOutIfDue(nowMs: number): boolean {
    if (nowMs < this.#notBeforeMs) return false
    const { tree, pause } = this
    const isLive = pause.sequence === null
    const ratesAtMs = isLive ? Date.now() : pause.atMs
    const isSortDue = this.#sort.isDue(nowMs, ratesAtMs)
    const isTreeNew = this.#laidOutVersion === -1 || (isLive && this.#laidOutVersion !== tree.version)
    const { state } = this.#filter
    const isSameChoice = state === this.#choice
    if (!isSortDue && !isTreeNew && isSameChoice) return false
    if (isSortDue) this.#sort.renew(nowMs, ratesAtMs)
    if (!isSameChoice || this.#shown instanceof AllNodes) this.#shown = this.#filter.choose()
    this.#outline.layOut(this.#shown, this.#expansion(), (parent) => this.#sort.orderOf(parent), isSameChoice && !isSortDue)
    this.#choice = state
    this.#laidOutVersion = tree.version
    return true
  }

  #expansion(): Expansion {
    const { tree } = this
    const { finding } = this.#filter
    if (finding !== null) return new FoundExpansion(tree, this.#shown, finding.closed)
    return { candidates: tree.expandedNodes(), isOpen: (node) => tree.expanded(node), allOpen: null }
  }

  #toRow({ node, expanded, position, siblings }: OutlineRow, rateAtMs: number): TreeRow {
    const { tree } = this
    const { previewKind, preview, retain } = this.#values.of(node)
    const rate = tree.rate(node, rateAtMs)
    return {
      topic: tree.topicOf(node),
      name: tree.nameOf(node),
      level: tree.levelOf(node),
      position,
      siblings,
      expanded,
      previewKind,
      preview,
      retain,
      messages: tree.messages(node),
      messagesPerSecond: rate < LEAST_RATE ? 0 : Number(rate.toPrecision(RATE_DIGITS)),
      bytes: tree.bytes(node),
      subtopics: this.#shown.topicsBelow(node),
      lastMessageAtMs: tree.subtreeLastSequence(node) === 0 ? null : tree.subtreeLastAtMs(node),
      lastSequence: tree.subtreeLastSequence(node),
    }
  }
}
