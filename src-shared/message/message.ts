import { qosSchema } from '@shared/mqtt/qos'
import { z } from '@shared/schema'
import { publishPropertiesSchema } from './publish-properties'

/** One message of the log, without topic and payload. `sequence` numbers the messages of a connection from 1. */
export const messageSummarySchema = z.strictObject({
  sequence: z.number().int(),
  receivedAtMs: z.number(),
  qos: qosSchema,
  /** As received: on a live message 0 is usual even if the broker stored it [MQTT-3.3.1-9]. */
  retain: z.boolean(),
  dup: z.boolean(),
  payloadBytes: z.number().int(),
  /** The start of the payload, on one line. */
  preview: z.string(),
})
export type MessageSummary = z.infer<typeof messageSummarySchema>

/** A received message as it could be sent again. */
export const receivedMessageSchema = z.strictObject({
  topic: z.string(),
  /** The raw payload, all of it. */
  payload: z.instanceof(Uint8Array),
  qos: qosSchema,
  retain: z.boolean(),
  properties: publishPropertiesSchema,
})
export type ReceivedMessage = z.infer<typeof receivedMessageSchema>
