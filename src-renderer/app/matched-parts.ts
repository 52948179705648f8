/** A piece of a text, and whether it is one of those looked for. */
export interface TextPart {
  readonly text: string
  readonly isMatch: boolean
}

/** `text` in pieces: what `query` looks for, its words in their order and in any case, and what stands between. */
export function matchedParts(text: string, query: string): TextPart[] {
  const lower = text.toLowerCase()
  // Letters that change their number with their case would put all that follows out of place.
  if (lower.length !== text.length) return [{ text, isMatch: false }]
  const parts: TextPart[] = []
  let at = 0
  for (const word of query.toLowerCase().split(/\s+/).filter((part) => part !== '')) {
    const start = lower.indexOf(word, at)
    if (start < 0) break
    if (start > at) parts.push({ text: text.slice(at, start), isMatch: false })
    at = start + word.length
    parts.push({ text: text.slice(start, at), isMatch: true })
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMatch: false })
  return parts
}
