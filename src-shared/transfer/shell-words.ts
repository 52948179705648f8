/** A word of a command line. */
export interface ShellWord {
  readonly text: string
  /** Whether a shell would put something else in the place of a part of it: `$NAME`, `$(…)` or backticks. */
  readonly expands: boolean
}

/** The simple commands of a text, or where it is more than that: a quote left open, a pipe, a redirection and so on. */
export type ShellCommands =
  | { readonly ok: true; readonly commands: readonly (readonly ShellWord[])[] }
  | { readonly ok: false; readonly fault: 'open-quote' | 'operator' }

const BLANK = /[ \t\r]/
const OPERATOR = /[|&;<>()]/

/**
 * Splits a pasted text into words as a POSIX shell does (IEEE Std 1003.1, 2.2 Quoting and 2.3 Token Recognition): quotes,
 * backslashes, joined lines, comments; a line is a command. It runs and expands nothing: `*`, `~` and `$` stay.
 * A `;` parts commands as the end of a line does; other operators are a fault.
 */
export function splitShellCommands(source: string): ShellCommands {
  const commands: ShellWord[][] = [[]]
  let text = ''
  let begun = false
  let expands = false
  const endWord = (): void => {
    if (begun) commands.at(-1)?.push({ text, expands })
    text = ''
    begun = false
    expands = false
  }
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? ''
    if (char === '\\') {
      at += 1
      if (source[at] === '\r' && source[at + 1] === '\n') at += 1
      if (at >= source.length || source[at] === '\n') continue
      begun = true
      text += source[at] ?? ''
    } else if (char === "'") {
      const end = source.indexOf("'", at + 1)
      if (end < 0) return { ok: false, fault: 'open-quote' }
      begun = true
      text += source.slice(at + 1, end)
      at = end
    } else if (char === '"') {
      const quote = readDoubleQuote(source, at + 1)
      if (quote === null) return { ok: false, fault: 'open-quote' }
      begun = true
      text += quote.text
      expands ||= quote.expands
      at = quote.end
    } else if (BLANK.test(char)) {
      endWord()
    } else if (char === '\n' || char === ';') {
      endWord()
      commands.push([])
    } else if (OPERATOR.test(char)) {
      return { ok: false, fault: 'operator' }
    } else if (char === '#' && !begun && isComment(source, at)) {
      const end = source.indexOf('\n', at)
      at = (end < 0 ? source.length : end) - 1
    } else {
      begun = true
      expands ||= isExpansion(source, at)
      text += char
    }
  }
  endWord()
  return { ok: true, commands: commands.filter((command) => command.length > 0) }
}

/** A `#` alone is what everybody who pastes `-t #` means: the filter. Any other begins a comment. */
function isComment(source: string, at: number): boolean {
  const after = source[at + 1]
  const alone = after === undefined || /[\s;]/.test(after)
  return !(alone && /(?:-t|--topic)[ \t]+$/.test(source.slice(Math.max(0, at - 20), at)))
}

function readDoubleQuote(source: string, start: number): (ShellWord & { readonly end: number }) | null {
  let text = ''
  let expands = false
  for (let at = start; at < source.length; at += 1) {
    const char = source[at] ?? ''
    if (char === '"') return { text, expands, end: at }
    const next = source[at + 1] ?? ''
    if (char === '\\' && '$`"\\\n'.includes(next) && next !== '') {
      at += 1
      if (next !== '\n') text += next
      continue
    }
    expands ||= isExpansion(source, at)
    text += char
  }
  return null
}

/** Parameter expansion, command substitution or arithmetic (2.6 Word Expansions). */
function isExpansion(source: string, at: number): boolean {
  return source[at] === '`' || (source[at] === '$' && /[A-Za-z0-9_{(@*#?$!-]/.test(source[at + 1] ?? ''))
}

/** `word` as a shell reads it again, whatever is in it but NUL. */
export function quoteShellWord(word: string): string {
  if (/^[A-Za-z0-9_@%+:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
