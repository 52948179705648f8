import type { TreeFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { Ingest } from '../../../../src-main/engine/ingest/ingest'
import { NOT_PAUSED } from '../../../../src-main/engine/views/pause'
import { TreeView } from '../../../../src-main/engine/views/tree-view'
import type { TopicNode } from '../../../../src-main/engine/topics/topic-node'
import { incoming } from './incoming'

const SPEC: SpecOf<'tree'> = { kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }

/** A tree view on an ingest of its own, with a pause the test turns on and off. */
export class TreeViewBench {
  readonly ingest: Ingest
  readonly view: TreeView
  readonly #pause = { ...NOT_PAUSED }
  #spec: SpecOf<'tree'>
  /** So far ahead that no frame is put off for the one before. */
  #nowMs = performance.now()

  constructor(spec: Partial<SpecOf<'tree'>> = {}, logBudgetBytes = 1_000_000) {
    this.ingest = new Ingest(logBudgetBytes, [])
    this.#spec = { ...SPEC, ...spec }
    this.view = new TreeView(this.ingest.tree, this.#pause, this.#spec)
    this.ingest.tree.onNewTopic = (node) => this.view.consider(node)
  }

  /** Takes messages in; each payload says its sequence number: `m1`, `m2`, … */
  take(...topics: string[]): void {
    for (const topic of topics) this.ingest.take(incoming(topic, `m${this.ingest.log.sequence + 1}`))
  }

  nodeOf(topic: string): TopicNode {
    const node = this.ingest.tree.find(topic)
    if (node === undefined) throw new Error(`${topic} is not there`)
    return node
  }

  expandAll(): void {
    this.ingest.tree.setExpanded(this.ingest.tree.root, true, true)
  }

  update(change: Partial<SpecOf<'tree'>>): void {
    this.#spec = { ...this.#spec, ...change }
    this.view.update(this.#spec)
  }

  setPaused(paused: boolean): void {
    const { log, tree } = this.ingest
    Object.assign(this.#pause, paused ? { sequence: log.sequence, topicsKnown: tree.topicsKnown } : NOT_PAUSED)
    this.view.pauseChanged()
  }

  frame(): TreeFrame {
    this.#nowMs += 1_000_000
    return this.view.frame(this.#nowMs)
  }

  topics(): string[] {
    return this.frame().rows.map(({ topic }) => topic)
  }
}
