import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { MAX_OUTLINE_ROWS, type TextRows } from '@shared/payload/outline'
import { request } from '../../bridge/client'
import { windowAround, type RowRange } from '../../ui/row-window'
import type { DocumentSource } from './document-source'
import { latestOnly } from '../../ui/latest-only'

export type TextRow = TextRows['rows'][number]

/** The rows of a long text near those in sight. */
export function useTextRows(
  source: Readonly<Ref<DocumentSource>>,
  rowLength: Readonly<Ref<number>>,
  visible: Readonly<Ref<RowRange>>,
): { read: Readonly<Ref<TextRows | null>>; error: Readonly<Ref<unknown>>; rowAt(row: number): TextRow | undefined } {
  const read = shallowRef<TextRows | null>(null)
  const error = shallowRef<unknown>(null)
  const asked = computed(() => {
    const { first, count } = windowAround(visible.value, MAX_OUTLINE_ROWS)
    return { ...source.value, rowLength: rowLength.value, firstRow: first, rowCount: Math.max(1, count) }
  })
  const reader = latestOnly(
    (args: typeof asked.value) => request('payloads.read-text-rows', args),
    (_args, outcome) => {
      if (outcome.ok) read.value = outcome.result
      error.value = outcome.ok ? null : outcome.error
    },
    0,
  )
  watch(asked, (now, before) => (before === undefined || JSON.stringify(now) !== JSON.stringify(before)) && reader.ask(now), { immediate: true })
  onScopeDispose(() => reader.forget())
  return { read, error, rowAt: (row) => read.value?.rows[row - read.value.firstRow] }
}
