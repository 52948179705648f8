import { visibleText } from '../../ui/visible-text'

/** A piece of text of one colour. */
export interface TextPart {
  readonly text: string
  readonly kind: 'plain' | 'key' | 'string' | 'number-value' | 'literal' | 'punctuation' | 'found'
}

const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|([{}[\]:,]+)/g

/** One row in its colours, with what was found in it. A row may begin within a token: it is coloured as what it looks like. */
export function textParts(text: string, isJson: boolean, found: { readonly start: number; readonly end: number } | null): TextPart[] {
  if (found === null) return coloured(text, isJson)
  return [
    ...coloured(text.slice(0, found.start), isJson),
    { kind: 'found', text: visibleText(text.slice(found.start, found.end)) },
    ...coloured(text.slice(found.end), isJson),
  ]
}

function coloured(text: string, isJson: boolean): TextPart[] {
  if (!isJson) return text === '' ? [] : [{ kind: 'plain', text: visibleText(text) }]
  const parts: TextPart[] = []
  const add = (kind: TextPart['kind'], piece: string | undefined): void => {
    if (piece) parts.push({ kind, text: visibleText(piece) })
  }
  let at = 0
  for (const match of text.matchAll(TOKENS)) {
    add('plain', text.slice(at, match.index))
    const [all, string, colon, number, literal, punctuation] = match
    add(colon === undefined ? 'string' : 'key', string)
    add('punctuation', colon ?? punctuation)
    add('number-value', number)
    add('literal', literal)
    at = match.index + all.length
  }
  add('plain', text.slice(at))
  return parts
}
