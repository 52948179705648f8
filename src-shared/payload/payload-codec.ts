import { isWellFormed } from '@shared/text/well-formed'
import type { PayloadFormat } from './format'

/** Why text is not a payload of the chosen format, or bytes cannot be shown in it. */
export type PayloadFault =
  | { kind: 'invalid-json'; detail: string }
  | { kind: 'invalid-hex'; position: number }
  | { kind: 'odd-hex-digits' }
  | { kind: 'invalid-base64' }
  | { kind: 'not-utf8' }
  | { kind: 'ill-formed-text' }

export type Encoded = { ok: true; bytes: Uint8Array } | { ok: false; fault: PayloadFault }
export type Decoded = { ok: true; text: string } | { ok: false; fault: PayloadFault }

const encoder = new TextEncoder()
// A byte order mark is content: payloads stay byte for byte what they were.
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    return null
  }
}

/** The bytes that `text`, written in `format`, stands for; JSON is checked and kept exactly as typed. */
export function encodePayload(text: string, format: PayloadFormat): Encoded {
  switch (format) {
    case 'json':
    case 'text': {
      const fault = format === 'json' ? jsonFault(text) : null
      if (fault !== null) return { ok: false, fault }
      // TextEncoder would put U+FFFD in the place of a lone surrogate, silently.
      if (!isWellFormed(text)) return { ok: false, fault: { kind: 'ill-formed-text' } }
      return { ok: true, bytes: encoder.encode(text) }
    }
    case 'hex':
      return encodeHex(text)
    case 'base64':
      return encodeBase64(text)
  }
}

/** The text that shows `bytes` in `format` without loss: {@link encodePayload} of it gives the same bytes. */
export function decodePayload(bytes: Uint8Array, format: PayloadFormat): Decoded {
  switch (format) {
    case 'json':
    case 'text': {
      const text = decodeUtf8(bytes)
      return text === null ? { ok: false, fault: { kind: 'not-utf8' } } : { ok: true, text }
    }
    case 'hex':
      return { ok: true, text: toHex(bytes) }
    case 'base64':
      return { ok: true, text: toBase64(bytes) }
  }
}

/** What is wrong with `text` as JSON (RFC 8259), or null. */
export function jsonFault(text: string): PayloadFault | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return { kind: 'invalid-json', detail: error instanceof Error ? error.message : String(error) }
  }
}

const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/**
 * What the bytes look like: `json` for an object or array, `text` for UTF-8 without control characters
 * (a bare number or word too), else `hex`.
 */
export function detectFormat(bytes: Uint8Array): PayloadFormat {
  const text = decodeUtf8(bytes)
  if (text === null || CONTROL_CHARACTERS.test(text)) return 'hex'
  return /^\s*[[{]/.test(text) && jsonFault(text) === null ? 'json' : 'text'
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const HEX_BYTES_PER_LINE = 16

function toHex(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let start = 0; start < bytes.length; start += HEX_BYTES_PER_LINE) {
    lines.push(Array.from(bytes.subarray(start, start + HEX_BYTES_PER_LINE), (byte) => HEX[byte]).join(' '))
  }
  return lines.join('\n')
}

function encodeHex(text: string): Encoded {
  const wrong = text.search(/[^0-9a-fA-F\s]/)
  if (wrong >= 0) return { ok: false, fault: { kind: 'invalid-hex', position: wrong } }
  const digits = text.replace(/\s+/g, '')
  if (digits.length % 2 === 1) return { ok: false, fault: { kind: 'odd-hex-digits' } }
  const bytes = new Uint8Array(digits.length / 2)
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16)
  }
  return { ok: true, bytes }
}

/** Bytes of any length as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  // String.fromCharCode takes its arguments from the stack, so long payloads go in pieces.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  }
  return btoa(binary)
}

function encodeBase64(text: string): Encoded {
  try {
    const binary = atob(text)
    return { ok: true, bytes: Uint8Array.from(binary, (character) => character.charCodeAt(0)) }
  } catch {
    return { ok: false, fault: { kind: 'invalid-base64' } }
  }
}

/** The bytes that `text` stands for as base64, or null when it is none. */
export function fromBase64(text: string): Uint8Array | null {
  const encoded = encodeBase64(text)
  return encoded.ok ? encoded.bytes : null
}
