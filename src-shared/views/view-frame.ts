import { messageSummarySchema } from '@shared/message/message'
import { outboxCountsSchema, outboxEntrySchema } from '@shared/message/outbox'
import { disconnectSchema } from '@shared/packets/disconnect'
import { packetRecordingSchema, packetRowSchema } from '@shared/packets/packet-log'
import { z } from '@shared/schema'

/** How the start of a topic's last payload reads. */
export const previewKindSchema = z.enum(['none', 'json', 'text', 'binary', 'empty'])
export type PreviewKind = z.infer<typeof previewKindSchema>

/** One visible row of the topic tree. */
export const treeRowSchema = z.strictObject({
  /** The whole topic up to this level. */
  topic: z.string(),
  /** This level alone; may be empty. */
  name: z.string(),
  /** 1 for the top level, as in aria-level. */
  level: z.number().int(),
  /** The row's place among its siblings, from 1, and how many there are. */
  position: z.number().int(),
  siblings: z.number().int(),
  /** null: has no sub-topics. */
  expanded: z.boolean().nullable(),
  previewKind: previewKindSchema,
  preview: z.string(),
  /** Whether the topic's last message came with the retain flag. */
  retain: z.boolean(),
  /** Messages on this topic and all below. */
  messages: z.number().int(),
  /** Topics below that have had a message. */
  subtopics: z.number().int(),
  /** When the last message on this topic or below came, or null. */
  lastMessageAtMs: z.number().nullable(),
  /** The sequence number of that message: when it grows, the row changed. */
  lastSequence: z.number().int(),
})
export type TreeRow = z.infer<typeof treeRowSchema>

export const treeFrameSchema = z.strictObject({
  kind: z.literal('tree'),
  firstRow: z.number().int(),
  totalRows: z.number().int(),
  rows: z.array(treeRowSchema),
  /** Topics with a message that the filter lets through; null without a filter. */
  matches: z.number().int().nullable(),
  /** Why the filter text, taken as a topic filter, is not valid; null when it is. */
  filterFault: z.string().nullable(),
})

export const topicFrameSchema = z.strictObject({
  kind: z.literal('topic'),
  topic: z.string(),
  /** Messages ever received on exactly this topic. */
  messages: z.number().int(),
  /** Messages of this topic still in the log. */
  kept: z.number().int(),
  subtopics: z.number().int(),
  /** Newest first; as many as asked for, at the most. */
  history: z.array(messageSummarySchema),
})

export const statisticsFrameSchema = z.strictObject({
  kind: z.literal('statistics'),
  messagesReceived: z.number().int(),
  bytesReceived: z.number().int(),
  messagesPerSecond: z.number(),
  topicsKnown: z.number().int(),
  /** The message log: what it holds, may hold, and had to let go. */
  logBytes: z.number().int(),
  logBudgetBytes: z.number().int(),
  evictedMessages: z.number().int(),
  oldestMessageAtMs: z.number().nullable(),
  /** Messages that could not be taken in (illegal topics, tree full). */
  refusedMessages: z.number().int(),
  /** Messages since the views were paused. */
  messagesSincePause: z.number().int(),
})

export const outboxFrameSchema = z.strictObject({
  kind: z.literal('outbox'),
  firstRow: z.number().int(),
  counts: outboxCountsSchema,
  /** In the order of sending. */
  entries: z.array(outboxEntrySchema),
})

/** Rows are numbered as they came to the view, from 0: those before `goneRows` are no longer kept. */
export const packetsFrameSchema = z.strictObject({
  kind: z.literal('packets'),
  recording: packetRecordingSchema,
  firstRow: z.number().int(),
  rows: z.array(packetRowSchema),
  goneRows: z.number().int(),
  totalRows: z.number().int(),
  /** The whole log, whatever the filter: lines and bytes it holds, and lines it had to let go. */
  kept: z.number().int(),
  keptBytes: z.number().int(),
  letGo: z.number().int(),
  /** How the last connection ended; null while none has. */
  disconnect: disconnectSchema.nullable(),
})

export const viewFrameSchema = z.discriminatedUnion('kind', [
  treeFrameSchema,
  topicFrameSchema,
  statisticsFrameSchema,
  outboxFrameSchema,
  packetsFrameSchema,
])
export type ViewFrame = z.infer<typeof viewFrameSchema>
export type TreeFrame = z.infer<typeof treeFrameSchema>
export type TopicFrame = z.infer<typeof topicFrameSchema>
export type OutboxFrame = z.infer<typeof outboxFrameSchema>
export type StatisticsFrame = z.infer<typeof statisticsFrameSchema>
export type PacketsFrame = z.infer<typeof packetsFrameSchema>
export type FrameOf<Kind extends ViewFrame['kind']> = Extract<ViewFrame, { kind: Kind }>
