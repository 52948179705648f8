import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import { topicFilterSchema } from '@shared/mqtt/topic-schema'
import { readingSchema, schemaIdSchema } from '@shared/payload/reading'
import { z } from '@shared/schema'

/** Most rules of a kind; they are gone through for each payload that is looked at. */
export const MAX_RULES = 500

/** Payloads of topics that match are read like this. */
export const decoderRuleSchema = z.strictObject({ filter: topicFilterSchema, reading: readingSchema })
export type DecoderRule = z.infer<typeof decoderRuleSchema>

/** JSON for topics that match should be valid by this JSON Schema. */
export const validationRuleSchema = z.strictObject({ filter: topicFilterSchema, schemaId: schemaIdSchema })
export type ValidationRule = z.infer<typeof validationRuleSchema>

/** The user's rules of a profile. Of several that match a topic the first one counts. */
export const payloadRulesSchema = z.strictObject({
  decoders: z.array(decoderRuleSchema).max(MAX_RULES),
  validations: z.array(validationRuleSchema).max(MAX_RULES),
})
export type PayloadRules = z.infer<typeof payloadRulesSchema>

export const NO_RULES: PayloadRules = { decoders: [], validations: [] }

/** The rule that counts for a topic; null: none matches. */
export function ruleFor<Rule extends { readonly filter: string }>(rules: readonly Rule[], topic: string): Rule | null {
  const levels = topic.split('/')
  return rules.find(({ filter }) => matchesFilter(compileFilter(filter), levels)) ?? null
}
