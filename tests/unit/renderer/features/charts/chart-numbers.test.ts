import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { chartFrom, emptyThreshold, formOf } from '../../../../../src-renderer/features/charts/chart-form'
import { minuteOptions } from '../../../../../src-renderer/features/charts/minute-options'
import { chartTitle, newChart, seriesNames } from '../../../../../src-renderer/features/charts/new-chart'
import { MAX_OFFERED_FIELDS, numberFieldsOf } from '../../../../../src-renderer/features/charts/number-fields'
import { axisNumberText, numberText } from '../../../../../src-renderer/features/charts/number-text'
import { isEachMarked, isSwitched, lonePoints, valueNear } from '../../../../../src-renderer/features/charts/series-points'
import { axisTimeText, timeTicks } from '../../../../../src-renderer/features/charts/time-text'

function payload(text: string, language: 'json' | 'plain' = 'json', more: Partial<RenderedPayload> = {}): RenderedPayload {
  const body = { kind: 'text', language, text } as const
  return { compressions: [], format: 'json', decidedBy: 'content', body, fault: null, shownBytes: 1, unwrappedBytes: 1, totalBytes: 1, ...more }
}

describe('numbers in a payload', () => {
  it('are found wherever they are, with the unit that stands beside a value', () => {
    const { fields, isPartial } = numberFieldsOf(
      payload('{"id":"x7","value":"71.425","unit":"°C","rms":[0.5,{"on":true}],"none":null,"text":"12 V","nested":{"Value":3,"unit":"bar"}}'),
    )
    expect(isPartial).toBe(false)
    expect(fields).toEqual([
      { path: ['value'], text: '71.425', unit: '°C' },
      { path: ['rms', 0], text: '0.5', unit: '' },
      { path: ['rms', 1, 'on'], text: 'true', unit: '' },
      { path: ['nested', 'Value'], text: '3', unit: 'bar' },
    ])
  })

  it('may be all there is', () => {
    expect(numberFieldsOf(payload('21.5')).fields).toEqual([{ path: [], text: '21.5', unit: '' }])
    expect(numberFieldsOf(payload(' 21.5 ', 'plain')).fields).toEqual([{ path: [], text: '21.5', unit: '' }])
    expect(numberFieldsOf(payload('21.5 V', 'plain')).fields).toEqual([])
  })

  it('are said to be not all where there is more than was looked through', () => {
    expect(numberFieldsOf(payload('{"v":1', 'json', { shownBytes: 6, unwrappedBytes: 900 }))).toEqual({ fields: [], isPartial: true })
    const many = numberFieldsOf(payload(JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index))))
    expect(many.isPartial).toBe(true)
    expect(many.fields).toHaveLength(MAX_OFFERED_FIELDS)
  })
})

describe('a number as text', () => {
  it.each([
    [71.42, '71.42'],
    [1_284_220, '1,284,220'],
    [1 / 3, '0.33333'],
    [-0.00001234, '-1.234e-5'],
    [0, '0'],
    [1e20, '1e20'],
    [98_765.432, '98,765'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text)
  })

  it('has its unit behind it, and none without a number', () => {
    expect(numberText(2, '°C')).toBe('2 °C')
    expect(numberText(null, '°C')).toBe('–')
    expect([axisNumberText(12_500), axisNumberText(0), axisNumberText(-2.5e-9)]).toEqual(['12.5K', '0', '-2.5e-9'])
  })
})

describe('names of series', () => {
  const field = (topic: string, ...path: (string | number)[]) => ({ topic, path })
  it.each([
    [[field('a/b', 'x', 0)], ['x[0]']],
    [[field('a/b')], ['b']],
    [[field('a/b', 'x'), field('a/b', 'y')], ['x', 'y']],
    [[field('hall/p1/temp', 'v'), field('hall/p2/temp', 'v')], ['p1', 'p2']],
    [[field('hall/p1/temp', 'v'), field('hall/p2/temp', 'w')], ['p1 · v', 'p2 · w']],
    [[field('a', 'v'), field('a/b', 'v')], ['v', 'b']],
  ])('are as short as can be told apart: %j', (series, names) => {
    expect(seriesNames(series)).toEqual(names)
  })

  it('make the title of a chart that has no name', () => {
    const chart = newChart()
    const series = { topic: 'a/b', path: ['x'], aggregation: 'all', unit: '' } as const
    expect(chartTitle(chart)).toBe('')
    expect(chartTitle({ ...chart, series: [series] })).toBe('a/b · x')
    expect(chartTitle({ ...chart, series: [series, { ...series, topic: 'a/c' }] })).toBe('b, c')
    expect(chartTitle({ ...chart, name: 'Mine', series: [series] })).toBe('Mine')
    expect(chartTitle({ ...chart, series: [{ ...series, topic: 'x'.repeat(500) }] })).toHaveLength(100)
  })
})

