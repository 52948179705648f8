import { z } from '@shared/schema'
import { accessSchema, brokerVersionSchema, type Question } from '../question'

/** Most cases of a document. */
export const MAX_EXPECTATIONS = 100_000

/** A name or topic; more than an MQTT string holds is no topic and says so when it is run. */
const textSchema = z.string().max(65_535)

/** What somebody expects a client to be allowed, or not. */
export const expectationSchema = z.strictObject({
  /** Null: a client without a user name. */
  user: textSchema.nullable().default(null),
  client: textSchema.default(''),
  access: accessSchema,
  topic: textSchema,
  expect: z.enum(['allowed', 'denied']),
  /** The line that is to decide it, from 1. */
  line: z.int().positive().optional(),
  note: z.string().max(1_000).optional(),
})
export type Expectation = z.infer<typeof expectationSchema>

/** Expectations of one file, as they are saved beside it. */
export const expectationsSchema = z.strictObject({
  /** Where the file is, from the folder of the expectations. */
  acl: z.string().min(1).max(4_096).optional(),
  version: brokerVersionSchema.default('2.0'),
  cases: z.array(expectationSchema).max(MAX_EXPECTATIONS),
})
export type Expectations = z.infer<typeof expectationsSchema>

export const questionOf = ({ user, client, access, topic }: Expectation): Question => ({ username: user, clientId: client, access, topic })
