import { mqttStringSchema, userPropertySchema } from '@shared/mqtt/mqtt-string'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'

/** Most user properties of a message; a received one may have more, and is then not sent as it was. */
export const MAX_MESSAGE_USER_PROPERTIES = 1_000

const correlationDataSchema = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 0xffff)

/** What goes with a PUBLISH of MQTT 5.0 [3.3.2.3]; null: not said. Brokers of 3.1.1 get none of it. */
export const publishPropertiesSchema = z.strictObject({
  /** 1: the payload is UTF-8; 0: unspecified bytes [MQTT-3.3.2-4]. */
  payloadFormatIndicator: z.union([z.literal(0), z.literal(1)]).nullable(),
  messageExpirySeconds: z.number().int().min(0).max(0xffff_ffff).nullable(),
  contentType: mqttStringSchema.nullable(),
  responseTopic: topicNameSchema.nullable(),
  correlationData: correlationDataSchema.nullable(),
  userProperties: z.array(userPropertySchema).max(MAX_MESSAGE_USER_PROPERTIES),
  /** Whether a topic alias may stand for the topic, where the broker takes aliases. */
  mayUseTopicAlias: z.boolean(),
})
export type PublishProperties = z.infer<typeof publishPropertiesSchema>

export const NO_PUBLISH_PROPERTIES: PublishProperties = {
  payloadFormatIndicator: null,
  messageExpirySeconds: null,
  contentType: null,
  responseTopic: null,
  correlationData: null,
  userProperties: [],
  mayUseTopicAlias: true,
}