describe('the form of a chart', () => {
  const chart = { ...newChart(), series: [{ topic: 'a', path: ['v'], aggregation: 'mean', unit: 'V' } as const], thresholds: [{ value: -1.5, label: 'low', tone: 'info' } as const] }

  it('gives the chart back as it was', () => {
    expect(chartFrom(formOf(chart), chart)).toEqual(chart)
  })

  it('is not taken while a topic or a threshold makes no sense', () => {
    const form = formOf(chart)
    expect(chartFrom({ ...form, series: form.series.map((series) => ({ ...series, topic: 'a/#' })) }, chart)).toBeNull()
    expect(chartFrom({ ...form, thresholds: [emptyThreshold()] }, chart)).toBeNull()
    expect(chartFrom({ ...form, thresholds: [{ ...emptyThreshold(), value: ' 2,5 ' }] }, chart)?.thresholds).toEqual([{ value: 2.5, label: '', tone: 'warn' }])
  })
})

describe('the points of a line', () => {
  const line = (...pairs: [number, number][]) => Float64Array.from(pairs.flat())

  it('are lone where no line leads to them', () => {
    const nan = Number.NaN
    expect(lonePoints(line([1, 5], [1, nan], [9, 6], [10, 7], [10, nan], [20, 8]))).toEqual([[1, 5], [20, 8]])
    expect(lonePoints(line([1, 5], [2, 6]))).toEqual([])
    expect(lonePoints(line())).toEqual([])
  })

  it('are switched where there are zeros and ones only', () => {
    expect(isSwitched(line([1, 0], [2, 1], [2, Number.NaN]))).toBe(true)
    expect(isSwitched(line([1, 0], [2, 0.5]))).toBe(false)
    expect(isSwitched(line())).toBe(false)
  })

  it('are marked where there is room', () => {
    expect(isEachMarked(line([0, 1], [100, 2], [200, 3]), 10)).toBe(true)
    expect(isEachMarked(line([0, 1], [99, 2], [198, 3]), 10)).toBe(false)
    expect(isEachMarked(line([5, 1]), 1_000)).toBe(true)
  })

  it('are found by the moment, as a look at all of them does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }), fc.integer({ min: -20, max: 520 }), fc.integer({ min: 0, max: 50 }), (times, ms, within) => {
        const sorted = [...times].sort((a, b) => a - b)
        const found = valueNear(line(...sorted.map((at): [number, number] => [at, at])), ms, within)
        const distance = Math.min(...sorted.map((at) => Math.abs(at - ms)))
        if (distance > within || sorted.length === 0) expect(found).toBeNull()
        else expect(Math.abs((found ?? Infinity) - ms)).toBe(distance)
      }),
    )
  })
})

describe('times', () => {
  it('are as exact as the time shown asks for', () => {
    const at = new Date(2026, 10, 5, 14, 2, 51, 204).getTime()
    const over = (ms: number) => axisTimeText(at, { fromMs: at - ms, toMs: at })
    expect([over(5_000), over(60_000), over(3_600_000), over(90_000_000)]).toEqual(['14:02:51.204', '14:02:51', '14:02', 'Nov 5 14:02'])
  })

  it('beside the axis are round, in the span, and not too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 10, max: 30 * 86_400_000 }), fc.integer({ min: 1, max: 20 }), (fromMs, length, most) => {
        const ticks = timeTicks({ fromMs, toMs: fromMs + length }, most)
        expect(ticks.length).toBeLessThanOrEqual(most + 1)
        for (const tick of ticks) expect(tick >= fromMs && tick <= fromMs + length).toBe(true)
      }),
    )
    const at = new Date(2026, 10, 5, 14, 2, 51).getTime()
    expect(timeTicks({ fromMs: at, toMs: at + 60_000 }, 6).map((ms) => new Date(ms).getSeconds())).toEqual([0, 10, 20, 30, 40, 50])
  })

  it('to look back by have the present one among them', () => {
    expect(minuteOptions(5).map(({ value }) => value)).toEqual(['1', '5', '15', '60', '360', '1440', '10080'])
    expect(minuteOptions(90)[4]).toEqual({ value: '90', n: 90, unit: 'minutes' })
    expect(minuteOptions(1).at(-1)).toEqual({ value: '10080', n: 7, unit: 'days' })
  })
})
