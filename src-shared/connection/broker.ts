import { z } from '@shared/schema'
import { failureSchema } from './failure'

/** One of the brokers a profile lists, in the order they are tried. */
export const brokerSchema = z.strictObject({
  /** `mqtt://host:port`, without credentials. */
  address: z.string(),
  /** From 0: the preferred one. */
  index: z.number().int().min(0),
  /** How many the profile lists. */
  count: z.number().int().min(1),
})
export type Broker = z.infer<typeof brokerSchema>

/** What came of trying a broker. */
export const brokerFailureSchema = z.strictObject({ broker: brokerSchema, failure: failureSchema })
export type BrokerFailure = z.infer<typeof brokerFailureSchema>
