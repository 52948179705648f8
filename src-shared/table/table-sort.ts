import { fieldPathSchema } from '@shared/payload/field-path'
import { z } from '@shared/schema'

/** What every message has, as columns of a table of messages. */
export const MESSAGE_COLUMNS = ['time', 'topic', 'qos', 'retain', 'size', 'value'] as const
export type MessageColumn = (typeof MESSAGE_COLUMNS)[number]

/** By what the rows are in order: a property of the message, or a field of its payload. Rows that lack it come last. */
export const tableSortSchema = z.strictObject({
  by: z.union([z.enum(MESSAGE_COLUMNS), fieldPathSchema]),
  descending: z.boolean(),
})
export type TableSort = z.infer<typeof tableSortSchema>

/** As messages come. */
export const NEWEST_FIRST: TableSort = { by: 'time', descending: true }
