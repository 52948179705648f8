import { mqttStringSchema } from '@shared/mqtt/mqtt-string'
import { utf8StringFault } from '@shared/mqtt/utf8-string'
import { z } from '@shared/schema'
import { hostSchema, portSchema } from './address'
import { connectOptionsSchema } from './connect-options'
import { headerNameSchema, headerNamesSchema, headerValueSchema, MAX_HEADERS } from './header'
import { proxySchema } from './proxy'
import { MAX_SUBSCRIPTIONS, subscriptionSchema } from './subscription'
import { tlsSchema } from './tls'
import { willSchema } from './will'

/** How MQTT packets travel. */
export const protocolSchema = z.enum(['mqtt', 'mqtts', 'ws', 'wss'])
export type Protocol = z.infer<typeof protocolSchema>

/** `automatic` asks for 5.0 and falls back to 3.1.1 when the broker refuses the version. */
export const mqttVersionSchema = z.enum(['automatic', '5.0', '3.1.1', '3.1'])
export type MqttVersionChoice = z.infer<typeof mqttVersionSchema>

/** Binary data in MQTT [MQTT-3.1.3.6], so NUL is welcome; we send its UTF-8 form. */
const mqttPassword = z.string().min(1).refine((text) => utf8StringFault(text.replaceAll('\0', '0')) === null)

/**
 * What the secret called password is: that of a user, or the connection string of a device of Azure IoT Hub, from which
 * user name, client identifier and a short-lived password are made.
 */
export const credentialsSchema = z.enum(['password', 'azure-connection-string'])
export type Credentials = z.infer<typeof credentialsSchema>

/** Another broker to try when the one before it cannot be reached; all else is as for the first. */
export const alternateSchema = z.strictObject({ host: hostSchema, port: portSchema })
export type Alternate = z.infer<typeof alternateSchema>

/** Most brokers to fall back on. */
export const MAX_ALTERNATES = 20

/** Largest MQTT packet there can be [MQTT-2.1.4]. */
export const MAX_PACKET_BYTES = 268_435_460

/** What the user edits: a profile without its identity and its password. */
export const profileDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  protocol: protocolSchema,
  /** The folder of the list it stands in; empty: none. */
  group: z.string().trim().max(100),
  host: hostSchema,
  port: portSchema,
  /** Tried in this order when the broker before cannot be reached. */
  alternates: z.array(alternateSchema).max(MAX_ALTERNATES),
  /** Whether to go back to the first broker as soon as it can be reached again. */
  returnToPreferred: z.boolean(),
  /** The path of the WebSocket address; used by ws and wss only. */
  path: z.string().max(1_000).regex(/^\/\S*$/),
  /** Of further headers of the WebSocket handshake; their values are a secret. Used by ws and wss only. */
  headerNames: headerNamesSchema,
  proxy: proxySchema,
  tls: tlsSchema,
  mqttVersion: mqttVersionSchema,
  clientId: mqttStringSchema,
  credentials: credentialsSchema,
  username: mqttStringSchema,
  /** Clean Start of MQTT 5.0, Clean Session of 3.1.1. */
  cleanStart: z.boolean(),
  keepaliveSeconds: z.number().int().min(0).max(65_535),
  connectTimeoutSeconds: z.number().int().min(1).max(300),
  /** Attempts in a row before giving up; null tries for ever. */
  maxConnectAttempts: z.number().int().min(1).max(10_000).nullable(),
  /** Larger packets are refused rather than read into memory; MQTT 5.0 brokers are told [MQTT-3.1.2-24]. */
  maximumPacketBytes: z.number().int().min(1_024).max(MAX_PACKET_BYTES),
  connectOptions: connectOptionsSchema,
  will: willSchema.nullable(),
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
  /** The same of the data of the authentication method. */
  authenticationDataStorage: passwordStorageSchema,
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
