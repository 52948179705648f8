import type { FieldPath } from '@shared/payload/field-path'
import { fieldValuesOf, type FieldValues } from '@shared/payload/field-value'
import type { ChosenReading, MessagePayload } from '../payload-api'
import { structuredValue } from './structured-value'

/** So that messages that take long, though not too long, one by one, are not too long together. */
const TIME_MS = 1_000

/** The fields of each message, until the time is up; `at` tells which is being read. Null: the message has no fields to be looked at. */
export function fieldsIn(messages: readonly MessagePayload[], chosen: ChosenReading, paths: readonly FieldPath[], mostCharacters: number, at: Int32Array): FieldValues[] {
  const untilMs = performance.now() + TIME_MS
  const fields: FieldValues[] = []
  for (const message of messages) {
    Atomics.store(at, 0, fields.length)
    const read = structuredValue(message, chosen)
    fields.push(read.ok ? fieldValuesOf(read.value, paths, mostCharacters) : null)
    if (performance.now() >= untilMs) break
  }
  return fields
}
