import { encodePayload, type PayloadFault } from '@shared/payload/payload-codec'
import { bytesOfText } from '../decoding/charsets'
import type { ChoiceOf } from '../decoding/decoder'
import { CHARSET_NAMES } from '../decoding/text'
import { NotEncodable, type Encoder } from './encoder'
import { notJson } from './form-of'

export const encodeText: Encoder<'text'> = (text, { charset }) => {
  const bytes = bytesOfText(text, charset)
  if (bytes instanceof Uint8Array) return bytes
  const character = String.fromCodePoint(text.codePointAt(bytes.missingAt) ?? 0)
  throw new NotEncodable(`${CHARSET_NAMES[charset]} has no “${character}”`, bytes.missingAt)
}

/** JSON, hexadecimal digits and Base64: checked, and kept exactly as typed. */
export function encodeAsTyped(text: string, { kind }: ChoiceOf<'json' | 'hex' | 'base64'>): Uint8Array {
  const encoded = encodePayload(text, kind)
  if (encoded.ok) return encoded.bytes
  throw notEncodable(encoded.fault, text)
}

function notEncodable(fault: PayloadFault, text: string): NotEncodable {
  switch (fault.kind) {
    case 'invalid-json':
      return notJson(text, fault.detail)
    case 'invalid-hex':
      return new NotEncodable(`“${String.fromCodePoint(text.codePointAt(fault.position) ?? 0)}” is no hexadecimal digit`, fault.position)
    case 'odd-hex-digits':
      return new NotEncodable('a digit is missing: each byte takes two', text.length)
    case 'invalid-base64':
      return new NotEncodable('not valid Base64')
    case 'not-utf8':
    case 'ill-formed-text':
      return new NotEncodable('half of a character (a lone surrogate) has no UTF-8 form')
  }
}
