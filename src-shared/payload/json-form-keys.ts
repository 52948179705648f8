const MARKS = ['bytes', 'number', 'date', 'undefined', 'map', 'tag', 'simple', 'more'] as const
export type Mark = (typeof MARKS)[number]

const ESCAPABLE = new RegExp(`^\\$+(?:${MARKS.join('|')})$`)

/** A real key, such that it is not taken for a mark. */
export function escapedKey(key: string): string {
  return ESCAPABLE.test(key) ? `$${key}` : key
}

/** The real key that {@link escapedKey} wrote. */
export function unescapedKey(key: string): string {
  return key.startsWith('$$') && ESCAPABLE.test(key) ? key.slice(1) : key
}

/** What an object with these keys stands for, or null: itself. */
export function markOf(keys: readonly string[]): Mark | null {
  const [first, second] = keys
  if (keys.length === 2) return first === '$tag' && second === 'value' ? 'tag' : null
  if (keys.length !== 1) return null
  return MARKS.find((mark) => mark !== 'tag' && first === `$${mark}`) ?? null
}
