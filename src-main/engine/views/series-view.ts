import type { Series } from '@shared/charts/series'
import { isSamePath } from '@shared/payload/field-path'
import type { SeriesFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import { endOf, gridOf, isMovedOn, pastEndOf, startOf, type ColumnGrid } from '../series/column-grid'
import { Columns } from '../series/columns'
import { drawnSeries } from '../series/drawn-series'
import { FieldPoints } from '../series/field-points'
import { pointsPiece, type Field, type PointsPiece, type PointsPlace } from '../series/points-piece'
import type { SeriesDesk } from '../series/series-desk'
import type { Pause } from './pause'
import type { View } from './view'

/** How long a frame may take to sum up points that are new to it; the next frame goes on. */
const COLUMNS_SLICE_MS = 8

const NO_POINTS = new FieldPoints()

interface OpenSeries {
  readonly series: Series
  /** On whose behalf the points are read. */
  readonly looker: object
  columns: Columns
}

/** Fields of messages over time, drawn to the pixel. While paused, the time stands still. */
export class SeriesView implements View {
  #open: readonly OpenSeries[] = []

  constructor(
    private readonly desk: SeriesDesk,
    private readonly pause: Pause,
    private spec: SpecOf<'series'>,
  ) {
    this.#openAll()
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'series') return false
    this.spec = spec
    this.#openAll()
    return true
  }

  pauseChanged(): void {
    // The next frame looks what time it is.
  }

  /** Begins anew with the series of these topics, which the desk has forgotten. */
  readAnew(isOther: (topic: string) => boolean): void {
    const grid = this.#gridNow()
    for (const open of this.#open) {
      if (isOther(open.series.topic)) open.columns = new Columns(this.desk.look(open.series, open.looker, startOf(grid)), grid)
    }
  }

  close(): void {
    for (const open of this.#open) this.desk.leave(open.series, open.looker)
    this.#open = []
  }

  frame(nowMs: number): SeriesFrame {
    const grid = this.#gridNow()
    let isAllIn = true
    for (const open of this.#open) {
      if (isMovedOn(open.columns.grid, grid)) open.columns.moveTo(grid)
      else open.columns = new Columns(open.columns.points, grid)
      isAllIn = open.columns.advance(nowMs + COLUMNS_SLICE_MS) && isAllIn
    }
    return {
      kind: 'series',
      fromMs: startOf(grid),
      toMs: endOf(grid),
      reading: !isAllIn || this.isReading,
      series: this.#open.map(({ series, columns }) => ({
        ...series,
        known: this.desk.isKnown(series.topic),
        ...drawnSeries(columns, series.aggregation),
      })),
    }
  }

  /** Whether messages that it shows numbers of are still to be read. */
  get isReading(): boolean {
    return this.desk.isReading(this.#open.map(({ series }) => series.topic))
  }

  /** The points of the time shown, in pieces: `at` is what the piece before said, null for the first. */
  pointsPiece(at: PointsPlace | null): PointsPiece {
    const place = at ?? this.#placeNow()
    // Series may have been taken out of the chart meanwhile.
    const points = place.fields.map((field) => this.#open.find(({ series }) => isSameField(series, field))?.columns.points ?? NO_POINTS)
    return pointsPiece(points, place)
  }

  #placeNow(): PointsPlace {
    const grid = this.#gridNow()
    const times = this.#open.map(({ columns }) => columns.points.times)
    const fields = this.#open.map(({ series: { topic, path } }) => ({ topic, path }))
    return { fields, next: times.map((ring) => ring.firstFrom(startOf(grid))), ends: times.map((ring) => ring.firstFrom(pastEndOf(grid))) }
  }

  /** Opens the series of the spec; those that were there already go on. */
  #openAll(): void {
    const grid = this.#gridNow()
    const before = [...this.#open]
    this.#open = this.spec.series.map((series) => {
      const index = before.findIndex((open) => isSameField(open.series, series))
      const known = index < 0 ? undefined : before.splice(index, 1)[0]
      const looker = known?.looker ?? {}
      const points = this.desk.look(series, looker, startOf(grid))
      return { series, looker, columns: known?.columns ?? new Columns(points, grid) }
    })
    for (const { series, looker } of before) this.desk.leave(series, looker)
  }

  #gridNow(): ColumnGrid {
    return gridOf(this.spec.range, this.spec.pixels, this.pause.sequence === null ? Date.now() : this.pause.atMs)
  }
}

function isSameField(a: Field, b: Field): boolean {
  return a.topic === b.topic && isSamePath(a.path, b.path)
}
