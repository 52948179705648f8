import { publishStateSchema } from '@shared/message/publish'
import { qosSchema } from '@shared/mqtt/qos'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'
import { base64Schema, keptPropertiesSchema } from './kept-properties'

/** Most publishes that are remembered of a profile. */
export const MAX_HISTORY_ENTRIES = 200
/** Longest payload that is remembered, in bytes. */
export const MAX_HISTORY_PAYLOAD_BYTES = 64 * 1_024
/** Most that all entries of a profile may take on disk, in characters; the oldest go first. */
export const MAX_HISTORY_LENGTH = 4 * 1_024 * 1_024

/** A message that was published, and what became of it. */
export const historyEntrySchema = z.strictObject({
  id: z.uuid(),
  atMs: z.number(),
  topic: topicNameSchema,
  qos: qosSchema,
  retain: z.boolean(),
  payloadBytes: z.number().int(),
  /** Null: too large to be remembered. */
  payloadBase64: base64Schema.nullable(),
  properties: keptPropertiesSchema.nullable(),
  state: publishStateSchema,
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>

/** Newest first. */
export const publishHistorySchema = z.array(historyEntrySchema).max(MAX_HISTORY_ENTRIES)

/** An entry in a list. */
export const listedPublishSchema = historyEntrySchema
  .omit({ payloadBase64: true, properties: true })
  .extend({ isKept: z.boolean() })
export type ListedPublish = z.infer<typeof listedPublishSchema>
