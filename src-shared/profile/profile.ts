import { qosSchema } from '@shared/mqtt/qos'
import { topicFilterSchema } from '@shared/mqtt/topic-schema'
import { utf8StringFault } from '@shared/mqtt/utf8-string'
import { z } from '@shared/schema'
import { headerNameSchema, headerNamesSchema, headerValueSchema, MAX_HEADERS } from './header'
import { proxySchema } from './proxy'
import { tlsSchema } from './tls'

/** How MQTT packets travel. */
export const protocolSchema = z.enum(['mqtt', 'mqtts', 'ws', 'wss'])
export type Protocol = z.infer<typeof protocolSchema>

/** `automatic` asks for 5.0 and falls back to 3.1.1 when the broker refuses the version. */
export const mqttVersionSchema = z.enum(['automatic', '5.0', '3.1.1'])
export type MqttVersionChoice = z.infer<typeof mqttVersionSchema>

export const subscriptionSchema = z.strictObject({ filter: topicFilterSchema, qos: qosSchema })
export type Subscription = z.infer<typeof subscriptionSchema>

/** Most topic filters of one profile. */
export const MAX_SUBSCRIPTIONS = 500

const mqttString = z.string().refine((text) => utf8StringFault(text) === null)

/** Binary data in MQTT [MQTT-3.1.3.6], so NUL is welcome; we send its UTF-8 form. */
const mqttPassword = z.string().min(1).refine((text) => utf8StringFault(text.replaceAll('\0', '0')) === null)

/** What the user edits: a profile without its identity and its password. */
export const profileDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  protocol: protocolSchema,
  host: z.string().trim().min(1).max(253).regex(/^[^\s/@?#]+$/),
  port: z.number().int().min(1).max(65_535),
  /** The path of the WebSocket address; used by ws and wss only. */
  path: z.string().max(1_000).regex(/^\/\S*$/),
  /** Of further headers of the WebSocket handshake; their values are a secret. Used by ws and wss only. */
  headerNames: headerNamesSchema,
  proxy: proxySchema,
  tls: tlsSchema,
  mqttVersion: mqttVersionSchema,
  clientId: mqttString,
  username: mqttString,
  /** Clean Start of MQTT 5.0, Clean Session of 3.1.1. */
  cleanStart: z.boolean(),
  keepaliveSeconds: z.number().int().min(0).max(65_535),
  connectTimeoutSeconds: z.number().int().min(1).max(300),
  /** Attempts in a row before giving up; null tries for ever. */
  maxConnectAttempts: z.number().int().min(1).max(10_000).nullable(),
  subscriptions: z.array(subscriptionSchema).max(MAX_SUBSCRIPTIONS),
})
export type ProfileDraft = z.infer<typeof profileDraftSchema>

/** Where a profile's password is: nowhere, encrypted by the system, in memory until the app closes, or in plain text. */
export const passwordStorageSchema = z.enum(['none', 'encrypted', 'session', 'plain'])
export type PasswordStorage = z.infer<typeof passwordStorageSchema>

/** A profile as the page knows it: everything but the password. */
export const profileSchema = profileDraftSchema.extend({
  id: z.uuid(),
  passwordStorage: passwordStorageSchema,
  /** The same of the passphrase of the private key or PKCS#12 file. */
  passphraseStorage: passwordStorageSchema,
  /** The same of the password at the proxy. */
  proxyPasswordStorage: passwordStorageSchema,
  /** The same of the values of the headers. */
  headersStorage: passwordStorageSchema,
})
export type Profile = z.infer<typeof profileSchema>

/** What to do with a profile's password when the profile is saved. */
export const passwordChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('clear') }),
  z.strictObject({
    kind: z.literal('set'),
    password: mqttPassword,
    storage: passwordStorageSchema.exclude(['none']),
  }),
])
export type PasswordChange = z.infer<typeof passwordChangeSchema>

/** What to do with the values of a profile's headers when the profile is saved. */
export const headersChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({
    kind: z.literal('set'),
    /** A value of null is the stored one; what is not named here goes. */
    values: z.array(z.strictObject({ name: headerNameSchema, value: headerValueSchema.nullable() })).max(MAX_HEADERS),
    storage: passwordStorageSchema.exclude(['none']),
  }),
])
export type HeadersChange = z.infer<typeof headersChangeSchema>

/** The conventional ports: 1883 and 8883 [MQTT-4.2]; for WebSocket 9001, as on Mosquitto, and that of HTTPS. */
export const DEFAULT_PORTS: Readonly<Record<Protocol, number>> = { mqtt: 1883, mqtts: 8883, ws: 9001, wss: 443 }

export function usesTls(protocol: Protocol): boolean {
  return protocol === 'mqtts' || protocol === 'wss'
}

export function usesWebSocket(protocol: Protocol): boolean {
  return protocol === 'ws' || protocol === 'wss'
}
