import { pastEndOf, startOf, type ColumnGrid } from './column-grid'
import type { FieldPoints } from './field-points'

/** Of one column: the indexes of its first, last, least and greatest point. */
interface Summary {
  readonly column: number
  first: number
  last: number
  min: number
  max: number
  sum: number
}

/** How many points are taken in between two looks at the clock. */
const POINTS_BETWEEN_LOOKS = 4_096

/**
 * Points of a field, summed up column by column, so that what is drawn follows the pixels and not the points.
 * Points are taken in once, whether they are new or come to light further back; a window that moves on keeps its columns.
 */
export class Columns {
  readonly #summaries = new Map<number, Summary>()
  #latest: Summary | null = null
  #grid: ColumnGrid
  /** The points from #low to below #high are in. */
  #low: number
  #high: number

  constructor(
    readonly points: FieldPoints,
    grid: ColumnGrid,
  ) {
    this.#grid = grid
    this.#low = this.#high = this.#firstFrom(pastEndOf(grid))
  }

  get grid(): ColumnGrid {
    return this.#grid
  }

  /** The points that show go from here … */
  get low(): number {
    return Math.max(this.#low, this.points.times.first)
  }

  /** … to below here. */
  get high(): number {
    return Math.max(this.#high, this.low)
  }

  /** Moves the window on, over columns that stay the same ({@link isMovedOn}). */
  moveTo(grid: ColumnGrid): void {
    this.#grid = grid
    for (const column of this.#summaries.keys()) if (column < grid.firstColumn) this.#summaries.delete(column)
    this.#latest = null
    const from = this.#firstFrom(startOf(grid))
    this.#low = Math.max(this.#low, from)
    this.#high = Math.max(this.#high, from)
  }

  /** Takes in what came since, or was read further back. @returns false when `performance.now()` passed `untilMs` before all was in */
  advance(untilMs: number): boolean {
    const { times } = this.points
    const first = Math.max(times.first, this.#firstFrom(startOf(this.#grid)))
    const end = this.#firstFrom(pastEndOf(this.#grid))
    // Points may have come to light on both sides of where it was to begin.
    if (this.#low === this.#high) this.#low = this.#high = Math.max(first, end)
    if (this.#high < first) this.#low = this.#high = first
    for (let count = 1; this.#high < end; count += 1) {
      this.#addLast(this.#high)
      this.#high += 1
      if (count % POINTS_BETWEEN_LOOKS === 0 && performance.now() > untilMs) return false
    }
    for (let count = 1; this.#low > first; count += 1) {
      this.#low -= 1
      this.#addFirst(this.#low)
      if (count % POINTS_BETWEEN_LOOKS === 0 && performance.now() > untilMs) return false
    }
    return true
  }

  /** The columns that have points, from old to new. */
  *summaries(): Generator<Readonly<Summary>> {
    const { firstColumn, columns } = this.#grid
    for (let column = firstColumn; column < firstColumn + columns; column += 1) {
      const summary = this.#summaries.get(column)
      if (summary !== undefined) yield summary
    }
  }

  #addLast(index: number): void {
    const value = this.points.values.at(index)
    const summary = this.#summaryFor(index)
    summary.last = index
    summary.sum += value
    if (value < this.points.values.at(summary.min)) summary.min = index
    if (value > this.points.values.at(summary.max)) summary.max = index
  }

  #addFirst(index: number): void {
    const value = this.points.values.at(index)
    const summary = this.#summaryFor(index)
    summary.first = index
    summary.sum += value
    if (value <= this.points.values.at(summary.min)) summary.min = index
    if (value >= this.points.values.at(summary.max)) summary.max = index
  }

  /** The summary of a point's column, which is the same as for the point before most of the time. */
  #summaryFor(index: number): Summary {
    const column = this.#columnOf(index)
    if (this.#latest?.column === column) return this.#latest
    let summary = this.#summaries.get(column)
    if (summary === undefined) {
      summary = { column, first: index, last: index, min: index, max: index, sum: 0 }
      this.#summaries.set(column, summary)
    }
    this.#latest = summary
    return summary
  }

  #columnOf(index: number): number {
    const { originMs, columnMs, firstColumn, columns } = this.#grid
    const column = Math.floor((this.points.times.at(index) - originMs) / columnMs)
    // Rounding must not put a point that is in the window out of it.
    return Math.min(firstColumn + columns - 1, Math.max(firstColumn, column))
  }

  #firstFrom(ms: number): number {
    return this.points.times.firstFrom(ms)
  }
}
