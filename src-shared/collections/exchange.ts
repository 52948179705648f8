import { publishStateSchema } from '@shared/message/publish'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'

export const MAX_ANSWER_TIMEOUT_MS = 3_600_000
/** More answers are counted, not listed. */
export const MAX_ANSWERS = 100

/** How to ask, and how long to wait. */
export const exchangeOptionsSchema = z.strictObject({
  /** Null: one of its own, which nobody else knows. Before MQTT 5.0 one has to be named. */
  responseTopic: topicNameSchema.nullable(),
  timeoutMs: z.number().int().min(100).max(MAX_ANSWER_TIMEOUT_MS),
  /** Whether the first answer is the end of it. */
  firstOnly: z.boolean(),
})
export type ExchangeOptions = z.infer<typeof exchangeOptionsSchema>

export const answerSchema = z.strictObject({
  /** Its number in the message log. */
  sequence: z.number().int(),
  payloadBytes: z.number().int(),
  /** Since the request was sent. */
  elapsedMs: z.number(),
  /** Whether it came after the time was up. */
  late: z.boolean(),
})
export type Answer = z.infer<typeof answerSchema>

export const exchangeStateSchema = z.discriminatedUnion('kind', [
  /** The response topic is being subscribed to. */
  z.strictObject({ kind: z.literal('subscribing') }),
  z.strictObject({ kind: z.literal('awaiting') }),
  z.strictObject({ kind: z.literal('answered') }),
  z.strictObject({ kind: z.literal('timed-out') }),
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('disconnected') }),
  /** The broker does not let us have the answers. */
  z.strictObject({ kind: z.literal('not-subscribed'), reasonCode: z.number().int() }),
  /** The request itself was not taken, see `request`. */
  z.strictObject({ kind: z.literal('not-sent') }),
])
export type ExchangeState = z.infer<typeof exchangeStateSchema>

/** A request and its answers. */
export const exchangeSchema = z.strictObject({
  name: z.string(),
  topic: z.string(),
  responseTopic: z.string(),
  /** Hexadecimal; null before MQTT 5.0, where the first message on the response topic is the answer. */
  correlationData: z.string().nullable(),
  state: exchangeStateSchema,
  /** Null until it is sent. */
  sentAtMs: z.number().nullable(),
  timeoutMs: z.number(),
  /** What became of the request; null until it is sent. */
  request: publishStateSchema.nullable(),
  answers: z.array(answerSchema),
  /** Answers beyond those listed. */
  moreAnswers: z.number().int(),
  /** Messages on the response topic with other correlation data, or none. */
  strangers: z.number().int(),
  /** What was sent: the payload's first bytes. */
  payloadStart: z.instanceof(Uint8Array),
  payloadBytes: z.number().int(),
})
export type Exchange = z.infer<typeof exchangeSchema>
