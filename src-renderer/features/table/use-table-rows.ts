import { computed, shallowRef, watch, type Ref } from 'vue'
import type { FieldPath } from '@shared/payload/field-path'
import type { TableSort } from '@shared/table/table-sort'
import type { TableFrame, TableRow } from '@shared/views/view-frame'
import { MAX_WINDOW_ROWS } from '@shared/views/view-spec'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { windowAround, type RowRange } from '../../ui/row-window'
import { usePageVisible } from '../../ui/use-page-visible'

/** What a table is of. */
export interface TableSubject {
  readonly connectionId: string
  /** A topic filter. */
  readonly topics: string
  readonly search: string
  readonly fields: readonly FieldPath[]
  readonly sort: TableSort
}

/** The rows of a table. *Live*, rows come as messages do; *held*, they stand still, and what comes is counted only. */
export interface TableRows {
  /** The newest frame; kept while another window is fetched or the page is hidden. */
  readonly frame: Readonly<Ref<TableFrame | null>>
  readonly error: Readonly<Ref<unknown>>
  readonly viewId: Readonly<Ref<number | null>>
  readonly isHeld: Readonly<Ref<boolean>>
  rowAt(row: number): TableRow | undefined
  /** Makes the rows stand still as they are. */
  hold(): void
  /** Takes in what has come since, and stands still again. */
  refresh(): void
  goLive(): void
}

/** Keeps a view of the table open on what is in sight. */
export function useTableRows(subject: Readonly<Ref<TableSubject>>, visible: Readonly<Ref<RowRange>>): TableRows {
  const pageVisible = usePageVisible()
  const latest = shallowRef<TableFrame | null>(null)
  const until = shallowRef<number | null>(null)

  const range = computed(() => windowAround(visible.value, MAX_WINDOW_ROWS))
  const firstRow = computed(() => range.value.first)
  const rowCount = computed(() => range.value.count)
  const target = computed<ViewTarget<'table'>>(() => {
    if (!pageVisible.value) return null
    const { connectionId, topics, search, fields, sort } = subject.value
    const spec = { kind: 'table' as const, topics, search, fields: [...fields], sort, until: until.value }
    return { connectionId, spec: { ...spec, firstRow: firstRow.value, rowCount: rowCount.value } }
  })
  const { frame, error, viewId } = useView<'table'>(target)

  watch(
    () => `${subject.value.connectionId}\0${subject.value.topics}`,
    () => {
      latest.value = null
      until.value = null
    },
    { flush: 'sync' },
  )
  watch(
    frame,
    (next) => {
      if (next !== null) latest.value = next
    },
    { flush: 'sync' },
  )

  const refresh = (): void => void (until.value = latest.value?.newest ?? until.value)

  return {
    frame: latest,
    error,
    viewId,
    isHeld: computed(() => until.value !== null),
    rowAt: (row) => latest.value?.rows[row - latest.value.firstRow],
    hold: () => void (until.value ??= latest.value?.newest ?? null),
    refresh,
    goLive: () => (until.value = null),
  }
}
