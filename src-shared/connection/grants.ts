import { qosSchema } from '@shared/mqtt/qos'
import { z } from '@shared/schema'

/**
 * What a broker of MQTT 5.0 granted in CONNACK, section 3.2.2.3; what it left out stands as the specification says it
 * then is. Texts are from outside.
 */
export const grantsSchema = z.strictObject({
  /** The client identifier in force. */
  clientId: z.string(),
  /** Whether the broker made it up [MQTT-3.2.2-16]. */
  clientIdAssigned: z.boolean(),
  sessionExpirySeconds: z.number(),
  keepaliveSeconds: z.number(),
  /** QoS 1 and 2 publishes the broker takes at a time. */
  receiveMaximum: z.number(),
  maximumQos: qosSchema,
  retainAvailable: z.boolean(),
  /** Null: no limit but the protocol's. */
  maximumPacketBytes: z.number().nullable(),
  topicAliasMaximum: z.number(),
  wildcardsAvailable: z.boolean(),
  subscriptionIdentifiersAvailable: z.boolean(),
  sharedSubscriptionsAvailable: z.boolean(),
  responseInformation: z.string().nullable(),
  serverReference: z.string().nullable(),
  reasonString: z.string().nullable(),
  userProperties: z.array(z.strictObject({ name: z.string(), value: z.string() })),
})
export type Grants = z.infer<typeof grantsSchema>
