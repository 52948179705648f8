const SIGNIFICANT_DIGITS = 5
const LARGEST_PLAIN = 1e15
const SMALLEST_PLAIN = 1e-4
const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: SIGNIFICANT_DIGITS })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 })

/** A number to be read: `71.42`, `1,284,220`, `0.33333`, `1.2e-7`; behind it the unit, if there is one. */
export function numberText(value: number | null, unit = ''): string {
  if (value === null) return '–'
  const text = digitsOf(value)
  return unit === '' ? text : `${text} ${unit}`
}

/** A number beside an axis, where there is little room: `12.5K`. */
export function axisNumberText(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) ? exponential(value, 2) : compact.format(value)
}

function digitsOf(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) return exponential(value, SIGNIFICANT_DIGITS - 1)
  return Number.isInteger(value) || size >= 10 ** (SIGNIFICANT_DIGITS - 1) ? whole.format(value) : plain.format(value)
}

function exponential(value: number, digits: number): string {
  return value.toExponential(digits).replace(/\.?0+e/, 'e').replace('e+', 'e')
}
