import { packetFilterSchema } from '@shared/packets/packet-log'
import { z } from '@shared/schema'

/** Most rows one frame may carry. */
export const MAX_WINDOW_ROWS = 500

export const treeSortSchema = z.enum(['name', 'messages', 'recency'])
export type TreeSort = z.infer<typeof treeSortSchema>

/** What part of a connection the page looks at. The engine sends frames for it until it is closed. */
export const viewSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tree'),
    /** The window: rows `firstRow … firstRow + rowCount - 1` of the expanded, filtered, sorted tree. */
    firstRow: z.number().int().min(0),
    rowCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
    /** Names ascend; counts and times descend. */
    sort: treeSortSchema,
    /** Empty, a part of a topic (no case), or a topic filter when it contains `+` or `#`. */
    filter: z.string().max(65_535),
  }),
  z.strictObject({
    kind: z.literal('topic'),
    topic: z.string().max(65_535),
    /** How many of the topic's messages to list, newest first. */
    historyCount: z.number().int().min(0).max(MAX_WINDOW_ROWS),
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
])
export type ViewSpec = z.infer<typeof viewSpecSchema>
export type ViewKind = ViewSpec['kind']
export type SpecOf<Kind extends ViewKind> = Extract<ViewSpec, { kind: Kind }>
