/** JSON of more bytes is not read for charts: it would hold up the engine. */
const MOST_JSON_BYTES = 1 << 20

const NUMERIC = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i
const decoder = new TextDecoder()

/** The value a JSON payload stands for; undefined when it is no JSON, or too much. */
export function jsonValue(payload: Uint8Array): unknown {
  if (payload.byteLength > MOST_JSON_BYTES) return undefined
  try {
    return JSON.parse(decoder.decode(payload))
  } catch {
    return undefined
  }
}

/** What a field is as a number: itself, 0 or 1, or what its text says; null when that is none, or no finite one. */
export function numberOf(field: unknown): number | null {
  switch (typeof field) {
    case 'number':
      return finite(field)
    case 'bigint':
      return finite(Number(field))
    case 'boolean':
      return field ? 1 : 0
    case 'string':
      return NUMERIC.test(field) ? finite(Number(field)) : null
    default:
      return null
  }
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null
}
