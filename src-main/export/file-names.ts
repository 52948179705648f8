import filenamify from 'filenamify'
import type { PayloadText } from './message-text'

/** So long that number and ending fit in the 255 bytes that a name may have on any system, and Windows' path in its 260 characters. */
const MOST_BYTES = 120
const NUMBER_DIGITS = 6

/** The name of the n-th file, counted from 1, of a message on this topic: no two are the same, in any case of letters, and none leads elsewhere. */
export function payloadFileName(number: number, topic: string, { text, encoding }: PayloadText): string {
  const ending = encoding === 'base64' ? 'bin' : /^\s*[[{]/.test(text) ? 'json' : 'txt'
  return `${String(number).padStart(NUMBER_DIGITS, '0')} ${safeName(topic)}.${ending}`
}

/** A topic as a part of a file's name. */
export function safeName(topic: string): string {
  const name = filenamify(topic.normalize('NFC'), { replacement: '_', maxLength: MOST_BYTES })
  let kept = ''
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > MOST_BYTES) break
    kept += character
  }
  // Windows drops spaces and dots at the end.
  return kept.replace(/[. ]+$/, '') || '_'
}
