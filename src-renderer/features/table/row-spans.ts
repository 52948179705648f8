import type { RowSpan } from '@shared/table/export'

/** Rows chosen in a list, as spans in their order that neither touch nor overlap. */
export type RowSpans = readonly RowSpan[]

export function countRows(spans: RowSpans): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0)
}

export function hasRow(spans: RowSpans, row: number): boolean {
  return spans.some(({ from, to }) => row >= from && row < to)
}

/** The rows from one to another, both among them. */
export function spanBetween(one: number, other: number): RowSpan {
  return { from: Math.min(one, other), to: Math.max(one, other) + 1 }
}

export function withSpan(spans: RowSpans, added: RowSpan): RowSpans {
  const apart = spans.filter(({ from, to }) => to < added.from || from > added.to)
  const joined = spans.filter((span) => !apart.includes(span))
  const span = {
    from: Math.min(added.from, ...joined.map(({ from }) => from)),
    to: Math.max(added.to, ...joined.map(({ to }) => to)),
  }
  return [...apart, span].sort((a, b) => a.from - b.from)
}

export function withoutRow(spans: RowSpans, row: number): RowSpans {
  return spans.flatMap((span) => {
    if (row < span.from || row >= span.to) return [span]
    return [{ from: span.from, to: row }, { from: row + 1, to: span.to }].filter(({ from, to }) => from < to)
  })
}
