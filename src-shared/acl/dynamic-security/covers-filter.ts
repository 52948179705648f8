/**
 * Whether a pattern of dynamic security covers a topic filter, as seen of Mosquitto 2.0.11: `+` covers any one level but `#`, `#` all
 * that follows and nothing too; `+/#` and `/#` cover `#` as well. `$` is a sign like any other here.
 */
export function coversFilter(pattern: readonly string[], filter: readonly string[]): boolean {
  const [first, second] = pattern
  if (filter[0] === '#' && second === '#' && (first === '+' || first === '')) return true
  for (const [index, level] of pattern.entries()) {
    if (level === '#') return true
    const asked = filter[index]
    if (asked === undefined || asked === '#') return false
    if (level !== '+' && level !== asked) return false
  }
  return pattern.length === filter.length
}
