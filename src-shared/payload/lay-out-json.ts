import { afterSpace, tokenEnd } from './json-tokens'

/** Longer than any text an editor should be given, in UTF-16 units. */
const MAX_LENGTH = 8 * 1024 * 1024

/**
 * Valid JSON with every member and element on a line of its own. It goes token by token, so numbers (`1.0`, `1e400`),
 * duplicate keys and escapes stay as they came. Null when the result would be longer than `maxLength`:
 * deep nesting makes indentation out of nothing, and the text is a stranger's.
 */
export function layOutJson(json: string, maxLength = MAX_LENGTH): string | null {
  const pieces: string[] = []
  let length = 0
  let depth = 0
  const add = (piece: string): void => {
    pieces.push(piece)
    length += piece.length
  }
  const newLine = (): string => `\n${'  '.repeat(depth)}`
  for (let at = afterSpace(json, 0); at < json.length; at = afterSpace(json, at)) {
    if (length > maxLength) return null
    const token = json.slice(at, tokenEnd(json, at))
    at += token.length
    switch (token) {
      case '{':
      case '[': {
        const next = afterSpace(json, at)
        if (json[next] === '}' || json[next] === ']') {
          add(`${token}${json[next]}`)
          at = next + 1
          break
        }
        depth += 1
        add(token + newLine())
        break
      }
      case '}':
      case ']':
        depth -= 1
        add(newLine() + token)
        break
      case ',':
        add(token + newLine())
        break
      case ':':
        add(': ')
        break
      default:
        add(token)
    }
  }
  return length > maxLength ? null : pieces.join('')
}
