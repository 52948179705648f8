import type { EChartsCoreOption } from 'echarts/core'
import type { Threshold } from '@shared/charts/dashboard'
import { seriesLook, type ChartColours } from './chart-colours'
import { axisNumberText, numberText } from './number-text'
import { isEachMarked, isSwitched, lonePoints, type SeriesPoints } from './series-points'
import { axisTimeText, timeTicks } from './time-text'
import type { TimeSpan } from './use-chart-range'

const AXIS_PIXELS = 56

/** Room around the lines, in pixels: the values at the right, those of another unit at the left, the time below. */
export function marginsOf(units: readonly string[]): { left: number; right: number; top: number; bottom: number } {
  return { left: units.some((unit) => unit !== units[0]) ? AXIS_PIXELS : 12, right: AXIS_PIXELS, top: 12, bottom: 24 }
}

/** Room for one label of the time axis. */
const LABEL_PIXELS = 96
const FONT_PIXELS = 11

export interface Drawing {
  readonly time: TimeSpan
  /** In the order of the chart; null: nothing is known yet. */
  readonly lines: readonly (SeriesPoints | null)[]
  readonly thresholds: readonly Threshold[]
  readonly units: readonly string[]
  readonly widthPixels: number
}

/** A chart as ECharts takes it. Nothing moves by itself: what comes is drawn as it is. */
export function chartOption(drawing: Drawing, colours: ChartColours): EChartsCoreOption {
  const { time, widthPixels, units } = drawing
  const margins = marginsOf(units)
  const label = { color: colours.textFaint, fontFamily: colours.fontFamily, fontSize: FONT_PIXELS }
  return {
    animation: false,
    // The pointer reckons with exactly these margins.
    grid: { ...margins, outerBoundsMode: 'none' },
    xAxis: {
      type: 'time',
      min: time.fromMs,
      max: time.toMs,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...label, customValues: timeTicks(time, widthPixels / LABEL_PIXELS), formatter: (ms: number) => timeLabel(ms, drawing, margins.left) },
      splitLine: { show: false },
    },
    yAxis: ['right', 'left'].map((position) => ({
      type: 'value',
      position,
      scale: true,
      splitNumber: 4,
      axisLabel: { ...label, formatter: axisNumberText },
      axisLine: { show: false },
      splitLine: { show: position === 'right', lineStyle: { color: colours.line } },
    })),
    series: [...drawing.lines.flatMap((points, index) => lineOf(points, index, drawing, colours)), thresholdsOf(drawing, colours)],
  }
}

/** Nothing where it would be cut off at the left. */
function timeLabel(ms: number, { time, widthPixels }: Drawing, left: number): string {
  const text = axisTimeText(ms, time)
  const centre = left + ((ms - time.fromMs) / (time.toMs - time.fromMs)) * widthPixels
  return centre < (text.length * FONT_PIXELS) / 3 ? '' : text
}

function lineOf(points: SeriesPoints | null, index: number, { lines, units, time, widthPixels }: Drawing, colours: ChartColours): object[] {
  if (points === null) return []
  const isMarked = isEachMarked(points, (time.toMs - time.fromMs) / Math.max(1, widthPixels))
  const { colour, dash } = seriesLook(index, colours)
  const look = { type: 'line', silent: true, symbol: 'circle', yAxisIndex: units[index] === units[0] ? 0 : 1, itemStyle: { color: colour } }
  const line = {
    ...look,
    data: points,
    dimensions: ['time', 'value'],
    symbolSize: 4,
    showSymbol: isMarked,
    showAllSymbol: true,
    step: isSwitched(points) ? 'end' : false,
    lineStyle: { color: colour, width: 1.5, type: dash, join: 'round' },
    ...(lines.length === 1 && { areaStyle: { color: colour, opacity: 0.1, origin: 'start' } }),
  }
  const lone = isMarked ? [] : lonePoints(points)
  return lone.length === 0 ? [line] : [line, { ...look, data: lone, symbolSize: 3, showAllSymbol: true, lineStyle: { opacity: 0 } }]
}

/** The lines of the thresholds; what carries them makes the axis reach to each. */
function thresholdsOf({ thresholds, time, units: [unit] }: Drawing, colours: ChartColours): object {
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
