import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Aggregation, ChartRange } from '@shared/charts/series'
import { pointsOf } from '@shared/views/series-frame'
import { endOf, gridOf, pastEndOf, startOf } from '../../../../../src-main/engine/series/column-grid'
import { Columns } from '../../../../../src-main/engine/series/columns'
import { drawnSeries } from '../../../../../src-main/engine/series/drawn-series'
import { FieldPoints } from '../../../../../src-main/engine/series/field-points'

interface Point {
  readonly ms: number
  readonly value: number
}

const ascending = (points: readonly Point[]): Point[] => [...points].sort((a, b) => a.ms - b.ms)

const someValue = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
const somePoints = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 5_000 }), value: someValue }), { maxLength: 300 }).map(ascending)
const someRange = fc
  .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 3_000 }))
  .map(([fromMs, length]): ChartRange => ({ kind: 'fixed', fromMs, toMs: fromMs + length }))

function pointsFrom(list: readonly Point[], newFrom = list.length): FieldPoints {
  const points = new FieldPoints()
  for (const { ms, value } of list.slice(0, newFrom).reverse()) points.addOldest(ms, value)
  for (const { ms, value } of list.slice(newFrom)) points.addNewest(ms, value)
  return points
}

function drawn(points: FieldPoints, range: ChartRange, pixels: number, aggregation: Aggregation = 'all') {
  const columns = new Columns(points, gridOf(range, pixels, 0))
  expect(columns.advance(Infinity)).toBe(true)
  return drawnSeries(columns, aggregation)
}

/** Time and value pairs, breaks left out. */
function pairsOf(facts: { points: Uint8Array<ArrayBuffer> }): [number, number][] {
  const numbers = pointsOf(facts)
  const pairs: [number, number][] = []
  for (let at = 0; at < numbers.length; at += 2) if (!Number.isNaN(numbers[at + 1])) pairs.push([numbers[at] ?? 0, numbers[at + 1] ?? 0])
  return pairs
}

