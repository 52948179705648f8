/** What others will find hard in a payload. */
export type DesignNote = 'numbers-as-text' | 'no-timestamp' | 'no-unit'

/** Longer payloads are not looked at, in characters. */
const MAX_LENGTH = 64 * 1_024
const MAX_DEPTH = 4

const VALUE = /^(?:value|val|reading|measurement)$/i
const TIME = /^(?:t|ts|at|date|when)$|time|_at$|date/i
const UNIT = /unit|uom/i
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** Notes on a JSON object that looks like a measurement; none on any other payload. */
export function designNotes(text: string): DesignNote[] {
  if (text.length > MAX_LENGTH || !/^\s*\{/.test(text)) return []
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const names = Object.keys(value)
  const kinds = kindsIn(value, 0)
  const isMeasurement = names.some((name) => VALUE.test(name))
  return [
    ...(kinds.has('number') && kinds.has('number-as-text') ? (['numbers-as-text'] as const) : []),
    ...(isMeasurement && !names.some((name) => TIME.test(name)) ? (['no-timestamp'] as const) : []),
    ...(isMeasurement && !names.some((name) => UNIT.test(name)) ? (['no-unit'] as const) : []),
  ]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function kindsIn(value: unknown, depth: number): ReadonlySet<'number' | 'number-as-text'> {
  if (typeof value === 'number') return new Set(['number'])
  if (typeof value === 'string') return new Set(NUMBER.test(value) ? ['number-as-text'] : [])
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return new Set()
  return new Set(Object.values(value).flatMap((inner) => [...kindsIn(inner, depth + 1)]))
}
