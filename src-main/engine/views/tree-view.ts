import type { TreeFrame, TreeRow } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import { previewOf } from '../payload/preview'
import type { TopicNode } from '../topics/topic-node'
import type { TopicTree } from '../topics/topic-tree'
import type { Pause } from './pause'
import type { View } from './view'
import { VisibleRows, type Perspective, type VisibleRow } from './visible-rows'

type NodeValues = Pick<
  TreeRow,
  'previewKind' | 'preview' | 'retain' | 'messages' | 'messagesPerSecond' | 'bytes' | 'subtopics' | 'lastMessageAtMs' | 'lastSequence'
>

const LIVE: Perspective = { admits: () => true, numbersOf: (node) => node }

/**
 * A window over the visible rows of the topic tree.
 * While paused, rows keep the values they had at the pause (a row first opened later, those of that moment),
 * and topics born since do not show.
 */
export class TreeView implements View {
  readonly #rows: VisibleRows
  readonly #frozen = new Map<TopicNode, NodeValues>()
  /** The rows whose values are all frozen. */
  #frozenRows: readonly VisibleRow[] | null = null

  constructor(
    tree: TopicTree,
    private readonly pause: Pause,
    private spec: SpecOf<'tree'>,
  ) {
    this.#rows = new VisibleRows(tree)
    this.#rows.arrange(spec.sort, spec.search, pause.topicsKnown)
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'tree') return false
    this.spec = spec
    this.#rows.arrange(spec.sort, spec.search, this.pause.topicsKnown)
    return true
  }

  pauseChanged(): void {
    this.#frozen.clear()
    this.#frozenRows = null
    if (this.pause.sequence === null) {
      this.#rows.reconsider(this.pause.topicsKnown)
      return
    }
    this.#rows.refresh()
    this.#visible(performance.now())
  }

  frame(nowMs: number): TreeFrame {
    const rows = this.#visible(nowMs)
    const firstRow = Math.min(this.spec.firstRow, Math.max(0, rows.length - this.spec.rowCount))
    return {
      kind: 'tree',
      firstRow,
      totalRows: rows.length,
      rows: rows.slice(firstRow, firstRow + this.spec.rowCount).map((row) => this.#toRow(row)),
      matches: this.#rows.matchCount,
      searching: false,
      hiddenTopics: 0,
    }
  }

  /** Lets the filter see a new topic; while paused it does so later. */
  consider(node: TopicNode): void {
    if (this.pause.sequence === null) this.#rows.consider(node)
  }

  /** Lets rows that were opened or closed show in the next frame. */
  expansionChanged(): void {
    this.#rows.refresh()
  }

  /** Opens or closes a row as the filtered tree shows it; false when no filter is set. */
  setExpandedWhileFiltering(node: TopicNode, expanded: boolean, recursive: boolean): boolean {
    if (!this.#rows.filtering) return false
    this.#rows.setExpandedWhileFiltering(node, expanded, recursive)
    return true
  }

  /** The row a node stands in now, or null. */
  rowOf(target: TopicNode): number | null {
    this.#rows.refresh()
    const row = this.#visible(performance.now()).findIndex(({ node }) => node === target)
    return row < 0 ? null : row
  }

  #visible(nowMs: number): readonly VisibleRow[] {
    const { sequence } = this.pause
    if (sequence === null) return this.#rows.at(nowMs, LIVE)
    const rows = this.#rows.at(nowMs, {
      admits: (node) => node.bornSequence <= sequence,
      numbersOf: (node) => this.#frozen.get(node) ?? node,
    })
    if (rows === this.#frozenRows) return rows
    this.#frozenRows = rows
    for (const { node } of rows) if (!this.#frozen.has(node)) this.#frozen.set(node, valuesOf(node))
    return rows
  }

  #toRow({ node, expanded, position, siblings }: VisibleRow): TreeRow {
    return { topic: node.topic, name: node.name, level: node.level, position, siblings, expanded, ...this.#values(node) }
  }

  #values(node: TopicNode): NodeValues {
    return this.#frozen.get(node) ?? valuesOf(node)
  }
}

function valuesOf(node: TopicNode): NodeValues {
  const preview = node.newest === null ? { kind: 'none' as const, text: '' } : previewOf(node.newest.payload)
  return {
    previewKind: preview.kind,
    preview: preview.text,
    retain: node.newest?.retain ?? false,
    messages: node.messages,
    messagesPerSecond: 0,
    bytes: 0,
    subtopics: node.subtopics,
    lastMessageAtMs: node.lastAtMs,
    lastSequence: node.lastSequence,
  }
}
