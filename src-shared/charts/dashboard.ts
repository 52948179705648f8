import { z } from '@shared/schema'
import { MAX_LIVE_MINUTES, MAX_SERIES, seriesSchema } from './series'

export const MAX_CHARTS = 50
export const MAX_THRESHOLDS = 10
export const MAX_CHART_NAME_LENGTH = 100
export const MAX_UNIT_LENGTH = 20

export const chartSizeSchema = z.enum(['small', 'medium', 'large'])
export type ChartSize = z.infer<typeof chartSizeSchema>
export const CHART_SIZES = chartSizeSchema.options

export const thresholdToneSchema = z.enum(['ok', 'info', 'warn', 'danger'])
export type ThresholdTone = z.infer<typeof thresholdToneSchema>
export const THRESHOLD_TONES = thresholdToneSchema.options

/** A value that a chart has a line at. */
export const thresholdSchema = z.strictObject({
  value: z.number(),
  label: z.string().max(MAX_CHART_NAME_LENGTH),
  tone: thresholdToneSchema,
})
export type Threshold = z.infer<typeof thresholdSchema>

/** A series of a chart, with what its numbers are: shown behind each of them; empty: not said. */
export const chartSeriesSchema = seriesSchema.extend({ unit: z.string().max(MAX_UNIT_LENGTH) })
export type ChartSeries = z.infer<typeof chartSeriesSchema>

/** One chart, as it is kept. */
export const chartSchema = z.strictObject({
  id: z.uuid(),
  /** Empty: named after its series. */
  name: z.string().max(MAX_CHART_NAME_LENGTH),
  size: chartSizeSchema,
  /** How far back it looks while it is live. */
  minutes: z.number().positive().max(MAX_LIVE_MINUTES),
  series: z.array(chartSeriesSchema).max(MAX_SERIES),
  thresholds: z.array(thresholdSchema).max(MAX_THRESHOLDS),
})
export type Chart = z.infer<typeof chartSchema>

/** The charts that a profile shows side by side, in this order. */
export const dashboardSchema = z.strictObject({
  charts: z.array(chartSchema).max(MAX_CHARTS).refine((charts) => new Set(charts.map(({ id }) => id)).size === charts.length),
})
export type Dashboard = z.infer<typeof dashboardSchema>

export const NO_CHARTS: Dashboard = { charts: [] }
