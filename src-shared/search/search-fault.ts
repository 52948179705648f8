import type { TopicFault } from '@shared/mqtt/topic'
import { z } from '@shared/schema'
import { MAX_SEARCH_LENGTH } from './search'

const operatorNameSchema = z.enum(['payload', 'since', 'rate', 'size', 'messages', 'retained'])
/** The words that say what to look at, followed by a sign and a value (`retained` by nothing). */
export type OperatorName = z.infer<typeof operatorNameSchema>

const TOPIC_FAULTS = [
  ...(['empty', 'nul', 'ill-formed', 'too-long', 'wildcard'] as const),
  ...(['plus-not-alone', 'hash-not-alone', 'hash-not-last', 'share-name'] as const),
] satisfies readonly TopicFault[]

/** The term a fault is about, as it was written. */
const text = z.string().max(MAX_SEARCH_LENGTH)

/** Why a text cannot be searched for. */
export const searchFaultSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('too-long') }),
  z.strictObject({ code: z.literal('too-many-terms') }),
  z.strictObject({ code: z.literal('topic-filter'), text, fault: z.enum(TOPIC_FAULTS) }),
  /** `detail` is the engine's own word for it, in English. */
  z.strictObject({ code: z.literal('regex'), text, detail: z.string().max(MAX_SEARCH_LENGTH) }),
  z.strictObject({ code: z.literal('regex-too-long'), text }),
  /** Short to write, but with repetitions that make it too long to run. */
  z.strictObject({ code: z.literal('regex-too-big'), text }),
  /** The operator does not go with that sign. */
  z.strictObject({ code: z.literal('sign'), text, operator: operatorNameSchema }),
  z.strictObject({ code: z.literal('no-value'), text, operator: operatorNameSchema }),
  z.strictObject({ code: z.literal('value'), text, operator: operatorNameSchema }),
  /** A field is to be compared, but not with anything yet. */
  z.strictObject({ code: z.literal('half-comparison'), text, field: text }),
  /** The operator asks of topics what a message alone does not have. */
  z.strictObject({ code: z.literal('of-topics'), text, operator: operatorNameSchema }),
])
export type SearchFault = z.infer<typeof searchFaultSchema>
