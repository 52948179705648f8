import type { Charset } from '@shared/payload/reading'
import { textOf, withoutCutCharacter } from './charsets'
import { malformed, partOf, type Decoder, type Unwrapped } from './decoder'

export const decodeText: Decoder<'text'> = (payload, { charset }, maxBytes) => {
  const part = readText(payload, charset, maxBytes)
  if (part === null) return malformed(`not ${CHARSET_NAMES[charset]}`)
  return { body: { kind: 'text', language: 'plain', text: part.text }, shownBytes: part.shownBytes, reason: null }
}

/** What people call the charsets. */
export const CHARSET_NAMES: { readonly [Name in Charset]: string } = {
  'utf-8': 'UTF-8',
  latin1: 'Latin-1',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
}

export interface TextPart {
  readonly text: string
  readonly shownBytes: number
  readonly isCut: boolean
}

/** At most `maxBytes` of a payload as text, up to its last whole character; null: it is no text. */
export function readText(payload: Unwrapped, charset: Charset, maxBytes: number): TextPart | null {
  const { shown, isCut } = partOf(payload, maxBytes)
  const whole = isCut ? withoutCutCharacter(shown, charset) : shown
  const text = textOf(whole, charset)
  return text === null ? null : { text, shownBytes: whole.byteLength, isCut }
}
