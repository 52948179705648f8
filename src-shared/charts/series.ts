import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { fieldPathSchema } from '@shared/payload/field-path'
import { z } from '@shared/schema'

/** Most series of one chart. */
export const MAX_SERIES = 20
/** Most pixels a chart is drawn over. */
export const MAX_CHART_PIXELS = 4_096
/** The longest a live chart looks back. */
export const MAX_LIVE_MINUTES = 7 * 24 * 60

/** What of the values that fall on one pixel is drawn: `all` are first, least, greatest and last. */
export const aggregationSchema = z.enum(['all', 'mean', 'min', 'max'])
export type Aggregation = z.infer<typeof aggregationSchema>

/** A field of a topic's messages, over time. */
export const seriesSchema = z.strictObject({
  topic: topicNameSchema,
  /** Where the number is in the value that a payload stands for. */
  path: fieldPathSchema,
  aggregation: aggregationSchema,
})
export type Series = z.infer<typeof seriesSchema>

/** What time a chart shows. */
export const chartRangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('live'), minutes: z.number().positive().max(MAX_LIVE_MINUTES) }),
  /** Both ends are in it; milliseconds since 1970. */
  z.strictObject({ kind: z.literal('fixed'), fromMs: z.number().min(0), toMs: z.number().min(0) }).refine(({ fromMs, toMs }) => fromMs < toMs),
])
export type ChartRange = z.infer<typeof chartRangeSchema>
