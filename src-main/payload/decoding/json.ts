import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf, malformed, type Decoder } from './decoder'
import { READING_LIMITS } from './reading-limits'
import { readText } from './text'

/** JSON as it came: numbers, duplicate keys and escapes stay as they were sent. What is no JSON is shown, too, and so is what is too long to be checked. */
export const decodeJson: Decoder<'json'> = (payload, _choice, maxBytes) => {
  const part = readText(payload, 'utf-8', maxBytes)
  if (part === null) return malformed('not UTF-8')
  const { text, shownBytes, isCut } = part
  return { body: { kind: 'text', language: 'json', text }, shownBytes, reason: isCut ? null : faultIn(text) }
}

function faultIn(text: string): ReadingFault | null {
  const most = READING_LIMITS.checkedJson
  if (text.length > most) return { kind: 'limit', limit: 'bytes', most }
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return { kind: 'malformed', detail: detailOf(error) }
  }
}
