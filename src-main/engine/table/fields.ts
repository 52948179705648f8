import { fieldAt, type FieldPath } from '@shared/payload/field-path'
import { fromJsonForm } from '@shared/payload/read-json-form'

/** Larger payloads are not taken apart row by row: their fields stay empty. */
const MOST_BYTES = 1 << 20
/** Most characters of a field that a row shows. */
const MOST_CHARACTERS = 200

const decoder = new TextDecoder('utf-8', { fatal: true })
const FIRST_OF_JSON = /^\s*[[{]/
/** Digits that a double may not hold all of. */
const MANY_DIGITS = /\d{16}/

/** What a payload stands for; `isRead`: fields were looked for in it. In what is no JSON, or too long, they are not. */
export interface PayloadValue {
  readonly value: unknown
  readonly isRead: boolean
}

const NOTHING: PayloadValue = { value: undefined, isRead: true }
const NOT_READ: PayloadValue = { value: undefined, isRead: false }

/** JSON, a number, or text; nothing for other bytes, and for more than a row is worth. */
export function readPayload(payload: Uint8Array): PayloadValue {
  if (payload.byteLength === 0) return NOTHING
  if (payload.byteLength > MOST_BYTES) return NOT_READ
  let text: string
  try {
    text = decoder.decode(payload)
  } catch {
    return NOT_READ
  }
  if (!FIRST_OF_JSON.test(text)) return scalar(text.trim())
  try {
    const value: unknown = JSON.parse(text)
    if (!MANY_DIGITS.test(text)) return { value, isRead: true }
    const exact = fromJsonForm(text)
    return { value: exact.ok ? exact.value : value, isRead: true }
  } catch {
    return NOT_READ
  }
}

function scalar(text: string): PayloadValue {
  try {
    return { value: JSON.parse(text) as unknown, isRead: true }
  } catch {
    return { value: text, isRead: false }
  }
}

/** A field as a row shows it; null where there is none. */
export function fieldText(value: unknown, path: FieldPath): string | null {
  const text = textOf(fieldAt(value, path))
  return text === null || text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`
}

/** All of a field as text; null where there is none. */
export function textOf(field: unknown): string | null {
  switch (typeof field) {
    case 'string':
      return field
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(field)
    case 'object':
      return jsonOf(field)
    default:
      return null
  }
}

function jsonOf(field: object | null): string | null {
  try {
    return JSON.stringify(field, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  } catch {
    return null // nested too deep
  }
}
