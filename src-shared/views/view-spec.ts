import { chartRangeSchema, MAX_CHART_PIXELS, MAX_SERIES, seriesSchema } from '@shared/charts/series'
import { topicFilterSchema } from '@shared/mqtt/topic-schema'
import { packetFilterSchema } from '@shared/packets/packet-log'
import { fieldPathSchema } from '@shared/payload/field-path'
import { retainedOrderSchema } from '@shared/retained/retained'
import { z } from '@shared/schema'
import { tableSortSchema } from '@shared/table/table-sort'

/** Most rows one frame may carry. */
export const MAX_WINDOW_ROWS = 500

/** Most topic filters of topics to hide, and most topics watched in one view. */
export const MAX_HIDDEN_FILTERS = 100
export const MAX_WATCHED_TOPICS = 100

/** Most fields of payloads that a table shows. */
export const MAX_TABLE_FIELDS = 50

export const treeSortSchema = z.enum(['name', 'messages', 'rate', 'recency', 'size'])
export type TreeSort = z.infer<typeof treeSortSchema>

/** What part of a connection the page looks at. The engine sends frames for it until it is closed. */
export const viewSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tree'),
    /** The window: rows `firstRow … firstRow + rowCount - 1` of the expanded, filtered, sorted tree. */
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
    /** Names ascend; all others descend. `size` is all bytes received on a topic and below. */
    sort: treeSortSchema,
    /** Whether rows change places by themselves where they are sorted by a number; false: they stay where they are. */
    liveSort: z.boolean(),
    /** What is in the search box (`src-shared/search`); empty for all topics. */
    search: z.string().max(65_535),
    /** Topic filters; topics that match one do not show. */
    hidden: z.array(topicFilterSchema).max(MAX_HIDDEN_FILTERS),
    /** Only topics with a message of a higher sequence number show; null: all. */
    changedAfter: z.number().int().min(0).nullable(),
  }),
  z.strictObject({
    kind: z.literal('topic'),
    topic: z.string().max(65_535),
    /** The message of row 0: rows go from it to older ones. Null: the newest there is, so rows move down as messages come. */
    newest: z.number().int().min(1).nullable(),
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
  }),
  z.strictObject({
    kind: z.literal('values'),
    /** Topics whose last values are watched, in this order. */
    topics: z.array(z.string().max(65_535)).max(MAX_WATCHED_TOPICS),
  }),
  z.strictObject({ kind: z.literal('statistics') }),
  z.strictObject({
    kind: z.literal('outbox'),
    /** The window, as in the tree. */
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
  }),
  z.strictObject({
    kind: z.literal('packets'),
    /** The first row of the window, by the numbers of the frames, which start anew with another filter; null: the newest rows. */
    firstRow: z.number().int().min(0).nullable(),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
    filter: packetFilterSchema,
  }),
  z.strictObject({
    kind: z.literal('table'),
    /** Whose messages the rows are. */
    topics: topicFilterSchema,
    /** Which of them (`src-shared/table/row-filter.ts`); empty for all. */
    search: z.string().max(65_535),
    /** Fields of the payloads that the rows show. */
    fields: z.array(fieldPathSchema).max(MAX_TABLE_FIELDS),
    sort: tableSortSchema,
    /** The last message that may be a row: the rows stand still; null: rows come as messages do. */
    until: z.number().int().min(0).nullable(),
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
  }),
  z.strictObject({
    kind: z.literal('retained'),
    /** The window, in that order. */
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
    order: retainedOrderSchema,
  }),
  z.strictObject({
    kind: z.literal('series'),
    series: z.array(seriesSchema).max(MAX_SERIES),
    range: chartRangeSchema,
    /** How wide the chart is: so many columns the points are summed up to. */
    pixels: z.number().int().min(1).max(MAX_CHART_PIXELS),
  }),
  z.strictObject({ kind: z.literal('runs') }),
  z.strictObject({
    kind: z.literal('sends'),
    /** The window: row 0 is the newest. */
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
    failedOnly: z.boolean(),
  }),
])
export type ViewSpec = z.infer<typeof viewSpecSchema>
export type ViewKind = ViewSpec['kind']
export type SpecOf<Kind extends ViewKind> = Extract<ViewSpec, { kind: Kind }>
