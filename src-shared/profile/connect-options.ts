import { mqttStringSchema, userPropertiesSchema } from '@shared/mqtt/mqtt-string'
import { z } from '@shared/schema'

/** A session that never expires [3.1.2.11.2]. */
export const SESSION_NEVER_EXPIRES = 0xffff_ffff

/** The session a client that starts anew each time needs: it ends with the network connection. */
export const NO_SESSION_EXPIRY_SECONDS = 0

/** What a client that wants its session back asks for, unless told otherwise. */
export const DEFAULT_SESSION_EXPIRY_SECONDS = 3_600

/** What CONNECT of MQTT 5.0 can say beyond that of 3.1.1, section 3.1.2.11; without effect in older versions. */
export const connectOptionsSchema = z.strictObject({
  /** How long the broker keeps the session once the network connection is gone. */
  sessionExpirySeconds: z.number().int().min(0).max(SESSION_NEVER_EXPIRES),
  /** QoS 1 and 2 messages we take at a time before we acknowledge; null: 65,535, the default of MQTT. */
  receiveMaximum: z.number().int().min(1).max(65_535).nullable(),
  /** Topic aliases the broker may use towards us. */
  topicAliasMaximum: z.number().int().min(0).max(65_535),
  /** Whether we shorten topics by aliases, as far as the broker allows. */
  sendTopicAliases: z.boolean(),
  requestResponseInformation: z.boolean(),
  requestProblemInformation: z.boolean(),
  userProperties: userPropertiesSchema,
  /** Name of an extended authentication; empty: none. */
  authenticationMethod: mqttStringSchema,
})
export type ConnectOptions = z.infer<typeof connectOptionsSchema>

export const DEFAULT_CONNECT_OPTIONS: ConnectOptions = {
  sessionExpirySeconds: NO_SESSION_EXPIRY_SECONDS,
  receiveMaximum: null,
  topicAliasMaximum: 0,
  sendTopicAliases: false,
  requestResponseInformation: false,
  requestProblemInformation: true,
  userProperties: [],
  authenticationMethod: '',
}
