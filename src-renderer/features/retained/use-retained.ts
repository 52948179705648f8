import { computed, onScopeDispose, shallowRef, type Ref } from 'vue'
import type { RetainedChoice, RetainedOrder, RetainedPlan, Undoable } from '@shared/retained/retained'
import type { RetainedFrame } from '@shared/views/view-frame'
import { MAX_WINDOW_ROWS } from '@shared/views/view-spec'
import { request } from '../../bridge/client'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { windowAround, type RowRange } from '../../ui/row-window'

/** The retained messages of a connection's broker, while this is in use: what of them is in sight, and what can be done. */
export interface Retained {
  /** Null until the first one has come. */
  readonly frame: Readonly<Ref<RetainedFrame | null>>
  /** Why nothing can be seen, or was asked. */
  readonly error: Readonly<Ref<unknown>>
  /** What can be undone, newest first. */
  readonly undoable: Readonly<Ref<readonly Undoable[]>>
  ask(filters: readonly string[]): Promise<void>
  cancel(): Promise<void>
  /** Selects the rows `first … last`, or takes them out of the selection; of all others, `keepOthers` says whether they stay. */
  select(first: number, last: number, selected: boolean, keepOthers: boolean): Promise<void>
  plan(choice: RetainedChoice): Promise<RetainedPlan>
  delete(choice: RetainedChoice): Promise<void>
  undo(deletionId: number): Promise<void>
}

/** Keeps a view open on the rows around `visible`; the list is forgotten when the scope ends. */
export function useRetained(connectionId: string, order: Readonly<Ref<RetainedOrder>>, visible: Readonly<Ref<RowRange>>): Retained {
  const rows = computed(() => windowAround(visible.value, MAX_WINDOW_ROWS))
  const target = computed<ViewTarget<'retained'>>(() => ({
    connectionId,
    spec: { kind: 'retained', firstRow: rows.value.first, rowCount: rows.value.count, order: order.value },
  }))
  const { frame, error: viewError } = useView<'retained'>(target)
  const askError = shallowRef<unknown>(null)
  const undoable = shallowRef<readonly Undoable[]>([])

  async function refreshUndoable(): Promise<void> {
    undoable.value = await request('retained.list-undoable', { connectionId })
  }

  async function thenRefresh(work: Promise<void>): Promise<void> {
    try {
      await work
    } finally {
      await refreshUndoable()
    }
  }

  onScopeDispose(() => void request('retained.leave', { connectionId }).catch(() => undefined))
  void refreshUndoable().catch(() => undefined)

  return {
    frame,
    error: computed(() => viewError.value ?? askError.value),
    undoable,
    async ask(filters) {
      try {
        await request('retained.ask', { connectionId, filters: [...filters] })
        askError.value = null
      } catch (reason) {
        askError.value = reason
      }
    },
    cancel: () => request('retained.cancel', { connectionId }),
    select: (first, last, selected, keepOthers) =>
      request('retained.select', { connectionId, selection: { order: order.value, first, last, selected, keepOthers } }),
    plan: (choice) => request('retained.plan', { connectionId, choice }),
    delete: (choice) => thenRefresh(request('retained.delete', { connectionId, choice })),
    undo: (deletionId) => thenRefresh(request('retained.undo', { connectionId, deletionId })),
  }
}
