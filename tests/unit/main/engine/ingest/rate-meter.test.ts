import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RateMeter } from '../../../../../src-main/engine/ingest/rate-meter'

describe('RateMeter', () => {
  it('counts the events of the last ten tenths of a second', () => {
    const steps = fc.array(fc.record({ afterMs: fc.oneof(fc.nat({ max: 150 }), fc.nat({ max: 5_000 })), counts: fc.boolean() }))
    fc.assert(
      fc.property(steps, fc.double({ min: 0, max: 1e9, noNaN: true }), (list, startMs) => {
        const meter = new RateMeter()
        const events: number[] = []
        let nowMs = startMs
        const tenth = (timeMs: number): number => Math.floor(timeMs / 100)
        for (const { afterMs, counts } of list) {
          nowMs += afterMs
          if (counts) {
            meter.add(1, nowMs)
            events.push(nowMs)
          }
          expect(meter.perSecond(nowMs)).toBe(events.filter((eventMs) => tenth(eventMs) > tenth(nowMs) - 10).length)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('measures a steady flow to within a tenth', () => {
    const meter = new RateMeter()
    for (let nowMs = 0; nowMs < 3_000; nowMs += 2) meter.add(1, nowMs)
    expect(meter.perSecond(2_998)).toBe(500)
    expect(meter.perSecond(3_050)).toBe(450)
  })

  it('falls to nothing a second after the last event', () => {
    const meter = new RateMeter()
    for (let count = 0; count < 7; count += 1) meter.add(1, 10_000)
    expect(meter.perSecond(10_999)).toBe(7)
    expect(meter.perSecond(11_000)).toBe(0)
    expect(meter.perSecond(1e9)).toBe(0)
  })

  it('stands a clock that stands still or goes back', () => {
    const meter = new RateMeter()
    meter.add(1, 5_000)
    meter.add(1, 5_000)
    meter.add(1, 4_000)
    expect(meter.perSecond(4_500)).toBe(3)
    expect(meter.perSecond(5_000)).toBe(3)
  })
})
