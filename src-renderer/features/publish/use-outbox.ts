import { computed, shallowRef, watch, type Ref } from 'vue'
import { NOTHING_KEPT, type OutboxChoice, type OutboxCounts, type OutboxEntry } from '@shared/message/outbox'
import { MAX_WINDOW_ROWS } from '@shared/views/view-spec'
import { request } from '../../bridge/client'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { windowAround, type RowRange } from '../../ui/row-window'
import { usePageVisible } from '../../ui/use-page-visible'

export type Selection = ReadonlyMap<number, OutboxEntry['state']>

/** The outbox of a connection while `open`, what of it is selected, and what can be done with that. */
export interface Outbox {
  /** Null until the first frame has come. */
  readonly counts: Readonly<Ref<OutboxCounts | null>>
  readonly total: Readonly<Ref<number>>
  readonly error: Readonly<Ref<unknown>>
  entryAt(index: number): OutboxEntry | undefined
  readonly selection: Readonly<Ref<Selection>>
  toggle(entry: OutboxEntry): void
  /** How many of the selected, or of all where none is, can be sent anew and can be dropped. */
  readonly sendable: Readonly<Ref<number>>
  readonly droppable: Readonly<Ref<number>>
  sendAnew(): Promise<void>
  drop(): Promise<void>
}

/** Keeps a view of the outbox open on the rows around `visible`. */
export function useOutbox(
  connectionId: Readonly<Ref<string>>,
  open: Readonly<Ref<boolean>>,
  visible: Readonly<Ref<RowRange>>,
): Outbox {
  const pageVisible = usePageVisible()
  const rowWindow = computed(() => windowAround(visible.value, MAX_WINDOW_ROWS))
  const firstRow = computed(() => rowWindow.value.first)
  const rowCount = computed(() => rowWindow.value.count)
  const target = computed<ViewTarget<'outbox'>>(() =>
    open.value && pageVisible.value
      ? { connectionId: connectionId.value, spec: { kind: 'outbox', firstRow: firstRow.value, rowCount: rowCount.value } }
      : null,
  )
  const { frame, error } = useView<'outbox'>(target)
  const selection = shallowRef<Selection>(new Map())
  const counts = computed(() => frame.value?.counts ?? null)
  const total = computed(() => {
    const { queued, inFlight, unconfirmed } = counts.value ?? NOTHING_KEPT
    return queued + inFlight + unconfirmed
  })

  watch([connectionId, open], () => (selection.value = new Map()))
  watch(frame, (now) => {
    if (now === null || selection.value.size === 0) return
    const seen = new Map(now.entries.map(({ publishId, state }) => [publishId, state]))
    const hasAll = now.entries.length === total.value
    const kept = [...selection.value].filter(([publishId]) => !hasAll || seen.has(publishId))
    selection.value = new Map(kept.map(([publishId, state]) => [publishId, seen.get(publishId) ?? state]))
  })

  const count = (states: readonly OutboxEntry['state'][]) =>
    [...selection.value.values()].filter((state) => states.includes(state)).length
  const choice = (): OutboxChoice => (selection.value.size === 0 ? null : [...selection.value.keys()])
  const all = computed(() => counts.value ?? NOTHING_KEPT)

  return {
    counts,
    total,
    error,
    entryAt: (index) => frame.value?.entries[index - frame.value.firstRow],
    selection,
    toggle(entry) {
      const next = new Map(selection.value)
      if (!next.delete(entry.publishId)) next.set(entry.publishId, entry.state)
      selection.value = next
    },
    sendable: computed(() => (selection.value.size === 0 ? all.value.unconfirmed : count(['unconfirmed']))),
    droppable: computed(() =>
      selection.value.size === 0 ? all.value.queued + all.value.unconfirmed : count(['queued', 'unconfirmed']),
    ),
    async sendAnew() {
      await request('outbox.send-anew', { connectionId: connectionId.value, choice: choice() })
      selection.value = new Map()
    },
    async drop() {
      await request('outbox.drop', { connectionId: connectionId.value, choice: choice() })
      selection.value = new Map()
    },
  }
}
