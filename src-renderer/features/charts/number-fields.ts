import { MAX_UNIT_LENGTH } from '@shared/charts/dashboard'
import { MAX_FIELD_KEY_LENGTH, MAX_FIELD_PATH_STEPS, type FieldPath } from '@shared/payload/field-path'
import { isNumeric } from '@shared/payload/number-of'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { numberText } from './number-text'

/** Most fields that are offered. */
export const MAX_OFFERED_FIELDS = 200
/** JSON of more characters is not looked through on the page. */
const MAX_SEARCHED_LENGTH = 512 * 1024

/** Names of what a `unit` beside it is about. */
const MEASURED: ReadonlySet<string> = new Set(['value', 'val', 'v', 'reading', 'measurement'])

/** A field that can be charted. */
export interface NumberField {
  readonly path: FieldPath
  /** What it is now: `71.42`, `true`. */
  readonly text: string
  /** What the object it is in says of its unit; empty for nothing. */
  readonly unit: string
}

export interface NumberFields {
  readonly fields: readonly NumberField[]
  /** Whether there may be more than these. */
  readonly isPartial: boolean
}

/** The fields of a payload that have a number, in the order they come. */
export function numberFieldsOf({ body, shownBytes, unwrappedBytes }: RenderedPayload): NumberFields {
  if (body.kind !== 'text') return { fields: [], isPartial: false }
  if (shownBytes < unwrappedBytes || body.text.length > MAX_SEARCHED_LENGTH) return { fields: [], isPartial: true }
  if (body.language !== 'json') return { fields: isNumeric(body.text) ? [{ path: [], text: numberText(Number(body.text)), unit: '' }] : [], isPartial: false }
  try {
    return fieldsIn(JSON.parse(body.text))
  } catch {
    return { fields: [], isPartial: false }
  }
}

function fieldsIn(value: unknown): NumberFields {
  const fields: NumberField[] = []
  const visit = (field: unknown, path: FieldPath, unit: string): void => {
    if (fields.length > MAX_OFFERED_FIELDS || path.length > MAX_FIELD_PATH_STEPS) return
    if (typeof field === 'boolean') fields.push({ path, text: String(field), unit: '' })
    else if (typeof field === 'number' || (typeof field === 'string' && isNumeric(field))) fields.push({ path, text: numberText(Number(field)), unit })
    else if (Array.isArray(field)) field.forEach((item: unknown, index) => visit(item, [...path, index], ''))
    else if (typeof field === 'object' && field !== null) {
      const said = unitIn(field)
      for (const [key, item] of Object.entries(field)) {
        if (key.length <= MAX_FIELD_KEY_LENGTH) visit(item, [...path, key], MEASURED.has(key.toLowerCase()) ? said : '')
      }
    }
  }
  visit(value, [], '')
  return { fields: fields.slice(0, MAX_OFFERED_FIELDS), isPartial: fields.length > MAX_OFFERED_FIELDS }
}

function unitIn(value: object): string {
  const unit: unknown = 'unit' in value ? value.unit : ''
  return typeof unit === 'string' && unit.length <= MAX_UNIT_LENGTH ? unit : ''
}
