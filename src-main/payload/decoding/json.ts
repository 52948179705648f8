import { detailOf, malformed, type Decoder } from './decoder'
import { readText } from './text'

/** JSON as it came: numbers, duplicate keys and escapes stay as they were sent. What is no JSON is shown, too. */
export const decodeJson: Decoder<'json'> = (payload, _choice, maxBytes) => {
  const part = readText(payload, 'utf-8', maxBytes)
  if (part === null) return malformed('not UTF-8')
  const { text, shownBytes, isCut } = part
  return { body: { kind: 'text', language: 'json', text }, shownBytes, reason: isCut ? null : faultIn(text) }
}

function faultIn(text: string): { kind: 'malformed'; detail: string } | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return { kind: 'malformed', detail: detailOf(error) }
  }
}
