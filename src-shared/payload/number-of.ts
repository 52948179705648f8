const NUMERIC = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i

/** Whether a text is a number and nothing else. */
export function isNumeric(text: string): boolean {
  return NUMERIC.test(text)
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
      return isNumeric(field) ? finite(Number(field)) : null
    default:
      return null
  }
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null
}
