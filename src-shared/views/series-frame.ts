import { MAX_CHART_PIXELS, MAX_SERIES, seriesSchema } from '@shared/charts/series'
import { z } from '@shared/schema'

const POINT_BYTES = 16
/** First, least, greatest, last and a break for each pixel, and a point at both sides. */
const MAX_POINTS = MAX_CHART_PIXELS * 5 + 4

/** One series as it is drawn, and what there is to say of the numbers in the time shown. */
export const drawnSeriesSchema = seriesSchema.extend({
  /** Whether the topic has had a message. */
  known: z.boolean(),
  /** Time and value by turns, as {@link pointsOf} reads them. */
  points: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength % POINT_BYTES === 0 && byteLength <= MAX_POINTS * POINT_BYTES),
  /** How many values there are, not how many are drawn. */
  count: z.number().int(),
  min: z.number().nullable(),
  mean: z.number().nullable(),
  max: z.number().nullable(),
  last: z.number().nullable(),
  lastAtMs: z.number().nullable(),
  /** Messages of the topic in this time that had no number there. */
  missing: z.number().int(),
  /** The usual time from one value to the next; after three of them without a value the line is broken. */
  medianIntervalMs: z.number().nullable(),
  /** Values that had to go because they were too many. */
  letGo: z.number().int(),
})
export type DrawnSeries = z.infer<typeof drawnSeriesSchema>

export const seriesFrameSchema = z.strictObject({
  kind: z.literal('series'),
  /** The time shown, in milliseconds since 1970. */
  fromMs: z.number(),
  toMs: z.number(),
  /** Whether there are messages that are still to be read. */
  reading: z.boolean(),
  series: z.array(drawnSeriesSchema).max(MAX_SERIES),
})

/** Time, value, time, value …, a value of NaN where the line breaks. */
export function pointsOf({ points }: Pick<DrawnSeries, 'points'>): Float64Array {
  // A copy: the bytes begin anywhere in the frame.
  return new Float64Array(points.slice().buffer)
}
