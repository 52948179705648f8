import type { EChartsCoreOption } from 'echarts/core'
import type { Threshold } from '@shared/charts/dashboard'
import { seriesLook, type ChartColours } from './chart-colours'
import { axisNumberText, numberText } from './number-text'
import { isEachMarked, isSwitched, lonePoints, type SeriesPoints } from './series-points'
import { axisTimeText } from './time-text'
import type { TimeSpan } from './use-chart-range'

/** Room around the lines, in pixels: the values at the right, the time below. */
export const PLOT_MARGINS = { left: 12, right: 56, top: 12, bottom: 24 } as const

const LABEL_PIXELS = 92
const FONT_PIXELS = 11

export interface Drawing {
  readonly time: TimeSpan
  /** In the order of the chart; null: nothing is known yet. */
  readonly lines: readonly (SeriesPoints | null)[]
  readonly thresholds: readonly Threshold[]
  readonly unit: string
  readonly widthPixels: number
}

/** A chart as ECharts takes it. Nothing moves by itself: what comes is drawn as it is. */
export function chartOption(drawing: Drawing, colours: ChartColours): EChartsCoreOption {
  const { time, widthPixels } = drawing
  const label = { color: colours.textFaint, fontFamily: colours.fontFamily, fontSize: FONT_PIXELS }
  return {
    animation: false,
    grid: { ...PLOT_MARGINS },
    xAxis: {
      type: 'time',
      min: time.fromMs,
      max: time.toMs,
      splitNumber: Math.max(1, Math.floor(widthPixels / LABEL_PIXELS / 1.5)),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true, formatter: (ms: number) => axisTimeText(ms, time) },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      position: 'right',
      scale: true,
      splitNumber: 4,
      axisLabel: { ...label, formatter: axisNumberText },
      axisLine: { show: false },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [...drawing.lines.flatMap((points, index) => lineOf(points, index, drawing, colours)), thresholdsOf(drawing, colours)],
  }
}

function lineOf(points: SeriesPoints | null, index: number, { lines }: Drawing, colours: ChartColours): object[] {
  if (points === null) return []
  const { colour, dash } = seriesLook(index, colours)
  const look = { type: 'line', silent: true, symbol: 'circle', itemStyle: { color: colour } }
  const line = {
    ...look,
    data: points,
    dimensions: ['time', 'value'],
    symbolSize: 4,
    showSymbol: isEachMarked(points),
    showAllSymbol: true,
    step: isSwitched(points) ? 'end' : false,
    lineStyle: { color: colour, width: 1.5, type: dash, join: 'round' },
    ...(lines.length === 1 && { areaStyle: { color: colour, opacity: 0.1, origin: 'start' } }),
  }
  const lone = isEachMarked(points) ? [] : lonePoints(points)
  return lone.length === 0 ? [line] : [line, { ...look, data: lone, symbolSize: 3, showAllSymbol: true, lineStyle: { opacity: 0 } }]
}

/** The lines of the thresholds; what carries them makes the axis reach to each. */
function thresholdsOf({ thresholds, time, unit }: Drawing, colours: ChartColours): object {
  return {
    type: 'line',
    silent: true,
    showSymbol: false,
    lineStyle: { opacity: 0 },
    data: thresholds.map(({ value }) => [time.toMs, value]),
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      data: thresholds.map(({ value, label, tone }) => ({
        yAxis: value,
        lineStyle: { color: colours.tones[tone], type: 'dashed', width: 1 },
        label: {
          position: 'insideStartTop',
          distance: [0, 2],
          color: colours.tones[tone],
          fontFamily: colours.fontFamily,
          fontSize: FONT_PIXELS,
          // As a function: a label's own braces mean nothing.
          formatter: () => [label, numberText(value, unit)].filter((part) => part !== '').join('  '),
        },
      })),
    },
  }
}
