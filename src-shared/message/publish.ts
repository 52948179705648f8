import { z } from '@shared/schema'
import { qosSchema } from '@shared/mqtt/qos'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { publishPropertiesSchema } from './publish-properties'

/** Largest payload the publish panel sends, in bytes; a PUBLISH may hold 268,435,455 [MQTT-2.1.4]. */
export const MAX_PUBLISH_BYTES = 64 * 1024 * 1024

/** Most publishes that are kept at a time: waiting, unacknowledged, or unconfirmed. */
export const MAX_KEPT_PUBLISHES = 1_000

export const publishSchema = z.strictObject({
  topic: topicNameSchema,
  payload: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PUBLISH_BYTES),
  qos: qosSchema,
  retain: z.boolean(),
  /** Absent: none. */
  properties: publishPropertiesSchema.optional(),
})
export type Publish = z.infer<typeof publishSchema>

/** What became of a publish. */
export const publishStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queued') }), // waits for a connection, or for the broker to take more
  z.strictObject({ kind: z.literal('in-flight') }), // QoS 1, 2: waiting for the acknowledgement; QoS 0: being written
  z.strictObject({ kind: z.literal('interrupted') }), // in flight when the connection ended: the next one decides
  z.strictObject({ kind: z.literal('sent') }), // QoS 0: written; nobody acknowledges
  z.strictObject({
    kind: z.literal('acknowledged'),
    /** MQTT 5.0 only; 3.1.1 has no reason codes. */
    reasonCode: z.number().int().nullable(),
    elapsedMs: z.number(),
  }),
  z.strictObject({ kind: z.literal('refused'), reasonCode: z.number().int(), brokerReason: z.string().nullable() }),
  z.strictObject({ kind: z.literal('unconfirmed') }), // the session ended before the acknowledgement: the user decides
  z.strictObject({ kind: z.literal('dropped') }), // taken back by the user
  z.strictObject({ kind: z.literal('not-sent') }), // QoS 0 without a connection, and not to be kept
])
export type PublishState = z.infer<typeof publishStateSchema>

export const publishReceiptSchema = z.strictObject({ publishId: z.number().int(), state: publishStateSchema })
export type PublishReceipt = z.infer<typeof publishReceiptSchema>
