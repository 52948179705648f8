import { qosSchema, type QoS } from '@shared/mqtt/qos'
import { topicFilterSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'

/** Largest Subscription Identifier: a Variable Byte Integer [3.8.2.1.2]. */
export const MAX_SUBSCRIPTION_IDENTIFIER = 268_435_455

/** When the broker sends the retained messages of a filter: always, only to a new subscription, never [3.8.3.1]. */
export const retainHandlingSchema = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type RetainHandling = z.infer<typeof retainHandlingSchema>

/** Subscription options of MQTT 5.0, section 3.8.3.1; without effect in older versions. */
export const subscriptionOptionsSchema = z.strictObject({
  /** Whether our own messages shall not come back; an error on a shared subscription [MQTT-3.8.3-4]. */
  noLocal: z.boolean(),
  retainAsPublished: z.boolean(),
  retainHandling: retainHandlingSchema,
  /** The number the broker puts on messages of this filter; null: none. */
  identifier: z.number().int().min(1).max(MAX_SUBSCRIPTION_IDENTIFIER).nullable(),
})
export type SubscriptionOptions = z.infer<typeof subscriptionOptionsSchema>

export const DEFAULT_SUBSCRIPTION_OPTIONS: SubscriptionOptions = {
  noLocal: false,
  retainAsPublished: false,
  retainHandling: 0,
  identifier: null,
}

/** A topic filter and how it is subscribed; without options, as MQTT 3.1.1 would. */
export const subscriptionSchema = z
  .strictObject({
    filter: topicFilterSchema,
    qos: qosSchema,
    options: subscriptionOptionsSchema.optional(),
  })
  .refine(({ filter, options }) => !(isShared(filter) && options?.noLocal === true), { path: ['options', 'noLocal'] })
export type Subscription = z.infer<typeof subscriptionSchema>

/** Whether a topic filter is that of a shared subscription: `$share/group/filter` [4.8.2]. */
export function isShared(filter: string): boolean {
  return filter.startsWith('$share/')
}

/** A subscription, with its options only where they say more than leaving them out does. */
export function subscriptionOf(filter: string, qos: QoS, options: SubscriptionOptions): Subscription {
  const { noLocal, retainAsPublished, retainHandling, identifier } = options
  const isPlain = !noLocal && !retainAsPublished && retainHandling === 0 && identifier === null
  return isPlain ? { filter, qos } : { filter, qos, options }
}

/** Most topic filters of one profile. */
export const MAX_SUBSCRIPTIONS = 500
