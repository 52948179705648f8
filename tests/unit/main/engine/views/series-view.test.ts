import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Series } from '@shared/charts/series'
import { pointsOf } from '@shared/views/series-frame'
import type { SeriesFrame } from '@shared/views/view-frame'
import { viewSpecSchema, type SpecOf } from '@shared/views/view-spec'
import { FRAME_MS, ViewHostBench } from '../../support/view-host-bench'

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(1_700_000_000_000)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const series = (topic: string, ...path: (string | number)[]): Series => ({ topic, path, aggregation: 'all' })
const live = (...all: Series[]): SpecOf<'series'> => ({ kind: 'series', series: all, range: { kind: 'live', minutes: 1 }, pixels: 60 })

function setUp(acknowledges = true) {
  const bench = new ViewHostBench(acknowledges)
  const latest = () => bench.sent.findLast((sent) => sent.frame.kind === 'series')?.frame as SeriesFrame
  const open = (spec: SpecOf<'series'>) => {
    bench.host.open(1, spec)
    bench.host.acknowledge(1)
    vi.advanceTimersByTime(FRAME_MS)
  }
  return { bench, latest, open }
}

describe('the view of series', () => {
  it('shows what was received before, and goes on with what comes', () => {
    const { bench, latest, open } = setUp()
    bench.take('a', '{"v":1}')
    vi.advanceTimersByTime(1_000)
    bench.take('a', '{"v":3}')
    bench.take('b', 'true')
    open(live(series('a', 'v'), series('b'), series('never')))
    expect(latest().reading).toBe(false)
    expect(latest().series).toMatchObject([
      { topic: 'a', path: ['v'], known: true, count: 2, last: 3, min: 1, mean: 2, max: 3, missing: 0, letGo: 0 },
      { topic: 'b', path: [], known: true, count: 1, last: 1 },
      { topic: 'never', known: false, count: 0, last: null, min: null, mean: null, max: null },
    ])
    bench.take('a', '{"v":8}')
    bench.take('a', '{}')
    vi.advanceTimersByTime(FRAME_MS)
    expect(latest().series[0]).toMatchObject({ count: 3, last: 8, mean: 4, missing: 1 })
    expect([...pointsOf(latest().series[0] ?? { points: new Uint8Array() })]).toEqual([
      1_700_000_000_000, 1, 1_700_000_001_000, 3, 1_700_000_001_050, 8,
    ])
    expect(latest().toMs - latest().fromMs).toBe(60_000)
  })

  it('reads anew at once what a changed rule has read in another way, and nothing else', () => {
    const { bench, latest, open } = setUp()
    bench.take('a', '{"v":1}')
    bench.take('b', '{"v":2}')
    open(live(series('a', 'v'), series('b', 'v')))
    expect(latest().series.map(({ last }) => last)).toEqual([1, 2])
    const read = vi.spyOn(bench.ingest.log, 'read')
    bench.host.setReadingRules([{ filter: 'a', version: '1' }])
    vi.advanceTimersByTime(FRAME_MS)
    expect(latest()).toMatchObject({ reading: true, series: [{ count: 0 }, { last: 2 }] })
    expect(read).toHaveBeenCalledTimes(1)
    expect(bench.asked).toMatchObject([{ messages: [{ topic: 'a', sequence: 1 }], paths: [['v']] }])
    bench.host.takeFields(bench.asked[0]?.requestId ?? 0, [[77]])
    vi.advanceTimersByTime(FRAME_MS)
    expect(latest()).toMatchObject({ reading: false, series: [{ last: 77, count: 1 }, { last: 2 }] })
  })

  it('sends nothing while nothing comes and no pixel passes', () => {
    const { bench, open } = setUp()
    open(live(series('a')))
    bench.takeSent()
    vi.advanceTimersByTime(800)
    expect(bench.takeSent()).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(bench.takeSent().length).toBeGreaterThan(0)
  })

  it('reads nothing once it is closed, or for series that were taken out', () => {
    const { bench, open } = setUp()
    open(live(series('a'), series('b')))
    const { log } = bench.ingest
    const read = vi.spyOn(log, 'read')
    bench.host.update(1, live(series('b')))
    bench.takeAll('a')
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(read).not.toHaveBeenCalled()
    bench.host.close(1)
    bench.takeAll('b')
    vi.advanceTimersByTime(10 * FRAME_MS)
    expect(read).not.toHaveBeenCalled()
  })

  it('stands still while the views are paused, and knows afterwards what came meanwhile', () => {
    const { bench, latest, open } = setUp()
    bench.take('a', '1')
    open(live(series('a')))
    vi.advanceTimersByTime(10)
    bench.host.setPaused(true)
    vi.advanceTimersByTime(30_000)
    bench.take('a', '2')
    vi.advanceTimersByTime(FRAME_MS)
    expect(latest().series[0]).toMatchObject({ count: 1, last: 1 })
    bench.host.setPaused(false)
    vi.advanceTimersByTime(FRAME_MS)
    expect(latest().series[0]).toMatchObject({ count: 2, last: 2 })
  })

  it('shows a fixed time, and another one at once when it is asked for', () => {
    const { bench, latest, open } = setUp()
    for (let count = 0; count < 100; count += 1) {
      bench.take('a', String(count))
      vi.advanceTimersByTime(100)
    }
    const startMs = 1_700_000_000_000
    const fixed = (fromMs: number, toMs: number): SpecOf<'series'> => ({ ...live(series('a')), range: { kind: 'fixed', fromMs: startMs + fromMs, toMs: startMs + toMs } })
    open(fixed(1_000, 2_000))
    expect(latest()).toMatchObject({ fromMs: startMs + 1_000, toMs: startMs + 2_000, series: [{ count: 11, min: 10, max: 20 }] })
    bench.host.update(1, fixed(0, 9_900))
    vi.advanceTimersByTime(2 * FRAME_MS)
    expect(latest()).toMatchObject({ series: [{ count: 100, min: 0, max: 99 }] })
  })

  it('gives all points it shows, in pieces and in the order of time, to be saved', async () => {
    vi.useRealTimers()
    const { bench } = setUp()
    const values: [string, number][] = []
    for (let count = 0; count < 25_000; count += 1) {
      const topic = count % 3 === 0 ? 'a' : 'b'
      bench.take(topic, String(count))
      values.push([topic, count])
    }
    bench.host.open(1, { ...live(series('a'), series('b')), range: { kind: 'live', minutes: 60 } })
    const points: [string | undefined, number][] = []
    let pieces = 0
    for (let at = null; ; ) {
      const piece = await bench.host.readPoints(1, at)
      if (piece === null) throw new Error('the view is closed')
      pieces += 1
      piece.values.forEach((value, row) => points.push([piece.fields[piece.series[row] ?? -1]?.topic, value]))
      if (piece.next === null) break
      at = piece.next as never
    }
    bench.host.close(1)
    expect(pieces).toBeGreaterThan(1)
    const byTopic = (topic: string) => (list: typeof points) => list.filter(([of]) => of === topic)
    for (const topic of ['a', 'b']) expect(byTopic(topic)(points)).toEqual(byTopic(topic)(values))
    expect(points).toHaveLength(25_000)
    expect(await bench.host.readPoints(1, null)).toBeNull()
  })
})

describe('the spec of a view of series', () => {
  it('is refused where it is too much or makes no sense', () => {
    const good = live(series('a'))
    expect(viewSpecSchema.safeParse(good).success).toBe(true)
    for (const bad of [
      { ...good, series: Array.from({ length: 21 }, () => series('a')) },
      { ...good, series: [series('a/#')] },
      { ...good, pixels: 0 },
      { ...good, pixels: 100_000 },
      { ...good, range: { kind: 'live', minutes: 0 } },
      { ...good, range: { kind: 'fixed', fromMs: 5, toMs: 5 } },
      { ...good, range: { kind: 'fixed', fromMs: 0, toMs: Infinity } },
    ]) {
      expect(viewSpecSchema.safeParse(bad).success).toBe(false)
    }
  })
})
