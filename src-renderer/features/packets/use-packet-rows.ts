import { computed, shallowRef, watch, type Ref } from 'vue'
import type { PacketFilter, PacketRow } from '@shared/packets/packet-log'
import type { PacketsFrame } from '@shared/views/view-frame'
import { MAX_WINDOW_ROWS } from '@shared/views/view-spec'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { usePageVisible } from '../../ui/use-page-visible'
import { windowAround, type RowRange } from '../../ui/row-window'

/** Rows to fetch while the newest are followed: as many as the tallest window may show. */
const NEWEST_ROWS = 120

/** The lines of a packet log around what is in sight; their numbers are those of the list, whose first is the oldest kept. */
export interface PacketRows {
  /** The newest frame; kept while a new window is fetched or the page is hidden. */
  readonly frame: Readonly<Ref<PacketsFrame | null>>
  readonly error: Readonly<Ref<unknown>>
  rowAt(index: number): PacketRow | undefined
  /** Where a packet stands, if its row has been fetched. */
  indexOf(sequence: number): number | null
}

/** Keeps a view of the packet log open on what is in sight, or on the newest lines while `following`. */
export function usePacketRows(
  connectionId: Readonly<Ref<string>>,
  filter: Readonly<Ref<PacketFilter>>,
  visible: Readonly<Ref<RowRange>>,
  following: Readonly<Ref<boolean>>,
): PacketRows {
  const pageVisible = usePageVisible()
  const held = shallowRef<PacketsFrame | null>(null)

  const goneRows = computed(() => held.value?.goneRows ?? 0)
  const range = computed(() => windowAround({ first: visible.value.first + goneRows.value, count: visible.value.count }, MAX_WINDOW_ROWS))
  const firstRow = computed(() => (following.value ? null : range.value.first))
  const rowCount = computed(() => (following.value ? NEWEST_ROWS : range.value.count))
  const target = computed<ViewTarget<'packets'>>(() =>
    pageVisible.value
      ? {
          connectionId: connectionId.value,
          spec: { kind: 'packets', firstRow: firstRow.value, rowCount: rowCount.value, filter: filter.value },
        }
      : null,
  )
  const { frame, error } = useView<'packets'>(target)

  watch(connectionId, () => (held.value = null), { flush: 'sync' })
  watch(
    frame,
    (next) => {
      if (next !== null) held.value = next
    },
    { flush: 'sync' },
  )

  const offset = computed(() => (held.value === null ? 0 : held.value.firstRow - held.value.goneRows))
  return {
    frame: held,
    error,
    rowAt: (index) => held.value?.rows[index - offset.value],
    indexOf: (sequence) => {
      const place = held.value?.rows.findIndex((row) => row.sequence === sequence) ?? -1
      return place < 0 ? null : place + offset.value
    },
  }
}
