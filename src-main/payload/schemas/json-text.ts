import type { SchemaProblem } from '@shared/schemas/schema-file'
import { jsonFault } from '../json-fault'
import { placeOf } from './text-place'

/** What is wrong with a text as JSON. */
export function jsonProblems(text: string): SchemaProblem[] {
  const fault = jsonFault(text)
  if (fault === null) return []
  const { detail, offset } = fault
  return [{ kind: 'malformed', detail, ...(offset === null ? { line: null, column: null } : placeOf(text, offset)) }]
}
