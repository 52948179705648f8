import { RE2JS, RE2JSSyntaxException } from 're2js'

/** Most characters of a regular expression. */
export const MAX_REGEX_LENGTH = 1_000

/** Most instructions: `a{1000}` is short, but every character of a topic may have to pass all of them. */
const MAX_REGEX_PROGRAM = 2_500

/** A regular expression whose time grows with the text alone, whatever the expression (RE2: no back references, no look-around). */
export interface Regex {
  /** Whether it is found anywhere in `text`. */
  test(text: string): boolean
}

export type RegexFault = { readonly kind: 'too-long' | 'too-big' } | { readonly kind: 'syntax'; readonly detail: string }

/** Compiles a pattern in RE2's syntax. */
export function compileRegex(
  pattern: string,
  ignoreCase: boolean,
): { readonly ok: true; readonly regex: Regex } | { readonly ok: false; readonly fault: RegexFault } {
  if (pattern.length > MAX_REGEX_LENGTH) return { ok: false, fault: { kind: 'too-long' } }
  try {
    const regex = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    return regex.programSize() > MAX_REGEX_PROGRAM ? { ok: false, fault: { kind: 'too-big' } } : { ok: true, regex }
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return { ok: false, fault: { kind: 'syntax', detail: detailOf(error) } }
    throw error
  }
}

function detailOf({ error, input }: RE2JSSyntaxException): string {
  return input === null || input === '' ? error : `${error}: ${input}`
}
