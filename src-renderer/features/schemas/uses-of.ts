import type { PayloadRules } from '@shared/schemas/payload-rules'

/** The topic filters of the rules that name a schema. */
export function usesOf(schemaId: string, { decoders, validations }: PayloadRules): string[] {
  const decoding = decoders.filter(({ reading: { format } }) => format !== null && 'schemaId' in format && format.schemaId === schemaId)
  const validating = validations.filter((rule) => rule.schemaId === schemaId)
  return [...new Set([...decoding, ...validating].map(({ filter }) => filter))]
}
