import { packFrame } from '@shared/views/frame-codec'
import type { ViewSpec } from '@shared/views/view-spec'
import type { Ingest } from '../ingest/ingest'
import type { Publisher } from '../publish/publisher'
import type { TopicNode } from '../topics/topic-node'
import { OutboxView } from './outbox-view'
import type { PacketLog } from '../packet-log/packet-log'
import { PacketsView } from './packets-view'
import { NOT_PAUSED, type Pause } from './pause'
import { StatisticsView } from './statistics-view'
import { TopicView } from './topic-view'
import { TreeView } from './tree-view'
import type { View } from './view'

/** How often the views are looked at for changes. */
const FRAME_INTERVAL_MS = 50

interface OpenView {
  readonly view: View
  /** Frames the page is ready for: none until it acknowledges the one before. */
  credits: number
  /** The last frame sent, to send nothing when nothing changed. */
  last: Uint8Array | null
}

/**
 * The open views of a connection. Each gets a frame when something in it changed, at most every 50 ms,
 * and only while the page has given credit: a slow or hidden page slows nothing and misses only what it could not draw.
 */
export class ViewHost {
  readonly #views = new Map<number, OpenView>()
  #timer: NodeJS.Timeout | null = null
  readonly #pause = { ...NOT_PAUSED }

  constructor(
    private readonly ingest: Ingest,
    private readonly publisher: Publisher,
    private readonly packets: PacketLog,
    private readonly send: (viewId: number, bytes: Uint8Array<ArrayBuffer>) => void,
  ) {
    ingest.tree.onNewTopic = (node) => this.#considerNew(node)
  }

  open(viewId: number, spec: ViewSpec): void {
    this.#views.set(viewId, { view: this.#create(spec), credits: 0, last: null })
    this.#timer ??= setInterval(() => this.#tick(), FRAME_INTERVAL_MS)
  }

  /** Changes what a view shows; the frame follows at once. */
  update(viewId: number, spec: ViewSpec): void {
    const open = this.#views.get(viewId)
    if (open === undefined || !open.view.update(spec)) return
    open.last = null
    this.#offer(viewId, open)
  }

  acknowledge(viewId: number): void {
    const open = this.#views.get(viewId)
    if (open === undefined) return
    // One frame is under way at the most, so a page that acknowledges too much gains nothing.
    open.credits = 1
    if (open.last === null) this.#offer(viewId, open)
  }

  close(viewId: number): void {
    this.#views.delete(viewId)
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
    Object.assign(this.#pause, paused ? { sequence: log.sequence, topicsKnown: tree.topicsKnown } : NOT_PAUSED)
    for (const [viewId, open] of this.#views) {
      open.view.pauseChanged()
      open.last = null
      this.#offer(viewId, open)
    }
  }

  /** Expands or collapses a node, in the filtered rows where a filter is set. */
  setExpanded(node: TopicNode, expanded: boolean, recursive: boolean): void {
    const views = this.#treeViews()
    const filtered = views.filter((view) => view.setExpandedWhileFiltering(node, expanded, recursive))
    if (filtered.length === 0) this.ingest.tree.setExpanded(node, expanded, recursive)
    for (const view of views) view.expansionChanged()
    this.#offerTrees()
  }

  /** Expands all above a node and says in which row it stands in that view, or null. */
  reveal(viewId: number, node: TopicNode): number | null {
    const view = this.#views.get(viewId)?.view
    if (!(view instanceof TreeView)) return null
    for (let above = node.parent; above !== null && above.parent !== null; above = above.parent) {
      view.setExpandedWhileFiltering(above, true, false)
      this.ingest.tree.setExpanded(above, true, false)
    }
    return view.rowOf(node)
  }

  #create(spec: ViewSpec): View {
    const pause: Pause = this.#pause
    switch (spec.kind) {
      case 'tree':
        return new TreeView(this.ingest.tree, pause, spec)
      case 'topic':
        return new TopicView(this.ingest.tree, pause, spec)
      case 'values':
        throw new Error('not yet')
      case 'statistics':
        return new StatisticsView(this.ingest, pause)
      case 'outbox':
        return new OutboxView(this.publisher, spec)
      case 'packets':
        return new PacketsView(this.packets, spec)
    }
  }

  #treeViews(): TreeView[] {
    return [...this.#views.values()].map(({ view }) => view).filter((view) => view instanceof TreeView)
  }

  #considerNew(node: TopicNode): void {
    for (const { view } of this.#views.values()) if (view instanceof TreeView) view.consider(node)
  }

  #offerTrees(): void {
    for (const [viewId, open] of this.#views) if (open.view instanceof TreeView) this.#offer(viewId, open)
  }

  #tick(): void {
    for (const [viewId, open] of this.#views) this.#offer(viewId, open)
  }

  #offer(viewId: number, open: OpenView): void {
    if (open.credits === 0) return
    const bytes = packFrame(open.view.frame(performance.now()))
    if (open.last !== null && Buffer.compare(bytes, open.last) === 0) return
    open.credits -= 1
    open.last = bytes
    this.send(viewId, bytes)
  }
}
