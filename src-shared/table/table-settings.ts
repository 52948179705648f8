import { topicFilterSchema } from '@shared/mqtt/topic-schema'
import { fieldPathSchema } from '@shared/payload/field-path'
import { z } from '@shared/schema'

/** Most columns that are remembered, of all tables of a profile. */
export const MAX_COLUMN_SETTINGS = 500
export const LEAST_COLUMN_PX = 40
export const MOST_COLUMN_PX = 2_000

/** A field of payloads that has a column in the tables of some topics. */
export const pinnedFieldSchema = z.strictObject({ path: fieldPathSchema, topics: topicFilterSchema })
export type PinnedField = z.infer<typeof pinnedFieldSchema>

/** How a column looks; `id` is as in `columnId`. */
export const columnSettingSchema = z.strictObject({
  id: z.string().max(200_000),
  isShown: z.boolean(),
  /** Null: as wide as such columns are. */
  widthPx: z.number().int().min(LEAST_COLUMN_PX).max(MOST_COLUMN_PX).nullable(),
})
export type ColumnSetting = z.infer<typeof columnSettingSchema>

/** What a profile's tables of messages have in common. */
export const tableSettingsSchema = z.strictObject({
  pinned: z.array(pinnedFieldSchema).max(MAX_COLUMN_SETTINGS),
  /** In the order of the columns; those not listed come after them. */
  columns: z.array(columnSettingSchema).max(MAX_COLUMN_SETTINGS),
})
export type TableSettings = z.infer<typeof tableSettingsSchema>

export const DEFAULT_TABLE_SETTINGS: TableSettings = { pinned: [], columns: [] }
