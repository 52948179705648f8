import { fieldAt, type FieldPath } from './field-path'

/** A field as it goes from one thread to another: an array or object is its JSON, an integer that no double holds its digits; null: there is no such field. */
export type FieldValue = string | number | boolean | null

/** The fields of one message, in the order they were asked for; null: its payload could not be looked into. */
export type FieldValues = readonly FieldValue[] | null

/** The fields of a value; of a longer text there are `mostCharacters`, and an ellipsis. */
export function fieldValuesOf(value: unknown, paths: readonly FieldPath[], mostCharacters: number): FieldValue[] {
  return paths.map((path) => {
    const field = fieldValueOf(fieldAt(value, path))
    return typeof field === 'string' && field.length > mostCharacters ? `${field.slice(0, mostCharacters)}…` : field
  })
}

function fieldValueOf(field: unknown): FieldValue {
  switch (typeof field) {
    case 'string':
    case 'number':
    case 'boolean':
      return field
    case 'bigint':
      return String(field)
    case 'object':
      return jsonOf(field)
    default:
      return null
  }
}

function jsonOf(field: object | null): string | null {
  try {
    return JSON.stringify(field)
  } catch {
    return null // nested too deep
  }
}

/** A field as text; null where there is none. */
export function fieldText(field: FieldValue): string | null {
  return field === null ? null : String(field)
}
