import type { TreeFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { NOT_PAUSED } from '../../../../src-main/engine/views/pause'
import { TreeView } from '../../../../src-main/engine/views/tree-view'
import { Received } from './received'

export const TREE: SpecOf<'tree'> = { kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }

/** A tree view on messages of its own, with a pause the test turns on and off. */
export class TreeViewBench extends Received {
  readonly view: TreeView
  readonly #pause = { ...NOT_PAUSED }
  #spec: SpecOf<'tree'>
  /** So far ahead that no frame is put off for the one before. */
  #nowMs = performance.now()

  constructor(spec: Partial<SpecOf<'tree'>> = {}, logBudgetBytes = 1_000_000) {
    super({ logBudgetBytes })
    const { tree, log } = this.ingest
    this.#spec = { ...TREE, ...spec }
    this.view = new TreeView(tree, log, this.#pause, this.#spec)
    tree.onNewTopic = (node) => this.view.consider(node)
    tree.onRemoved = (node) => this.view.forget(node)
  }

  expandAll(): void {
    this.setExpanded(null, true, true)
  }

  /** As the view host does; null stands for the root. */
  setExpanded(topic: string | null, expanded: boolean, recursive = false): void {
    const node = topic === null ? 0 : this.nodeOf(topic)
    if (!this.view.setFoundExpanded(node, expanded, recursive)) this.ingest.tree.setExpanded(node, expanded, recursive)
    this.view.expansionChanged()
  }

  update(change: Partial<SpecOf<'tree'>>): void {
    this.#spec = { ...this.#spec, ...change }
    this.view.update(this.#spec)
  }

  setPaused(paused: boolean): void {
    const { log, tree } = this.ingest
    tree.fold(Date.now())
    this.ingest.held = paused
    tree.reusingIds = !paused
    Object.assign(this.#pause, paused ? { sequence: log.sequence, idLimit: tree.idLimit, atMs: Date.now() } : NOT_PAUSED)
    this.view.pauseChanged()
  }

  /** What there is to see when all is counted and searched for. */
  frame(): TreeFrame {
    if (this.#pause.sequence === null) this.ingest.tree.fold(Date.now())
    while (this.view.isSearchBusy(performance.now(), false)) this.view.search(performance.now() + 1_000)
    this.#nowMs += 1_000_000
    return this.view.frame(this.#nowMs)
  }

  topics(): string[] {
    return this.frame().rows.map(({ topic }) => topic)
  }
}
