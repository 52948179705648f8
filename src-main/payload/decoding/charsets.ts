import type { Charset } from '@shared/payload/reading'
import { isWellFormed } from '@shared/text/well-formed'

// A byte order mark is content: what is shown stands for all the bytes.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text these bytes are in a charset, or null when they are none. Buffer reads UTF-16: Electron's ICU may lack big-endian. */
export function textOf(bytes: Uint8Array, charset: Charset): string | null {
  switch (charset) {
    case 'utf-8':
      try {
        return utf8.decode(bytes)
      } catch {
        return null
      }
    case 'latin1':
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    case 'utf-16le':
    case 'utf-16be': {
      if (bytes.byteLength % 2 === 1) return null
      const units = Buffer.from(bytes)
      const text = (charset === 'utf-16be' ? units.swap16() : units).toString('utf16le')
      return isWellFormed(text) ? text : null
    }
  }
}

/** The bytes of a text in a charset, or the place (in UTF-16 units) of the first character it lacks. */
export function bytesOfText(text: string, charset: Charset): Uint8Array | { readonly missingAt: number } {
  const missingAt = text.search(charset === 'latin1' ? /[^\u0000-\u00ff]/ : LONE_SURROGATE)
  if (missingAt >= 0) return { missingAt }
  switch (charset) {
    case 'utf-8':
      return Buffer.from(text, 'utf8')
    case 'latin1':
      return Buffer.from(text, 'latin1')
    case 'utf-16le':
      return Buffer.from(text, 'utf16le')
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16()
  }
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** The bytes up to the last whole character of a text that was cut; a character is at most four bytes long (RFC 3629, RFC 2781). */
export function withoutCutCharacter(bytes: Uint8Array, charset: Charset): Uint8Array {
  switch (charset) {
    case 'utf-8':
      return withoutCutUtf8(bytes)
    case 'latin1':
      return bytes
    case 'utf-16le':
    case 'utf-16be': {
      const whole = bytes.byteLength - (bytes.byteLength % 2)
      const highByte = bytes[charset === 'utf-16be' ? whole - 2 : whole - 1] ?? 0
      return bytes.subarray(0, (highByte & 0xfc) === 0xd8 ? whole - 2 : whole)
    }
  }
}

function withoutCutUtf8(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.byteLength); back += 1) {
    const byte = bytes[bytes.byteLength - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue // a following byte: the character starts before it
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? bytes.subarray(0, bytes.byteLength - back) : bytes
  }
  return bytes
}
