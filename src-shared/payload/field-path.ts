import { z } from '@shared/schema'

/** Most steps of a path, and most characters of one key. */
export const MAX_FIELD_PATH_STEPS = 100
export const MAX_FIELD_KEY_LENGTH = 1_000

/** Where a field is in a structured value: keys and indexes from the outside in; empty: the value itself. */
export const fieldPathSchema = z
  .array(z.union([z.string().max(MAX_FIELD_KEY_LENGTH), z.number().int().min(0)]))
  .max(MAX_FIELD_PATH_STEPS)
  .readonly()
export type FieldPath = z.infer<typeof fieldPathSchema>

/** The field of `value` at `path`; undefined where there is none. A string goes into objects only, a number into arrays only. */
export function fieldAt(value: unknown, path: FieldPath): unknown {
  let field = value
  for (const step of path) {
    if (typeof field !== 'object' || field === null) return undefined
    if (Array.isArray(field) !== (typeof step === 'number') || !Object.hasOwn(field, step)) return undefined
    field = (field as Readonly<Record<string | number, unknown>>)[step]
  }
  return field
}

const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** A path to be read: `status.values[0]["odd key"]`; empty for the value itself. */
export function pathText(path: FieldPath): string {
  return path.map(stepText).join('')
}

function stepText(step: string | number, index: number): string {
  if (typeof step === 'number') return `[${step}]`
  if (!PLAIN_KEY.test(step)) return `[${JSON.stringify(step)}]`
  return index === 0 ? step : `.${step}`
}

/** Whether two paths lead to the same field. */
export function isSamePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}
