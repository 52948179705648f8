import { visit } from 'jsonc-parser'

/** Whether a text that was cut is an object or array as far as it goes: the first fault is where it ends. */
export function isStartOfJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  let end: number | null = null
  const note = (_error: number, offset: number, length: number): void => {
    end ??= offset + length
  }
  try {
    visit(text, { onError: note }, { disallowComments: true })
  } catch {
    return false // nested deeper than the parser goes
  }
  return end === null || end >= text.trimEnd().length
}