describe('down-sampling to columns', () => {
  it('keeps first, least, greatest and last of each pixel, as counted by hand', () => {
    fc.assert(
      fc.property(somePoints, someRange, fc.integer({ min: 1, max: 40 }), fc.nat(300), (list, range, pixels, newFrom) => {
        const grid = gridOf(range, pixels, 0)
        const facts = drawn(pointsFrom(list, newFrom), range, pixels)
        const inside = list.filter(({ ms }) => ms >= startOf(grid) && ms <= endOf(grid))
        expect(facts.count).toBe(inside.length)
        const columnOf = (ms: number) => Math.min(pixels - 1, Math.max(0, Math.floor((ms - grid.originMs) / grid.columnMs)))
        const shown = pairsOf(facts).filter(([ms]) => ms >= startOf(grid) && ms <= endOf(grid))
        expect(shown.length).toBeLessThanOrEqual(4 * pixels)
        for (let column = 0; column < pixels; column += 1) {
          const all = inside.filter(({ ms }) => columnOf(ms) === column).map(({ value }) => value)
          const kept = shown.filter(([ms]) => columnOf(ms) === column).map(([, value]) => value)
          if (all.length === 0) expect(kept).toEqual([])
          else {
            expect([kept[0], Math.min(...kept), Math.max(...kept), kept.at(-1)]).toEqual([all[0], Math.min(...all), Math.max(...all), all.at(-1)])
          }
        }
        const values = inside.map(({ value }) => value)
        expect([facts.min, facts.max, facts.last]).toEqual(
          values.length === 0 ? [null, null, null] : [Math.min(...values), Math.max(...values), values.at(-1)],
        )
        if (values.length > 0) expect(facts.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 4)
      }),
    )
  })

  it('draws in the order of time, and goes on to the points beside the window', () => {
    fc.assert(
      fc.property(somePoints, someRange, fc.integer({ min: 1, max: 40 }), (list, range, pixels) => {
        const grid = gridOf(range, pixels, 0)
        const pairs = pairsOf(drawn(pointsFrom(list), range, pixels))
        expect(pairs.map(([ms]) => ms)).toEqual(pairs.map(([ms]) => ms).sort((a, b) => a - b))
        expect(pairs.filter(([ms]) => ms < startOf(grid)).map(([ms]) => ms)).toEqual(list.filter(({ ms }) => ms < startOf(grid)).slice(-1).map(({ ms }) => ms))
        expect(pairs.filter(([ms]) => ms > endOf(grid)).map(([ms]) => ms)).toEqual(list.filter(({ ms }) => ms > endOf(grid)).slice(0, 1).map(({ ms }) => ms))
      }),
    )
  })

  it('breaks the line where there was no value for more than three times the usual interval, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 100 }), fc.integer({ min: 1, max: 4_096 }), (intervals, pixels) => {
        let ms = 0
        const list = [0, ...intervals.map((interval) => (ms += interval))].map((at) => ({ ms: at, value: at % 7 }))
        const numbers = pointsOf(drawn(pointsFrom(list), { kind: 'fixed', fromMs: 0, toMs: ms }, pixels))
        const median = [...intervals].sort((a, b) => a - b)[Math.floor(intervals.length / 2)] ?? 0
        const breaksAfter: number[] = []
        for (let at = 0; at < numbers.length; at += 2) if (Number.isNaN(numbers[at + 1])) breaksAfter.push(numbers[at] ?? 0)
        const wide = list.filter(({ ms: at }, index) => (list[index + 1]?.ms ?? at) - at > 3 * median)
        // Within a pixel there is nothing to be seen of a gap.
        const columnOf = (at: number) => Math.min(pixels - 1, Math.floor(at / (ms / pixels)))
        const nextOf = (at: number) => list[list.findIndex((point) => point.ms === at) + 1]?.ms ?? at
        expect(breaksAfter).toEqual(wide.map(({ ms: at }) => at).filter((at) => columnOf(at) !== columnOf(nextOf(at))))
      }),
    )
  })

  it('sees no gaps between bursts', () => {
    const list = [0, 0, 0, 500, 500, 500, 900].map((ms) => ({ ms, value: 1 }))
    expect([...pointsOf(drawn(pointsFrom(list), { kind: 'fixed', fromMs: 0, toMs: 1_000 }, 100))].some(Number.isNaN)).toBe(false)
  })

  it('counts both ends of a fixed range in, and only those of a live one that began', () => {
    const points = pointsFrom([99, 100, 150, 200, 201].map((ms) => ({ ms, value: ms })))
    expect(drawn(points, { kind: 'fixed', fromMs: 100, toMs: 200 }, 7)).toMatchObject({ count: 3, min: 100, max: 200, last: 200, lastAtMs: 200 })
    const grid = gridOf({ kind: 'live', minutes: 1 / 60 }, 10, 12_345)
    expect([startOf(grid), endOf(grid), pastEndOf(grid), grid.columnMs, grid.columns]).toEqual([11_400, 12_400, 12_400, 100, 10])
  })

  it('draws one value a pixel where that is asked for', () => {
    const points = pointsFrom([0, 1, 2, 10, 11].map((ms) => ({ ms, value: ms * 10 })))
    const range: ChartRange = { kind: 'fixed', fromMs: 0, toMs: 20 }
    expect(pairsOf(drawn(points, range, 2, 'min'))).toEqual([[0, 0], [10, 100]])
    expect(pairsOf(drawn(points, range, 2, 'max'))).toEqual([[2, 20], [11, 110]])
    expect(pairsOf(drawn(points, range, 2, 'mean'))).toEqual([[5, 10], [15, 105]])
  })

  it('gives the same when the window moves on step by step as when it is looked at anew', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 700 }), value: someValue })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 30 }), (steps, pixels) => {
        const range: ChartRange = { kind: 'live', minutes: 1 / 20 }
        const points = new FieldPoints()
        let ms = 1_000_000
        const moving = new Columns(points, gridOf(range, pixels, ms))
        for (const { wait, value } of steps) {
          ms += wait
          points.addNewest(ms, value)
          moving.moveTo(gridOf(range, pixels, ms))
          moving.advance(Infinity)
          const anew = new Columns(points, gridOf(range, pixels, ms))
          anew.advance(Infinity)
          const { mean, ...facts } = drawnSeries(moving, 'all')
          const { mean: meanAnew, ...factsAnew } = drawnSeries(anew, 'all')
          expect(facts).toEqual(factsAnew)
          expect(mean).toBeCloseTo(meanAnew ?? Number.NaN, 4)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('gives the same, whatever was known when it began, and in whatever order points come to light', () => {
    fc.assert(
      fc.property(somePoints, someRange, fc.nat(300), fc.array(fc.boolean(), { maxLength: 300 }), (list, range, start, sides) => {
        const points = new FieldPoints()
        const columns = new Columns(points, gridOf(range, 20, 0))
        let [low, high] = [Math.min(start, list.length), Math.min(start, list.length)]
        for (const isNew of [...sides, ...list.map(() => true), ...list.map(() => false)]) {
          const point = list[isNew ? high : low - 1]
          if (point === undefined) continue
          if (isNew) points.addNewest(point.ms, point.value)
          else points.addOldest(point.ms, point.value)
          if (isNew) high += 1
          else low -= 1
          columns.advance(Infinity)
        }
        const { mean, ...facts } = drawnSeries(columns, 'all')
        const { mean: meanAtOnce, ...factsAtOnce } = drawn(pointsFrom(list), range, 20)
        expect(facts).toEqual(factsAtOnce)
        if (mean !== null) expect(mean).toBeCloseTo(meanAtOnce ?? Number.NaN, 4)
      }),
    )
  })

  it('counts messages without a number, and lets the oldest points go when there are too many', () => {
    const points = new FieldPoints(4)
    for (const [ms, value] of [[1, 10], [2, null], [3, 30], [4, null], [5, 50], [6, 60]] as const) points.addNewest(ms, value)
    expect(drawn(points, { kind: 'fixed', fromMs: 0, toMs: 10 }, 10)).toMatchObject({ count: 3, missing: 1, letGo: 1, min: 30 })
  })
})
