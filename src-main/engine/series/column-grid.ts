import type { ChartRange } from '@shared/charts/series'

const MINUTE_MS = 60_000
/** Times are finer than milliseconds, but not as fine as this. */
const INSTANT_MS = 1e-3

/** The time a chart shows, cut into as many columns as it has pixels: column c begins at `originMs + c * columnMs`. */
export interface ColumnGrid {
  readonly originMs: number
  readonly columnMs: number
  /** The first column that shows, and how many do. */
  readonly firstColumn: number
  readonly columns: number
  /** Whether the moment the last column ends at belongs to it. */
  readonly closed: boolean
}

/** The grid of a range. That of a live one moves on by whole columns, so that what was drawn stays as it is. */
export function gridOf(range: ChartRange, pixels: number, nowMs: number): ColumnGrid {
  if (range.kind === 'fixed') {
    return { originMs: range.fromMs, columnMs: (range.toMs - range.fromMs) / pixels, firstColumn: 0, columns: pixels, closed: true }
  }
  const columnMs = Math.max(1, Math.ceil((range.minutes * MINUTE_MS) / pixels))
  const columns = Math.ceil((range.minutes * MINUTE_MS) / columnMs)
  return { originMs: 0, columnMs, firstColumn: Math.floor(nowMs / columnMs) - columns + 1, columns, closed: false }
}

/** Whether one grid is the other, moved on in time or not. */
export function isMovedOn(from: ColumnGrid, to: ColumnGrid): boolean {
  return (
    from.originMs === to.originMs &&
    from.columnMs === to.columnMs &&
    from.columns === to.columns &&
    from.closed === to.closed &&
    from.firstColumn <= to.firstColumn
  )
}

export function startOf({ originMs, columnMs, firstColumn }: ColumnGrid): number {
  return originMs + firstColumn * columnMs
}

export function endOf({ originMs, columnMs, firstColumn, columns }: ColumnGrid): number {
  return originMs + (firstColumn + columns) * columnMs
}

/** The first moment that no longer shows. */
export function pastEndOf(grid: ColumnGrid): number {
  return grid.closed ? endOf(grid) + INSTANT_MS : endOf(grid)
}
