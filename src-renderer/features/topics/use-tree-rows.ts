import { computed, shallowRef, watch, type Ref } from 'vue'
import type { TreeFrame, TreeRow } from '@shared/views/view-frame'
import { MAX_WINDOW_ROWS, type SpecOf } from '@shared/views/view-spec'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { windowAround, type RowRange } from '../../ui/row-window'
import { usePageVisible } from '../../ui/use-page-visible'
import { keepUnchanged } from './tree-rows'

/** What of a tree is looked at, but for the window. */
export type TreeLens = Omit<SpecOf<'tree'>, 'kind' | 'firstRow' | 'rowCount'>

/** The rows of a connection's tree around what is in sight. */
export interface TreeRows {
  /** The newest frame; kept while a new window is fetched or the page is hidden. */
  readonly frame: Readonly<Ref<TreeFrame | null>>
  readonly totalRows: Readonly<Ref<number>>
  readonly viewId: Readonly<Ref<number | null>>
  readonly error: Readonly<Ref<unknown>>
  /** The row at a place, if it has been fetched. */
  rowAt(index: number): TreeRow | undefined
  /** Where a topic stands, if its row has been fetched. */
  indexOf(topic: string): number | null
}

/** Keeps a view of the tree open on the window around `visible`, none while the page is hidden. */
export function useTreeRows(
  connectionId: Readonly<Ref<string>>,
  lens: Readonly<Ref<TreeLens>>,
  visible: Readonly<Ref<RowRange>>,
): TreeRows {
  const pageVisible = usePageVisible()
  const held = shallowRef<TreeFrame | null>(null)

  const rowWindow = computed(() => windowAround(visible.value, MAX_WINDOW_ROWS))
  const firstRow = computed(() => rowWindow.value.first)
  const rowCount = computed(() => rowWindow.value.count)
  const target = computed<ViewTarget<'tree'>>(() =>
    pageVisible.value
      ? {
          connectionId: connectionId.value,
          spec: {
            kind: 'tree',
            firstRow: firstRow.value,
            rowCount: rowCount.value,
            ...lens.value,
          },
        }
      : null,
  )
  const { frame, viewId, error } = useView<'tree'>(target)

  watch(connectionId, () => (held.value = null), { flush: 'sync' })
  watch(
    frame,
    (next) => {
      if (next !== null) held.value = { ...next, rows: keepUnchanged(held.value?.rows ?? [], next.rows) }
    },
    { flush: 'sync' },
  )

  const places = computed(() => {
    const first = held.value?.firstRow ?? 0
    return new Map(held.value?.rows.map((row, offset) => [row.topic, first + offset]))
  })

  return {
    frame: held,
    totalRows: computed(() => held.value?.totalRows ?? 0),
    viewId,
    error,
    rowAt: (index) => held.value?.rows[index - held.value.firstRow],
    indexOf: (topic) => places.value.get(topic) ?? null,
  }
}
