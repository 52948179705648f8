import { fieldAt, type FieldPath } from '@shared/payload/field-path'
import { numberOf } from '@shared/payload/number-of'
import type { ChosenReading, MessagePayload } from '../payload-api'
import { structuredValue } from './structured-value'

/** The number at each path of the value a message stands for; null for none. */
export function numbersIn(message: MessagePayload, chosen: ChosenReading, paths: readonly FieldPath[]): (number | null)[] {
  const read = structuredValue(message, chosen)
  return paths.map((path) => (read.ok ? numberOf(fieldAt(read.value, path)) : null))
}
