import { isSamePath, type FieldPath } from '@shared/payload/field-path'
import { fieldText, type FieldValues } from '@shared/payload/field-value'
import { parseRowFilter } from '@shared/table/row-filter'
import type { TableSort } from '@shared/table/table-sort'
import type { TableFrame, TableRow } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import { FieldQueue } from '../fields/field-queue'
import type { FieldReader } from '../fields/field-reader'
import type { MessageLog } from '../history/message-log'
import { RowOrder } from '../table/row-order'
import { TableRows } from '../table/table-rows'
import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import type { Pause } from './pause'
import { summaryOf } from './topic-view'
import type { View } from './view'

/** Rows that change are put in order again this often, and for this share of the time at the most. */
const RESORT_INTERVAL_MS = 1_000
const RESORT_SHARE = 1 / 8
const PRUNE_INTERVAL_MS = 1_000
/** Most characters of a field that a row shows. */
const MOST_CHARACTERS = 200

/** Rows by their place in a table, whatever their order. */
export interface PlacedRows {
  readonly length: number
  sequenceAt(row: number): number
  topicAt(row: number): NodeId
}

/** A window over the messages of some topics: filtered, in any order, live or standing still. Works in slices. */
export class TableView implements View {
  #rows: TableRows
  /** Null: by time. */
  #order: RowOrder | null = null
  #coming: RowOrder | null = null
  /** What #order, or what comes after it, was made of. */
  #orderOf = ''
  /** Whether #order is that of other rows, or another sort: it stays until the new one is there, so that nothing flashes. */
  #isOrderOld = true
  #sortSpentMs = 0
  #sortNotBeforeMs = 0
  #pruneNotBeforeMs = 0
  #evicted = 0
  /** The rows of the last frame: messages do not change. */
  #drawn = new Map<number, TableRow>()
  /** Messages of such rows whose fields are read elsewhere. */
  readonly #queue: FieldQueue<number>

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    private readonly fields: FieldReader,
    private readonly pause: Pause,
    private spec: SpecOf<'table'>,
    private readonly most?: number,
  ) {
    this.#rows = this.#begin()
    this.#queue = new FieldQueue(fields, MOST_CHARACTERS, (sequence, values) => this.#complete(sequence, values))
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'table') return false
    const before = this.spec
    this.spec = spec
    if (!areSameFields(before.fields, spec.fields)) this.#forgetFields()
    if (spec.topics !== before.topics || spec.search !== before.search) this.#rows = this.#begin()
    else this.#rows.reach(this.#end)
    if (!isSameSort(before.sort, spec.sort)) this.#sortAnew()
    if (isByTime(spec.sort)) this.#order = null
    return true
  }

  /** Payloads are read in another way from now on. */
  readAnew(): void {
    this.#forgetFields()
    if (this.#rows.asksForFields) this.#rows = this.#begin()
    else if (typeof this.spec.sort.by !== 'string') this.#sortAnew()
  }

  pauseChanged(): void {
    this.#rows.reach(this.#end)
  }

  /** Whether {@link step} has something to do. */
  isBusy(nowMs: number): boolean {
    return this.#rows.isBusy || this.#coming?.canStep === true || this.#isSortDue(nowMs)
  }

  /** Whether the rows are not all there yet, or not in order. */
  get isWorking(): boolean {
    return !this.#rows.isComplete || (!isByTime(this.spec.sort) && this.#isOrderOld)
  }

  step(untilMs: number): void {
    const nowMs = performance.now()
    if (this.#rows.isBusy) this.#rows.step(untilMs)
    if (this.#isSortDue(nowMs)) this.#beginSort()
    if (this.#coming === null || performance.now() >= untilMs) return
    const begunAtMs = performance.now()
    this.#coming.step(untilMs)
    const endedAtMs = performance.now()
    this.#sortSpentMs += endedAtMs - begunAtMs
    if (!this.#coming.isDone) return
    this.#order = this.#coming
    this.#coming = null
    this.#isOrderOld = false
    this.#sortNotBeforeMs = endedAtMs + Math.max(RESORT_INTERVAL_MS, this.#sortSpentMs / RESORT_SHARE)
  }

  frame(nowMs: number): TableFrame {
    this.#prune(nowMs)
    const { length } = this.placed
    const { rowCount } = this.spec
    const firstRow = Math.min(this.spec.firstRow, Math.max(0, length - rowCount))
    return {
      kind: 'table',
      firstRow,
      totalRows: length,
      rows: this.#draw(firstRow, Math.min(length, firstRow + rowCount)),
      newest: this.#rows.newest,
      looked: this.#rows.looked,
      isCut: this.#rows.isCut,
      unread: Math.max(this.#rows.unread, isByTime(this.spec.sort) ? 0 : (this.#order?.unread ?? 0)),
      newer: this.#rows.newer,
      progress: this.isWorking ? Math.min(0.99, Math.round(this.#rows.progress * 100) / 100) : null,
    }
  }

  /** All rows, in their order. */
  get placed(): PlacedRows {
    if (!isByTime(this.spec.sort)) return this.#order ?? NO_ROWS
    const { rows } = this.#rows
    return this.spec.sort.descending ? rows : reversed(rows)
  }

  get #isHeld(): boolean {
    return this.spec.until !== null || this.pause.sequence !== null
  }

  get #end(): number {
    return Math.min(this.spec.until ?? Number.POSITIVE_INFINITY, this.pause.sequence ?? Number.POSITIVE_INFINITY)
  }

  #begin(): TableRows {
    const parsed = parseRowFilter(this.spec.search)
    this.#sortAnew()
    // Of a text that cannot be read, which the page says, none.
    return new TableRows(this.tree, this.log, this.fields, this.spec.topics, parsed.ok ? parsed.filter : [], Date.now(), this.#end, this.most)
  }

  /** What a sort depends on. */
  get #state(): string {
    const { rows, version } = this.#rows
    return `${rows.length} ${rows.sequenceAt(0)} ${version}`
  }

  #isSortDue(nowMs: number): boolean {
    if (isByTime(this.spec.sort) || !this.#rows.isComplete || this.#coming !== null) return false
    return nowMs >= this.#sortNotBeforeMs && this.#orderOf !== this.#state
  }

  #sortAnew(): void {
    this.#coming = null
    this.#orderOf = ''
    this.#isOrderOld = true
    this.#sortNotBeforeMs = 0
  }

  #beginSort(): void {
    this.#orderOf = this.#state
    this.#coming = new RowOrder(this.tree, this.log, this.fields, this.#rows.rows, this.spec.sort)
    this.#sortSpentMs = 0
  }

  /** Rows that stand still keep the places of what is gone. */
  #prune(nowMs: number): void {
    const { evicted } = this.log
    if (this.#isHeld || nowMs < this.#pruneNotBeforeMs || evicted === this.#evicted) return
    this.#evicted = evicted
    this.#pruneNotBeforeMs = nowMs + PRUNE_INTERVAL_MS
    this.#rows.prune()
  }

  #draw(from: number, to: number): TableRow[] {
    const { placed } = this
    const drawn = new Map<number, TableRow>()
    for (let row = from; row < to; row += 1) {
      const sequence = placed.sequenceAt(row)
      const topic = placed.topicAt(row)
      const known = this.#drawn.get(sequence)
      const isKnown = known !== undefined && known.message !== null && this.log.has(sequence, topic)
      drawn.set(sequence, isKnown ? known : this.#rowOf(sequence, topic))
    }
    this.#drawn = drawn
    this.#askForFields()
    return [...drawn.values()]
  }

  #forgetFields(): void {
    this.#drawn.clear()
    this.#queue.drop()
  }

  /** Has the fields read that the rows drawn still lack, some at a time. */
  #askForFields(): void {
    if (this.#queue.isWaiting) return
    for (const { sequence, message } of this.#drawn.values()) {
      if (message?.fieldsState !== 'pending') continue
      const logged = this.log.read(sequence)
      if (logged !== null) this.#queue.add(logged, this.spec.fields, sequence)
      if (this.#queue.isFull) break
    }
    if (this.#queue.length > 0) this.#queue.handOver(() => this.#askForFields())
  }

  #complete(sequence: number, values: FieldValues): void {
    const message = this.#drawn.get(sequence)?.message ?? null
    if (message !== null) this.#drawn.set(sequence, { sequence, message: { ...message, ...this.#shown(values) } })
  }

  #rowOf(sequence: number, topic: NodeId): TableRow {
    const message = this.log.read(sequence, topic)
    if (message === null) return { sequence, message: null }
    const { fields } = this.spec
    const values = fields.length === 0 ? [] : this.fields.here(message, fields, MOST_CHARACTERS)
    return { sequence, message: { ...summaryOf(message), topic: this.tree.topicOf(topic), ...this.#shown(values) } }
  }

  #shown(values: FieldValues | undefined): Pick<NonNullable<TableRow['message']>, 'fields' | 'fieldsState'> {
    const fields = this.spec.fields.map((_, index) => fieldText(values?.[index] ?? null))
    return { fields, fieldsState: values === undefined ? 'pending' : values === null ? 'unreadable' : 'read' }
  }
}

const NO_ROWS: PlacedRows = { length: 0, sequenceAt: () => 0, topicAt: () => 0 }

function reversed(rows: PlacedRows): PlacedRows {
  const last = rows.length - 1
  return { length: rows.length, sequenceAt: (row) => rows.sequenceAt(last - row), topicAt: (row) => rows.topicAt(last - row) }
}

function isByTime({ by }: TableSort): boolean {
  return by === 'time'
}

function isSameSort(a: TableSort, b: TableSort): boolean {
  if (a.descending !== b.descending) return false
  return typeof a.by === 'string' || typeof b.by === 'string' ? a.by === b.by : isSamePath(a.by, b.by)
}

function areSameFields(a: readonly FieldPath[], b: readonly FieldPath[]): boolean {
  return a.length === b.length && a.every((path, index) => isSamePath(path, b[index] ?? []))
}
