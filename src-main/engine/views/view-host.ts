import { AppError } from '@shared/ipc/app-error'
import { packFrame } from '@shared/views/frame-codec'
import type { ViewSpec } from '@shared/views/view-spec'
import type { Ingest } from '../ingest/ingest'
import type { FieldValues } from '@shared/payload/field-value'
import { FieldReader } from '../fields/field-reader'
import type { ReadingRule } from '../fields/reading-rules'
import type { Publisher } from '../publish/publisher'
import type { Sending } from '../runs/sending'
import { ROOT, type NodeId } from '../topics/node-id'
import type { PacketLog } from '../packet-log/packet-log'
import type { RetainedDesk } from '../retained/retained-desk'
import type { PointsPiece, PointsPlace } from '../series/points-piece'
import { SeriesDesk } from '../series/series-desk'
import { OutboxView } from './outbox-view'
import { PacketsView } from './packets-view'
import { RetainedView } from './retained-view'
import { RunsView } from './runs-view'
import { SendsView } from './sends-view'
import { NOT_PAUSED, type Pause } from './pause'
import { SeriesView } from './series-view'
import { StatisticsView } from './statistics-view'
import { TableView, type PlacedRows } from './table-view'
import { TopicView } from './topic-view'
import { TreeView } from './tree-view'
import { ValuesView } from './values-view'
import type { View } from './view'

/** How often the views are looked at for changes. */
const FRAME_INTERVAL_MS = 50
/** The share of the time that a view's frames may take: those of topics of 65,535 bytes are huge. */
const FRAME_SHARE = 1 / 4
/** How often the tree's counts are brought up to date for them, and the share of the time that may take. */
const FOLD_INTERVAL_MS = 100
const FOLD_SHARE = 1 / 10
/** How long a search may hold up everything else, and reading numbers out of messages, and a table. */
const SEARCH_SLICE_MS = 8
const TABLE_SLICE_MS = 8
const SERIES_SLICE_MS = 8
/** How long one waits for more to be read. */
const READING_PAUSE_MS = 2

interface OpenView {
  readonly view: View
  /** Frames the page is ready for: none until it acknowledges the one before. */
  credits: number
  /** The last frame sent, to send nothing when nothing changed. */
  last: Uint8Array | null
  /** When the next frame is due at the earliest, unless it was asked for. */
  notBeforeMs: number
}

/**
 * The open views of a connection. Each gets a frame when something in it changed, at most every 50 ms,
 * and only while the page has given credit: a slow or hidden page slows nothing and misses only what it could not draw.
 */
export class ViewHost {
  readonly #views = new Map<number, OpenView>()
  readonly #treeViews = new Set<TreeView>()
  readonly #series: SeriesDesk
  #timer: NodeJS.Timeout | null = null
  #foldNotBeforeMs = 0
  /** The next slice of the searches. */
  #nextSlice: NodeJS.Immediate | null = null
  /** The next slice of the tables. */
  #nextTableSlice: NodeJS.Immediate | null = null
  /** The next slice of reading for charts. */
  #nextReading: NodeJS.Immediate | null = null
  readonly #pause = { ...NOT_PAUSED }

