import { qosSchema } from '@shared/mqtt/qos'
import { outboxCountsSchema } from '@shared/message/outbox'
import { subscriptionSchema } from '@shared/profile/subscription'
import { z } from '@shared/schema'
import { askedSchema } from './asked'
import { brokerFailureSchema, brokerSchema } from './broker'
import { failureSchema } from './failure'
import { grantsSchema } from './grants'
import { verifiedBySchema } from './tls-peer'

export const connectionIdSchema = z.uuid()

const failedRound = {
  /** The newest failure, and the broker it is about. */
  failure: failureSchema,
  broker: brokerSchema,
  /** What each broker that cannot be used said last, the newest included, in the order of the profile. */
  failures: z.array(brokerFailureSchema),
}

/** The life of a connection: `offline → connecting → online → reconnecting → failed`. */
export const connectionStatusSchema = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('offline') }),
  z.strictObject({
    phase: z.literal('connecting'),
    /** The number of the round through the profile's brokers; with a single broker, of the attempt. */
    attempt: z.number().int().min(1),
    /** The one being tried. */
    broker: brokerSchema,
    /** What was tried before, in this round or the last, and why it failed. */
    lastFailure: brokerFailureSchema.nullable(),
  }),
  z.strictObject({
    phase: z.literal('online'),
    broker: brokerSchema,
    /** Null on the preferred broker. */
    alternate: z
      .strictObject({
        /** Why it is not one of those before it. */
        failures: z.array(brokerFailureSchema),
        /** Whether the preferred broker is looked after, to go back to it. */
        returnsByItself: z.boolean(),
      })
      .nullable(),
    sinceMs: z.number(),
    mqttVersion: z.enum(['5.0', '3.1.1', '3.1']),
    /** Whether 5.0 was asked for first and refused. */
    fellBack: z.boolean(),
    /** Whether the broker still had this client's session [MQTT-3.2.2-2]. */
    sessionPresent: z.boolean(),
    /** What CONNACK said of the rest; null before MQTT 5.0, where it says no more. */
    grants: grantsSchema.nullable(),
  }),
  z.strictObject({
    phase: z.literal('reconnecting'),
    /** The number of the round to come, counted since the connection was last online for a while. */
    attempt: z.number().int().min(1),
    nextAttemptAtMs: z.number(),
    ...failedRound,
  }),
  z.strictObject({ phase: z.literal('failed'), ...failedRound, attempts: z.number().int() }),
])
export type ConnectionStatus = z.infer<typeof connectionStatusSchema>

/** A topic filter and what the broker said of it. */
export const subscriptionStateSchema = subscriptionSchema.safeExtend({
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('waiting') }), // not asked yet, or not answered yet
    z.strictObject({ kind: z.literal('granted'), qos: qosSchema }),
    z.strictObject({ kind: z.literal('refused'), reasonCode: z.number().int() }),
  ]),
})
export type SubscriptionState = z.infer<typeof subscriptionStateSchema>

/** Where a connection's parameters come from. */
export const connectionSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('profile'), profileId: z.uuid() }),
  z.strictObject({ kind: z.literal('command-line') }),
  z.strictObject({ kind: z.literal('demo') }),
])
export type ConnectionSource = z.infer<typeof connectionSourceSchema>

/** One tab: what the page knows of a connection. */
export const connectionSchema = z.strictObject({
  id: connectionIdSchema,
  name: z.string(),
  source: connectionSourceSchema,
  /** `mqtt://host:port`, without credentials. */
  address: z.string(),
  /** Through what it goes, in the order it is tried: proxies, as `socks5://host:port`, or `direct`; null: not known yet. */
  routes: z.array(z.string()).nullable(),
  /** What is checked of the server's certificate; null without TLS. */
  tlsChecks: z
    .strictObject({
      certificate: z.boolean(),
      hostName: z.boolean(),
      /** What came of it; null while there is no connection. */
      verifiedBy: verifiedBySchema.nullable(),
    })
    .nullable(),
  username: z.string(),
  clientId: z.string(),
  /** What CONNECT asks the broker for, or asked of the connection there is. */
  asked: askedSchema,
  status: connectionStatusSchema,
  subscriptions: z.array(subscriptionStateSchema),
  outbox: outboxCountsSchema,
  /** Whether the views are frozen; ingest goes on. */
  paused: z.boolean(),
})
export type Connection = z.infer<typeof connectionSchema>
