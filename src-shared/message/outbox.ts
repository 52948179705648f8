import { z } from '@shared/schema'
import { qosSchema } from '@shared/mqtt/qos'
import { MAX_KEPT_PUBLISHES } from './publish'

/** How many publishes of a connection have not come to an end. */
export const outboxCountsSchema = z.strictObject({
  /** Waiting for a connection, or for the broker to take more. */
  queued: z.number().int(),
  /** Sent, and not acknowledged yet; the connection may have ended meanwhile. */
  inFlight: z.number().int(),
  /** Sent over a session that is gone: the user decides. */
  unconfirmed: z.number().int(),
})
export type OutboxCounts = z.infer<typeof outboxCountsSchema>

export const NOTHING_KEPT: OutboxCounts = { queued: 0, inFlight: 0, unconfirmed: 0 }

/** Publishes of the outbox by their numbers; null: all of them. What cannot be done with one leaves it as it is. */
export const outboxChoiceSchema = z.array(z.number().int()).max(MAX_KEPT_PUBLISHES).nullable()
export type OutboxChoice = z.infer<typeof outboxChoiceSchema>

/** A publish that has not come to an end. */
export const outboxEntrySchema = z.strictObject({
  publishId: z.number().int(),
  topic: z.string(),
  qos: qosSchema,
  retain: z.boolean(),
  /** Of the payload. */
  bytes: z.number().int(),
  state: z.enum(['queued', 'in-flight', 'interrupted', 'unconfirmed']),
  /** When the user published it. */
  atMs: z.number(),
})
export type OutboxEntry = z.infer<typeof outboxEntrySchema>
