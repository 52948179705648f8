import type { Aggregation, Series } from '@shared/charts/series'
import type { DrawnSeries } from '@shared/views/series-frame'
import { pastEndOf, startOf } from './column-grid'
import type { Columns } from './columns'
import type { FieldPoints } from './field-points'

/** A longer time without a value than so many usual ones is a gap. */
const GAP_INTERVALS = 3
/** Most intervals looked at to say what is usual. */
const INTERVAL_SAMPLES = 1_023

type Facts = Omit<DrawnSeries, keyof Series | 'known'>

/** What there is to draw and to say of the points in the columns: at most five numbers a column, and the points beside the window that its line goes on to. */
export function drawnSeries(columns: Columns, aggregation: Aggregation): Facts {
  const { points, low, high, grid } = columns
  const { times, values, missing } = points
  const medianMs = medianInterval(points, low, high)
  const line = new Line(points, gapAfter(medianMs))
  if (low > times.first) line.add(low - 1)
  let count = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  for (const { column, first, last, min: least, max: greatest, sum: total } of columns.summaries()) {
    // All of them are gone, or some.
    if (last < times.first) continue
    const held = last - Math.max(first, times.first) + 1
    count += held
    sum += total
    line.breakBefore(first)
    min = Math.min(min, values.at(least))
    max = Math.max(max, values.at(greatest))
    if (aggregation === 'mean') line.addMean(grid.originMs + (column + 0.5) * grid.columnMs, total / (last - first + 1))
    else for (const index of drawnOf(aggregation, first, last, least, greatest)) line.add(index)
  }
  if (high < times.end) {
    line.breakBefore(high)
    line.add(high)
  }
  return {
    points: line.bytes(),
    count,
    min: count === 0 ? null : min,
    mean: count === 0 ? null : sum / count,
    max: count === 0 ? null : max,
    last: count === 0 ? null : values.at(high - 1),
    lastAtMs: count === 0 ? null : times.at(high - 1),
    missing: missing.firstFrom(pastEndOf(grid)) - missing.firstFrom(startOf(grid)),
    medianIntervalMs: medianMs,
    letGo: points.letGo,
  }
}

/** Values that come in bursts have no usual interval, and no gaps. */
function gapAfter(medianMs: number | null): number {
  return medianMs === null || medianMs === 0 ? Infinity : GAP_INTERVALS * medianMs
}

function drawnOf(aggregation: Exclude<Aggregation, 'mean'>, first: number, last: number, min: number, max: number): number[] {
  switch (aggregation) {
    case 'all':
      return [first, Math.min(min, max), Math.max(min, max), last]
    case 'min':
      return [min]
    case 'max':
      return [max]
  }
}

/** The usual time from one value to the next: the median of those in the range, or of some of them, spread evenly; null for less than two values. */
function medianInterval({ times }: FieldPoints, low: number, high: number): number | null {
  const count = high - low - 1
  if (count < 1) return null
  const samples = Math.min(count, INTERVAL_SAMPLES)
  const intervals = Array.from({ length: samples }, (_, sample) => {
    const index = low + Math.floor((sample * count) / samples)
    return times.at(index + 1) - times.at(index)
  }).sort((a, b) => a - b)
  return intervals[Math.floor(intervals.length / 2)] ?? null
}

/** Points to draw, each once, with breaks where there were no values for long. */
class Line {
  readonly #numbers: number[] = []
  #latest: number | null = null

  constructor(
    private readonly points: FieldPoints,
    private readonly gapMs: number,
  ) {}

  add(index: number): void {
    if (index < this.points.times.first || index === this.#latest) return
    this.#numbers.push(this.points.times.at(index), this.points.values.at(index))
    this.#latest = index
  }

  addMean(atMs: number, value: number): void {
    this.#numbers.push(atMs, value)
  }

  /** Ends the line before the first point of a column where the one before is too long ago. Gaps within a pixel are not to be seen. */
  breakBefore(index: number): void {
    const { times } = this.points
    if (this.#numbers.length === 0 || index <= times.first) return
    const beforeMs = times.at(index - 1)
    if (times.at(index) - beforeMs > this.gapMs) this.#numbers.push(beforeMs, Number.NaN)
  }

  /** Pairs of time and value, NaN for a break, as eight bytes each, the least significant first. */
  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Float64Array.from(this.#numbers).buffer)
  }
}
