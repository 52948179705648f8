import { mqttStringSchema, userPropertiesSchema } from '@shared/mqtt/mqtt-string'
import { qosSchema } from '@shared/mqtt/qos'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { payloadFormatSchema } from '@shared/payload/format'
import { z } from '@shared/schema'

/** Most bytes a will's payload may have: its length takes two bytes [MQTT-3.1.3.3]. */
export const MAX_WILL_PAYLOAD_BYTES = 65_535

const bytesAsBase64 = z
  .base64()
  .max(4 * Math.ceil(MAX_WILL_PAYLOAD_BYTES / 3))
  .refine((text) => (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0) <= MAX_WILL_PAYLOAD_BYTES)

const fourByteSeconds = z.number().int().min(0).max(0xffff_ffff)

/** The message the broker publishes for us when we go without a word [MQTT-3.1.2-8]. From the delay on: MQTT 5.0 only. */
export const willSchema = z.strictObject({
  topic: topicNameSchema,
  payloadBase64: bytesAsBase64,
  /** How the payload is edited; the bytes are what is sent. */
  payloadFormat: payloadFormatSchema,
  qos: qosSchema,
  retain: z.boolean(),
  delaySeconds: fourByteSeconds,
  /** Whether the Payload Format Indicator says that the payload is UTF-8. */
  payloadIsUtf8: z.boolean(),
  /** Null: the message never expires. */
  messageExpirySeconds: fourByteSeconds.nullable(),
  contentType: mqttStringSchema,
  /** Empty: none. */
  responseTopic: z.union([z.literal(''), topicNameSchema]),
  correlationDataBase64: bytesAsBase64,
  userProperties: userPropertiesSchema,
})
export type Will = z.infer<typeof willSchema>

export const DEFAULT_WILL: Will = {
  topic: '',
  payloadBase64: '',
  payloadFormat: 'text',
  qos: 0,
  retain: false,
  delaySeconds: 0,
  payloadIsUtf8: false,
  messageExpirySeconds: null,
  contentType: '',
  responseTopic: '',
  correlationDataBase64: '',
  userProperties: [],
}
