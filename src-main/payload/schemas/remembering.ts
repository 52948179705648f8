import { isDeepStrictEqual } from 'node:util'

/** As many schemas as somebody looks at by turns. */
const MOST_REMEMBERED = 8

/** `make`, which remembers what it made of the last few keys: the same content gives the same thing. A key it throws on is not remembered. */
export function remembering<Key extends readonly unknown[], Value>(make: (...key: Key) => Value): (...key: Key) => Value {
  const made: { readonly key: Key; readonly value: Value }[] = []
  return (...key) => {
    const at = made.findIndex((entry) => isDeepStrictEqual(entry.key, key))
    const [entry = { key, value: make(...key) }] = at < 0 ? [] : made.splice(at, 1)
    made.unshift(entry)
    made.length = Math.min(made.length, MOST_REMEMBERED)
    return entry.value
  }
}
