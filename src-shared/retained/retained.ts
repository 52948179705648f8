import { failureSchema } from '@shared/connection/failure'
import { qosSchema } from '@shared/mqtt/qos'
import { topicFilterSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'

/** Most retained messages that one question lists. */
export const MAX_LISTED_RETAINED = 200_000

/** Most bytes of payload a list keeps, and most bytes of deleted messages that can be brought back, of all connections. */
export const MAX_RETAINED_BYTES = 256 * 1024 * 1024

/** What is asked for, each with a subscription of its own. A shared subscription gets no retained messages [4.8.2]. */
export const retainedFiltersSchema = z
  .array(topicFilterSchema.refine((filter) => !filter.startsWith('$share/')))
  .min(1)
  .max(8)

/** Which of the listed messages show, and in what order. */
export const retainedOrderSchema = z.strictObject({
  /** A part of the topics that show, in any case; empty for all. */
  text: z.string().max(65_535),
  sort: z.enum(['topic', 'size', 'qos']),
  descending: z.boolean(),
})
export type RetainedOrder = z.infer<typeof retainedOrderSchema>
export type RetainedSort = RetainedOrder['sort']

/** Selects rows `first … last`, as they stand in an order, or takes them out of the selection. */
export const retainedSelectionSchema = z.strictObject({
  order: retainedOrderSchema,
  first: z.number().int().min(0),
  last: z.number().int().min(0),
  selected: z.boolean(),
  /** Whether what was selected before stays so. */
  keepOthers: z.boolean(),
})
export type RetainedSelection = z.infer<typeof retainedSelectionSchema>

/** What is to be deleted: the selected messages, or all that show under a text. */
export const retainedChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('selected') }),
  z.strictObject({ kind: z.literal('shown'), text: retainedOrderSchema.shape.text }),
])
export type RetainedChoice = z.infer<typeof retainedChoiceSchema>

/** A deletion before it is done. */
export const retainedPlanSchema = z.strictObject({
  count: z.number().int(),
  bytes: z.number().int(),
  /** How many of them can be brought back. */
  undoable: z.number().int(),
  /** Bytes that are kept for that. */
  undoableBytes: z.number().int(),
  /** Earlier deletions that could not be undone any more. */
  displaces: z.number().int(),
  /** The first of their topics. */
  sample: z.array(z.string()),
})
export type RetainedPlan = z.infer<typeof retainedPlanSchema>

/** Why a message that was to be deleted is there still. */
export const retainedRemarkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('refused'), reasonCode: z.number().int() }),
  z.strictObject({ kind: z.literal('kept') }), // the broker raised no objection, and has it still
  z.strictObject({ kind: z.literal('newer') }), // another one was published after the deletion
  z.strictObject({ kind: z.literal('changed') }), // it was another one by then, and was left alone
])
export type RetainedRemark = z.infer<typeof retainedRemarkSchema>

/** One retained message in the list. */
export const retainedRowSchema = z.strictObject({
  topic: z.string(),
  /** Of the payload. */
  bytes: z.number().int(),
  /** As it was published; null: the broker did not tell. */
  qos: qosSchema.nullable(),
  previewKind: z.enum(['json', 'text', 'binary', 'empty']),
  preview: z.string(),
  /** The first MQTT 5.0 properties. */
  properties: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  selected: z.boolean(),
  remark: retainedRemarkSchema.nullable(),
})
export type RetainedRow = z.infer<typeof retainedRowSchema>

/** What is being done. */
export const retainedTaskSchema = z.strictObject({
  kind: z.enum(['asking', 'deleting', 'verifying', 'checking', 'restoring']),
  done: z.number().int(),
  /** 0: not known. */
  total: z.number().int(),
})
export type RetainedTask = z.infer<typeof retainedTaskSchema>

/** How far it came: `failure` when the connection did not last, `cancelled` by the user. */
const ending = { total: z.number().int(), cancelled: z.boolean(), failure: failureSchema.nullable() }

/** What came of what was done last. */
export const retainedOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-asked'), failure: failureSchema }),
  z.strictObject({
    kind: z.literal('deleted'),
    ...ending,
    /** No longer there; where not `verified`, acknowledged by the broker. */
    gone: z.number().int(),
    refused: z.number().int(),
    kept: z.number().int(),
    newer: z.number().int(),
    /** Left alone: another message than was listed. */
    changed: z.number().int(),
    /** How many of them can be brought back. */
    undoable: z.number().int(),
    /** Whether the broker was asked again. */
    verified: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('restored'),
    ...ending,
    restored: z.number().int(),
    /** Their message expiry interval has passed. */
    expired: z.number().int(),
    /** Left as they are, because there is another retained message meanwhile. */
    newer: z.number().int(),
    refused: z.number().int(),
    /** Sent, and not there. */
    missing: z.number().int(),
    verified: z.boolean(),
  }),
])
export type RetainedOutcome = z.infer<typeof retainedOutcomeSchema>

/** Why a list ended: nothing more came, it took too long, there were too many, or the user had enough. */
export const askEndSchema = z.enum(['quiet', 'time', 'messages', 'cancelled'])
export type AskEnd = z.infer<typeof askEndSchema>

/** A deletion that can be undone. */
export const undoableSchema = z.strictObject({
  deletionId: z.number().int(),
  atMs: z.number(),
  count: z.number().int(),
  filters: z.array(z.string()),
})
export type Undoable = z.infer<typeof undoableSchema>