  constructor(
    private readonly ingest: Ingest,
    private readonly publisher: Publisher,
    private readonly sending: Pick<Sending, 'runs' | 'exchange' | 'log'>,
    private readonly packets: PacketLog,
    private readonly retained: RetainedDesk,
    private readonly send: (viewId: number, bytes: Uint8Array<ArrayBuffer>) => void,
    private readonly fields = new FieldReader(ingest.tree),
  ) {
    this.#series = new SeriesDesk(ingest.tree, ingest.log, fields)
    ingest.tree.onNewTopic = (node) => {
      for (const view of this.#treeViews) view.consider(node)
    }
    ingest.tree.onRemoved = (node) => {
      for (const view of this.#treeViews) view.forget(node)
    }
  }

  open(viewId: number, spec: ViewSpec): void {
    this.#views.set(viewId, { view: this.#create(spec), credits: 0, last: null, notBeforeMs: 0 })
    this.#timer ??= setInterval(() => this.#tick(), FRAME_INTERVAL_MS)
    this.#searchOn()
    this.#workOnTables()
  }

  /** Changes what a view shows; the frame follows at once, or when what is to be searched for is found, or at the next look. */
  update(viewId: number, spec: ViewSpec): void {
    const open = this.#views.get(viewId)
    if (open === undefined || !open.view.update(spec)) return
    open.last = null
    this.#searchOn()
    this.#workOnTables()
    if (!isSearchNew(open)) this.#offer(viewId, open)
  }

  acknowledge(viewId: number): void {
    const open = this.#views.get(viewId)
    if (open === undefined) return
    // One frame is under way at the most, so a page that acknowledges too much gains nothing.
    open.credits = 1
    if (open.last !== null) return
    this.#fold()
    this.#offer(viewId, open)
  }

  close(viewId: number): void {
    const view = this.#views.get(viewId)?.view
    this.#views.delete(viewId)
    if (view instanceof TreeView) this.#treeViews.delete(view)
    if (view instanceof SeriesView) view.close()
    if (this.#views.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  closeAll(): void {
    for (const viewId of [...this.#views.keys()]) this.close(viewId)
  }

  /** Freezes every view at this moment, or lets them go on. */
  setPaused(paused: boolean): void {
    if (paused === (this.#pause.sequence !== null)) return
    const { log, tree } = this.ingest
    const atMs = Date.now()
    tree.fold(atMs)
    this.ingest.held = paused
    tree.reusingIds = !paused
    Object.assign(this.#pause, paused ? { sequence: log.sequence, idLimit: tree.idLimit, atMs } : NOT_PAUSED)
    for (const [viewId, open] of this.#views) {
      open.view.pauseChanged()
      open.last = null
      this.#offer(viewId, open)
    }
    this.#searchOn()
  }

  /** Expands or collapses a node, in the rows a search found where there is one. */
  setExpanded(node: NodeId, expanded: boolean, recursive: boolean): void {
    const inFound = [...this.#treeViews].filter((view) => view.setFoundExpanded(node, expanded, recursive))
    if (inFound.length === 0) this.ingest.tree.setExpanded(node, expanded, recursive)
    this.#expansionChanged()
  }

  /** Expands everything down to `depth` levels below a node and collapses what is deeper; where there is a search, of what it found. */
  expandToDepth(node: NodeId, depth: number): void {
    const inFound = [...this.#treeViews].filter((view) => view.expandFoundToDepth(node, depth))
    if (inFound.length === 0) this.ingest.tree.expandToDepth(node, depth)
    this.#expansionChanged()
  }

  /** Expands all above a node and says in which row it stands in that view, or null. */
  reveal(viewId: number, node: NodeId): number | null {
    const { tree } = this.ingest
    const view = this.#views.get(viewId)?.view
    if (!(view instanceof TreeView)) return null
    for (let above = tree.parent(node); above !== ROOT; above = tree.parent(above)) {
      view.setFoundExpanded(above, true, false)
      tree.setExpanded(above, true, false)
    }
    return view.rowOf(node, performance.now())
  }

  /** All rows of a table, once they are there and in order. @throws {AppError} `export-gone`: there is no such table (any more) */
  async tableRows(viewId: number): Promise<PlacedRows> {
    for (;;) {
      const view = this.#views.get(viewId)?.view
      if (!(view instanceof TableView)) throw new AppError('export-gone', 'The table was closed')
      if (!view.isWorking) return view.placed
      this.#workOnTables()
      await new Promise((resolve) => setTimeout(resolve, READING_PAUSE_MS))
    }
  }

  /**
   * The points that a view of series shows, once all are read, in pieces: `at` is what the piece before said, null for the first.
   * Null when the view is closed.
   */
  async readPoints(viewId: number, at: PointsPlace | null): Promise<PointsPiece | null> {
    for (;;) {
      const view = this.#views.get(viewId)?.view
      if (!(view instanceof SeriesView)) return null
      if (at !== null || !view.isReading) return view.pointsPiece(at)
      this.#readSeries()
      await new Promise((resolve) => setTimeout(resolve, READING_PAUSE_MS))
    }
  }

  /** Takes what was read elsewhere of messages, and goes on. */
  takeFields(requestId: number, fields: readonly FieldValues[]): void {
    this.fields.source?.take(requestId, fields)
    this.#workOnTables()
    this.#readSeries()
  }

  /** The user's rules are these now: what they change is read anew. */
  setReadingRules(rules: readonly ReadingRule[]): void {
    const isOther = this.fields.rules.replace(rules)
    if (isOther === null) return
    this.#series.forget(isOther)
    for (const { view } of this.#views.values()) {
      if (view instanceof SeriesView) view.readAnew(isOther)
      if (view instanceof TableView) view.readAnew()
    }
    this.#workOnTables()
    this.#readSeries()
  }

  #create(spec: ViewSpec): View {
    const { tree, log } = this.ingest
    const pause: Pause = this.#pause
    switch (spec.kind) {
      case 'tree':
        return this.#addTreeView(new TreeView(tree, log, pause, spec))
      case 'topic':
        return new TopicView(tree, log, pause, spec)
      case 'values':
        return new ValuesView(tree, log, pause, spec)
      case 'statistics':
        return new StatisticsView(this.ingest, pause)
      case 'outbox':
        return new OutboxView(this.publisher, spec)
      case 'packets':
        return new PacketsView(this.packets, spec)
      case 'table':
        return new TableView(tree, log, this.fields, pause, spec)
      case 'retained':
        return new RetainedView(this.retained, spec)
      case 'series':
        return new SeriesView(this.#series, pause, spec)
      case 'runs':
        return new RunsView(this.sending)
      case 'sends':
        return new SendsView(this.sending.log, spec)
    }
  }

  #addTreeView(view: TreeView): TreeView {
    this.#treeViews.add(view)
    return view
  }

  #expansionChanged(): void {
    for (const view of this.#treeViews) view.expansionChanged()
    this.#offerTrees()
  }

  #offerTrees(): void {
    for (const [viewId, open] of this.#views) if (open.view instanceof TreeView) this.#offer(viewId, open)
  }

  #tick(): void {
    // The network may have nothing more to say.
    this.ingest.tidy(performance.now())
    this.#searchOn()
    this.#workOnTables()
    this.#readSeries()
    this.#fold()
    for (const [viewId, open] of this.#views) if (!isSearchNew(open)) this.#offer(viewId, open)
  }

  #offer(viewId: number, open: OpenView): void {
    if (open.credits === 0) return
    const nowMs = performance.now()
    if (open.last !== null && nowMs < open.notBeforeMs) return
    const bytes = packFrame(open.view.frame(nowMs))
    open.notBeforeMs = nowMs + (performance.now() - nowMs) / FRAME_SHARE
    if (open.last !== null && Buffer.compare(bytes, open.last) === 0) return
    open.credits -= 1
    open.last = bytes
    this.send(viewId, bytes)
  }

  /** Brings the tree's counts up to date for who looks, if it is time to; who waits for a search does not wait for that too. */
  #fold(): void {
    const nowMs = performance.now()
    if (this.#pause.sequence !== null || nowMs < this.#foldNotBeforeMs) return
    const looking = [...this.#views.values()].filter(({ credits }) => credits > 0)
    if (looking.length === 0 || looking.some(isSearching)) return
    this.ingest.tree.fold(Date.now())
    this.#foldNotBeforeMs = nowMs + Math.max(FOLD_INTERVAL_MS, (performance.now() - nowMs) / FOLD_SHARE)
  }

  /** One slice of what there is to search for, and the next when all else has had its turn. What is found in the end shows at once. */
  #searchOn(): void {
    let hasSearched = false
    let isBusy = false
    for (const { view, credits } of this.#views.values()) {
      // Searches are run again for those alone who look.
      if (!(view instanceof TreeView) || !view.isSearchBusy(performance.now(), credits > 0)) continue
      view.search(performance.now() + SEARCH_SLICE_MS)
      hasSearched = true
      isBusy ||= view.isSearchBusy(performance.now(), credits > 0)
    }
    if (hasSearched && !isBusy) this.#offerTrees()
    if (!isBusy || this.#nextSlice !== null) return
    this.#nextSlice = setImmediate(() => {
      this.#nextSlice = null
      this.#searchOn()
    })
  }

  /** One slice of what tables have to look at, and the next when all else has had its turn. */
  #workOnTables(): void {
    let isBusy = false
    for (const { view } of this.#views.values()) {
      if (!(view instanceof TableView) || !view.isBusy(performance.now())) continue
      view.step(performance.now() + TABLE_SLICE_MS)
      isBusy ||= view.isWorking && view.isBusy(performance.now())
    }
    if (!isBusy || this.#nextTableSlice !== null) return
    this.#nextTableSlice = setImmediate(() => {
      this.#nextTableSlice = null
      this.#workOnTables()
    })
  }

  /** One slice of reading what is charted, and the next when all else has had its turn. */
  #readSeries(): void {
    if (!this.#series.step(performance.now() + SERIES_SLICE_MS) || this.#nextReading !== null) return
    this.#nextReading = setImmediate(() => {
      this.#nextReading = null
      this.#readSeries()
    })
  }
}

/** Whether the page is ready for a frame, but what it wants to see is still searched for. */
function isSearching({ view, credits }: OpenView): boolean {
  return view instanceof TreeView && credits > 0 && view.isSearching
}

/** A frame of what a search has found at once would cost time, and the whole result wait until the page has drawn it. */
function isSearchNew({ view }: OpenView): boolean {
  return view instanceof TreeView && view.isSearchNew(performance.now())
}
