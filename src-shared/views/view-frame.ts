import { exchangeSchema } from '@shared/collections/exchange'
import { runProgressSchema } from '@shared/collections/run'
import { loggedSendSchema } from '@shared/collections/send-log'
import { messageSummarySchema } from '@shared/message/message'
import { outboxCountsSchema, outboxEntrySchema } from '@shared/message/outbox'
import { disconnectSchema } from '@shared/packets/disconnect'
import { packetRecordingSchema, packetRowSchema } from '@shared/packets/packet-log'
import { askEndSchema, retainedOutcomeSchema, retainedRowSchema, retainedTaskSchema } from '@shared/retained/retained'
import { z } from '@shared/schema'
import { seriesFrameSchema } from './series-frame'

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
  /** Messages a second on this topic and all below, over the last seconds. */
  messagesPerSecond: z.number(),
  /** Bytes of topics and payloads received on this topic and all below. */
  bytes: z.number().int(),
  /** Topics below that have had a message; with a search, those of them it found. */
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
  /** Topics that the search found; null without one. */
  matches: z.number().int().nullable(),
  /** Whether the search has not seen all topics yet. */
  searching: z.boolean(),
  /** Topics with a message that are left out because a `hidden` filter matches them. */
  hiddenTopics: z.number().int(),
})

/** The last value of a topic; what has had no message is `known: false`. */
export const topicValueSchema = z.strictObject({
  topic: z.string(),
  known: z.boolean(),
  previewKind: previewKindSchema,
  preview: z.string(),
  retain: z.boolean(),
  /** Messages ever received on exactly this topic. */
  messages: z.number().int(),
  lastMessageAtMs: z.number().nullable(),
  lastSequence: z.number().int(),
})
export type TopicValue = z.infer<typeof topicValueSchema>

export const valuesFrameSchema = z.strictObject({
  kind: z.literal('values'),
  values: z.array(topicValueSchema),
})

export const topicFrameSchema = z.strictObject({
  kind: z.literal('topic'),
  topic: z.string(),
  /** Messages ever received on exactly this topic. */
  messages: z.number().int(),
  /** Messages of this topic still in the log, from row 0 on. */
  kept: z.number().int(),
  /** Messages of this topic in the log that are newer than row 0. */
  newer: z.number().int(),
  subtopics: z.number().int(),
  firstRow: z.number().int(),
  /** The window asked for, newest first. */
  history: z.array(messageSummarySchema),
})

export const statisticsFrameSchema = z.strictObject({
  kind: z.literal('statistics'),
  messagesReceived: z.number().int(),
  bytesReceived: z.number().int(),
  messagesPerSecond: z.number(),
  bytesPerSecond: z.number(),
  /** Share of one processor that the engine's thread takes, 0 to 100; null where it cannot be measured. */
  engineCpuPercent: z.number().nullable(),
  topicsKnown: z.number().int(),
  /** Topics forgotten because their retained message was cleared. */
  topicsForgotten: z.number().int(),
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

export const retainedFrameSchema = z.strictObject({
  kind: z.literal('retained'),
  /** What the broker was asked for, what of it it does not let us subscribe to, and how the list ended; null: nothing yet. */
  asked: z
    .strictObject({
      filters: z.array(z.string()),
      refusals: z.array(z.strictObject({ filter: z.string(), reasonCode: z.number().int() })),
      end: askEndSchema.nullable(),
    })
    .nullable(),
  task: retainedTaskSchema.nullable(),
  outcome: retainedOutcomeSchema.nullable(),
  /** All that is listed, and bytes of payload. */
  listed: z.number().int(),
  listedBytes: z.number().int(),
  selected: z.number().int(),
  selectedBytes: z.number().int(),
  firstRow: z.number().int(),
  /** Those that show. */
  totalRows: z.number().int(),
  rows: z.array(retainedRowSchema),
})

export const runsFrameSchema = z.strictObject({
  kind: z.literal('runs'),
  /** Newest first. */
  runs: z.array(runProgressSchema),
  exchange: exchangeSchema.nullable(),
})

export const sendsFrameSchema = z.strictObject({
  kind: z.literal('sends'),
  firstRow: z.number().int(),
  /** Rows the filter lets through. */
  total: z.number().int(),
  sends: z.array(loggedSendSchema),
  /** The whole log, whatever the filter: what it holds, how many of that failed, and how many it had to let go. */
  kept: z.number().int(),
  failed: z.number().int(),
  letGo: z.number().int(),
})

export const tableRowSchema = z.strictObject({
  sequence: z.number().int(),
  /** Null: the log has let it go since the rows stand still. */
  message: messageSummarySchema
    .extend({
      topic: z.string(),
      /** The fields asked for, in their order; null where the payload has none. */
      fields: z.array(z.string().nullable()),
      /** Whether they have been looked for: in what is too long, or in no format with fields, they cannot be. */
      fieldsState: z.enum(['read', 'pending', 'unreadable']),
    })
    .nullable(),
})
export type TableRow = z.infer<typeof tableRowSchema>

export const tableFrameSchema = z.strictObject({
  kind: z.literal('table'),
  firstRow: z.number().int(),
  totalRows: z.number().int(),
  rows: z.array(tableRowSchema),
  /** The number of the newest message that is a row, or would be one but for `until`; 0: there is none. */
  newest: z.number().int(),
  /** Messages of these topics that were looked at. */
  looked: z.number().int(),
  /** Whether there are older ones that were not, because of the limit. */
  isCut: z.boolean(),
  /** Of the messages that filter or sort ask for fields of, those whose payloads could not be looked into. */
  unread: z.number().int(),
  /** Messages since `until` that would be rows. */
  newer: z.number().int(),
  /** How far the work has come, 0 to 1; null: the rows are all there, and in order. */
  progress: z.number().nullable(),
})

export const viewFrameSchema = z.discriminatedUnion('kind', [
  treeFrameSchema,
  topicFrameSchema,
  valuesFrameSchema,
  statisticsFrameSchema,
  outboxFrameSchema,
  packetsFrameSchema,
  tableFrameSchema,
  retainedFrameSchema,
  seriesFrameSchema,
  runsFrameSchema,
  sendsFrameSchema,
])
export type ViewFrame = z.infer<typeof viewFrameSchema>
export type TreeFrame = z.infer<typeof treeFrameSchema>
export type TopicFrame = z.infer<typeof topicFrameSchema>
export type ValuesFrame = z.infer<typeof valuesFrameSchema>
export type OutboxFrame = z.infer<typeof outboxFrameSchema>
export type StatisticsFrame = z.infer<typeof statisticsFrameSchema>
export type RetainedFrame = z.infer<typeof retainedFrameSchema>
export type PacketsFrame = z.infer<typeof packetsFrameSchema>
export type TableFrame = z.infer<typeof tableFrameSchema>
export type SeriesFrame = z.infer<typeof seriesFrameSchema>
export type RunsFrame = z.infer<typeof runsFrameSchema>
export type SendsFrame = z.infer<typeof sendsFrameSchema>
export type FrameOf<Kind extends ViewFrame['kind']> = Extract<ViewFrame, { kind: Kind }>
