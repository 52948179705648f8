import { certificatePurposeSchema } from '@shared/profile/tls'
import { z } from '@shared/schema'

/** Longest text a remark repeats of what was read. */
const MAX_QUOTED = 200

const shown = z.string().max(MAX_QUOTED + 1)

/** Why an option of a command has no place in a profile. */
export const ignoredReasonSchema = z.enum(['printing', 'ending', 'publishing', 'network', 'tls', 'property', 'unknown'])
export type IgnoredReason = z.infer<typeof ignoredReasonSchema>

/** Something that does not come along with an imported profile, or not as it was, and why. Never holds a secret. */
export const remarkSchema = z.discriminatedUnion('code', [
  /** A value that is not valid: the default stands in its place. */
  z.strictObject({ code: z.literal('value-unusable'), field: shown }),
  /** A value this version does not know. */
  z.strictObject({ code: z.literal('value-unknown'), field: shown }),
  z.strictObject({ code: z.literal('filter-unusable'), filter: shown }),
  z.strictObject({ code: z.literal('filter-disabled'), filter: shown }),
  z.strictObject({ code: z.literal('filters-left-out'), count: z.number().int() }),
  z.strictObject({ code: z.literal('will-unusable') }),
  z.strictObject({ code: z.literal('secret-unusable'), name: shown }),
  z.strictObject({
    code: z.enum(['file-missing', 'file-unreadable', 'file-unusable', 'file-relative', 'file-network', 'file-not-included']),
    purpose: certificatePurposeSchema,
    file: shown,
  }),
  z.strictObject({ code: z.literal('option-ignored'), option: shown, reason: ignoredReasonSchema }),
  z.strictObject({ code: z.literal('option-value'), option: shown }),
  z.strictObject({ code: z.literal('variable'), option: shown }),
  z.strictObject({ code: z.literal('words-ignored'), count: z.number().int() }),
  z.strictObject({
    code: z.enum(['client-id-completed', 'tls-version-raised', 'retry-period', 'authentication-data', 'not-verified', 'pinned']),
  }),
])
export type Remark = z.infer<typeof remarkSchema>

/** Why a profile cannot come in at all. */
export const obstacleSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.enum(['not-a-profile', 'host-missing', 'host-unusable', 'unix-socket', 'pre-shared-key', 'command-broken']) }),
  z.strictObject({ code: z.literal('protocol-unknown'), protocol: shown }),
])
export type Obstacle = z.infer<typeof obstacleSchema>

/** Text of others, short enough to be repeated. */
export function quoted(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text
}
