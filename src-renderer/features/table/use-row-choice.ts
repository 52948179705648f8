import { computed, shallowRef, type Ref } from 'vue'
import { countRows, hasRow, spanBetween, withoutRow, withSpan, type RowSpans } from './row-spans'

/** The rows chosen in a list, and the one the keyboard is at: by the customs of lists in which several can be. */
export interface RowChoice {
  readonly spans: Readonly<Ref<RowSpans>>
  readonly count: Readonly<Ref<number>>
  readonly active: Readonly<Ref<number | null>>
  has(row: number): boolean
  /** Only this row. */
  only(row: number): void
  /** All from where the last choice began to this row. */
  extendTo(row: number): void
  toggle(row: number): void
  all(rows: number): void
  clear(): void
}

export function useRowChoice(): RowChoice {
  const spans = shallowRef<RowSpans>([])
  const active = shallowRef<number | null>(null)
  let anchor = 0

  return {
    spans,
    active,
    count: computed(() => countRows(spans.value)),
    has: (row) => hasRow(spans.value, row),
    only(row) {
      spans.value = [spanBetween(row, row)]
      active.value = anchor = row
    },
    extendTo(row) {
      spans.value = [spanBetween(anchor, row)]
      active.value = row
    },
    toggle(row) {
      spans.value = hasRow(spans.value, row) ? withoutRow(spans.value, row) : withSpan(spans.value, spanBetween(row, row))
      active.value = anchor = row
    },
    all(rows) {
      spans.value = rows > 0 ? [{ from: 0, to: rows }] : []
      active.value ??= rows > 0 ? 0 : null
      anchor = 0
    },
    clear() {
      spans.value = []
      active.value = null
    },
  }
}
