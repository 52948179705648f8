import { describe, expect, it } from 'vitest'
import {
  EXACT_END_PX,
  placeAfterScroll,
  placeAt,
  reconciled,
  TALLEST_ELEMENT_PX,
  type ScrollPlace,
} from '../../../../src-renderer/ui/scroll-place'

const ROW_PX = 26
const viewportPx = 800
/** As tall as so many rows. */
const rows = (count: number) => ({ totalPx: count * ROW_PX, viewportPx })
const travel = TALLEST_ELEMENT_PX - viewportPx
/** Scrolls the element by `way`, as the browser would: no further than it goes. */
const scrolled = (place: ScrollPlace, way: number, size: { totalPx: number; viewportPx: number }) =>
  placeAfterScroll(place, Math.max(0, Math.min(place.scrollTop + way, travel)), size)

describe.each([1_000_000, 4_000_000])('scrolling a list of %i rows, taller than an element may be', (count) => {
  const size = rows(count)
  const end = size.totalPx - viewportPx

  it('reaches both ends', () => {
    expect(placeAt(Number.MAX_SAFE_INTEGER, size)).toEqual({ scrollTop: travel, topPx: end })
    expect(placeAt(-5, size)).toEqual({ scrollTop: 0, topPx: 0 })
    expect(placeAfterScroll(placeAt(end / 2, size), 0, size).topPx).toBe(0)
    expect(placeAfterScroll(placeAt(end / 2, size), travel, size).topPx).toBe(end)
  })

  it('can show every row, on a place the element can have, the scroll bar never going back', () => {
    let before = -1
    for (let row = 0; row < count; row += 1) {
      const { scrollTop, topPx } = placeAt(row * ROW_PX, size)
      const isInSight = topPx <= row * ROW_PX && row * ROW_PX + ROW_PX <= topPx + viewportPx
      if (!isInSight || scrollTop < before || scrollTop > travel) expect.unreachable(`row ${row} at ${topPx}, ${scrollTop}`)
      before = scrollTop
    }
    expect(before).toBe(travel)
  })

  it('goes by proportion where the thumb is dragged, always further down for further down', () => {
    const start = placeAt(end / 2, size)
    const thumbStep = travel / viewportPx
    let before = -1
    for (let at = 0; at <= viewportPx; at += 1) {
      const scrollTop = Math.round(at * thumbStep)
      // Dragging there from elsewhere and coming a step of the thumb nearer are the same.
      const { topPx } = placeAfterScroll(start, scrollTop, size)
      if (Math.abs(scrollTop - start.scrollTop) < thumbStep) continue
      expect(topPx).toBeGreaterThan(before)
      before = topPx
    }
    expect(placeAfterScroll(placeAt(0, size), travel / 2, size).topPx).toBeCloseTo(end / 2, -1)
  })

  it.each([26, 100, -100, 780, 3_000])('moves by exactly %i px for a step of the wheel, in the middle and through both ends', (step) => {
    for (const from of [0, EXACT_END_PX - 10, EXACT_END_PX + 50_000, end / 3, end / 2, end - EXACT_END_PX - 5_000, end - 5_000]) {
      let place = placeAt(from, size)
      for (let count = 0; count < 60; count += 1) {
        const wanted = Math.max(0, Math.min(place.topPx + step, end))
        place = scrolled(place, step, size)
        expect(place.topPx).toBe(wanted)
      }
    }
  })

  it.each([-1, 1])('gets to the end by the wheel alone, with no step lost (%i)', (direction) => {
    let place = placeAt(direction < 0 ? 500_000 : end - 500_000, size)
    for (let step = 0; step < 5_000; step += 1) place = scrolled(place, direction * 100, size)
    expect(place).toEqual(direction < 0 ? { scrollTop: 0, topPx: 0 } : { scrollTop: travel, topPx: end })
  })

  it('can be scrolled on when rows are added at its end', () => {
    const longer = rows(count + 1_000)
    const place = reconciled(placeAt(end, size), longer)
    expect(place.topPx).toBe(end)
    expect(scrolled(place, 100, longer).topPx).toBe(end + 100)
  })

  it('stays where it was when rows are added far below', () => {
    const place = placeAt(end / 2, size)
    expect(reconciled(place, rows(count + 1_000))).toBe(place)
  })
})

describe('scrolling a list that fits', () => {
  it('is plain', () => {
    const size = { totalPx: 10_000, viewportPx }
    expect(placeAfterScroll({ scrollTop: 0, topPx: 0 }, 5_000, size)).toEqual({ scrollTop: 5_000, topPx: 5_000 })
    expect(placeAt(12_000, size)).toEqual({ scrollTop: 9_200, topPx: 9_200 })
  })

  it('is plain again after a filter made a mapped one short', () => {
    const place = placeAt(13_000_000, rows(1_000_000))
    expect(reconciled({ ...place, topPx: 9_200 }, { totalPx: 10_000, viewportPx })).toEqual({ scrollTop: 9_200, topPx: 9_200 })
  })
})
