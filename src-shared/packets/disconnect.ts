import { z } from '@shared/schema'

const reason = { reasonCode: z.number().int(), brokerReason: z.string().nullable() }

/** What, of all that is known, ended a connection. */
export const disconnectCauseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user') }),
  /** CONNACK with a reason code in MQTT 5.0 numbering. */
  z.strictObject({ kind: z.literal('refused'), ...reason }),
  /** DISCONNECT from the broker. */
  z.strictObject({ kind: z.literal('broker-disconnect'), ...reason }),
  /** We ended it: the broker sent what the specification forbids. */
  z.strictObject({ kind: z.literal('violation'), what: z.string() }),
  /** We ended it: a PINGREQ had no answer; `waitedMs` since it was sent, null when its sending was not logged. */
  z.strictObject({ kind: z.literal('no-pingresp'), waitedMs: z.number().nullable(), keepAliveSeconds: z.number().nullable() }),
  /** We ended it: CONNECT had no answer. */
  z.strictObject({ kind: z.literal('no-connack') }),
  /** We ended it: the broker wanted more steps of an extended authentication than we know. */
  z.strictObject({ kind: z.literal('authentication-continues'), method: z.string() }),
  /** We did not even begin: this version, `MQTT 3.1.1`, needs a client identifier. */
  z.strictObject({ kind: z.literal('no-client-id'), version: z.string() }),
  /** No network connection came about. */
  z.strictObject({ kind: z.literal('not-opened'), detail: z.string() }),
  /** The broker closed the network connection. */
  z.strictObject({ kind: z.literal('closed') }),
  /** The network connection broke. */
  z.strictObject({ kind: z.literal('broken'), detail: z.string() }),
])
export type DisconnectCause = z.infer<typeof disconnectCauseSchema>

/** What the last packet sent has that the broker, by its CONNACK, does not take. */
export const breachSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('maximum-packet-size'), limit: z.number().int() }),
  z.strictObject({ kind: z.literal('maximum-qos'), limit: z.number().int() }),
  z.strictObject({ kind: z.literal('retain') }),
])
export type Breach = z.infer<typeof breachSchema>

/** Why a connection ended, as far as the packet log knows. */
export const disconnectSchema = z.strictObject({
  atMs: z.number(),
  /** Between CONNACK and the end; null when there was no CONNACK, or it came before the log was on. */
  onlineMs: z.number().nullable(),
  cause: disconnectCauseSchema,
  lastSent: z
    .strictObject({
      name: z.string(),
      topic: z.string().nullable(),
      bytes: z.number().int(),
      /** Before the end. */
      agoMs: z.number(),
      /** Whether nothing was received after it. */
      isNewest: z.boolean(),
      breach: breachSchema.nullable(),
    })
    .nullable(),
})
export type Disconnect = z.infer<typeof disconnectSchema>
