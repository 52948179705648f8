import { z } from '@shared/schema'
import { utf8StringFault } from './utf8-string'

/** A UTF-8 string a packet can carry [MQTT-1.5.4]; may be empty. */
export const mqttStringSchema = z.string().refine((text) => utf8StringFault(text) === null)

/** Most user properties one packet of ours carries. */
export const MAX_USER_PROPERTIES = 50

/** A User Property: a pair of strings whose meaning is the user's, names may repeat [MQTT-3.1.2.11.8]. */
export const userPropertySchema = z.strictObject({ name: mqttStringSchema, value: mqttStringSchema })
export type UserProperty = z.infer<typeof userPropertySchema>

export const userPropertiesSchema = z.array(userPropertySchema).max(MAX_USER_PROPERTIES)
