import type { Series } from '@shared/charts/series'
import type { NumberRing } from './number-ring'

/** Most rows of one piece. */
const PIECE_ROWS = 20_000

export type Field = Pick<Series, 'topic' | 'path'>

/** How far one is in reading points: of each series the next, and where it ends. */
export interface PointsPlace {
  readonly fields: readonly Field[]
  readonly next: readonly number[]
  readonly ends: readonly number[]
}

/** Some of the points of several series, in the order of their times: columns of equal length. */
export interface PointsPiece {
  readonly fields: readonly Field[]
  /** Which of the fields each point is of. */
  readonly series: Uint8Array
  readonly timesMs: Float64Array
  readonly values: Float64Array
  /** Where the next piece begins; null: this was the last. */
  readonly next: PointsPlace | null
}

interface Points {
  readonly times: NumberRing
  readonly values: NumberRing
}

/** The next points of all series together, the oldest first. */
export function pointsPiece(points: readonly Points[], { fields, next, ends }: PointsPlace, mostRows = PIECE_ROWS): PointsPiece {
  // What has gone meanwhile is left out.
  const at = points.map(({ times }, index) => Math.max(next[index] ?? 0, times.first))
  const series: number[] = []
  const timesMs: number[] = []
  const values: number[] = []
  let oldest = oldestOf(points, at, ends)
  for (; oldest >= 0 && series.length < mostRows; oldest = oldestOf(points, at, ends)) {
    const index = at[oldest] ?? 0
    series.push(oldest)
    timesMs.push(points[oldest]?.times.at(index) ?? 0)
    values.push(points[oldest]?.values.at(index) ?? 0)
    at[oldest] = index + 1
  }
  return {
    fields,
    series: Uint8Array.from(series),
    timesMs: Float64Array.from(timesMs),
    values: Float64Array.from(values),
    next: oldest < 0 ? null : { fields, next: at, ends },
  }
}

/** Which series comes next; -1 when all are through. */
function oldestOf(points: readonly Points[], at: readonly number[], ends: readonly number[]): number {
  let oldest = -1
  let oldestMs = Infinity
  points.forEach(({ times }, series) => {
    const index = at[series] ?? 0
    if (index >= (ends[series] ?? 0) || times.at(index) >= oldestMs) return
    oldest = series
    oldestMs = times.at(index)
  })
  return oldest
}
