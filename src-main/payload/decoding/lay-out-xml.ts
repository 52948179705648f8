/** A comment, CDATA section, instruction, tag or text. Of well-formed XML without a DOCTYPE it finds all. */
const TOKEN = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>|[^<]+/g

/** Longer than any text an editor should be given, in UTF-16 units. */
const MAX_LENGTH = 8 * 1024 * 1024

type Token = { readonly text: string } & (
  | { readonly kind: 'text' | 'close' | 'other' }
  /** `isLeaf`: it holds text, or no other elements, so that white space in it may mean something. */
  | { readonly kind: 'open'; isLeaf: boolean }
)

/**
 * Well-formed XML with every element on a line of its own. Only white space between elements is added or left out: elements with
 * text stay as they came, and so do entities, attributes and comments. Null when the result would be longer than `maxLength`.
 */
export function layOutXml(xml: string, maxLength = MAX_LENGTH): string | null {
  const pieces: string[] = []
  let length = 0
  let depth = 0
  let leafDepth: number | null = null
  const add = (piece: string): void => {
    pieces.push(piece)
    length += piece.length
  }
  const addLine = (piece: string): void => add(pieces.length === 0 ? piece : `\n${'  '.repeat(depth)}${piece}`)
  for (const token of tokensOf(xml)) {
    if (length > maxLength) return null
    if (token.kind === 'close') depth -= 1
    if (leafDepth !== null) {
      add(token.text)
      if (token.kind === 'close' && depth === leafDepth) leafDepth = null
    } else if (token.kind !== 'text') addLine(token.text)
    if (token.kind === 'open') {
      if (token.isLeaf) leafDepth ??= depth
      depth += 1
    }
  }
  return length > maxLength ? null : pieces.join('')
}

function tokensOf(xml: string): Token[] {
  const tokens: Token[] = []
  const open: { token: Extract<Token, { kind: 'open' }>; hasText: boolean }[] = []
  for (const [text] of xml.matchAll(TOKEN)) {
    const parent = open.at(-1)
    if (text.startsWith('</')) {
      open.pop()
      tokens.push({ kind: 'close', text })
    } else if (!text.startsWith('<') || text.startsWith('<![')) {
      if (parent !== undefined && text.trim() !== '') {
        parent.hasText = true
        parent.token.isLeaf = true
      }
      tokens.push({ kind: 'text', text })
    } else {
      const isElement = !/^<[!?]/.test(text)
      if (isElement && parent !== undefined && !parent.hasText) parent.token.isLeaf = false
      if (isElement && !text.endsWith('/>')) {
        const token = { kind: 'open' as const, text, isLeaf: true }
        open.push({ token, hasText: false })
        tokens.push(token)
      } else tokens.push({ kind: 'other', text })
    }
  }
  return tokens
}
