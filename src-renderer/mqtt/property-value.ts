const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** The value of a property of a message for reading: an expiry interval of a minute or more in words too, `3900 s (1 h 5 min)`. */
export function propertyValue({ name, value }: { readonly name: string; readonly value: string }): string {
  if (name !== 'Message Expiry Interval') return value
  let seconds = Number(value)
  const exact = `${value} s`
  if (seconds < 60) return exact
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    if (seconds >= size) parts.push(`${Math.floor(seconds / size)} ${unit}`)
    seconds %= size
  }
  return `${exact} (${parts.join(' ')})`
}
