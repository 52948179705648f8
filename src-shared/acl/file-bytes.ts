/** An invalid byte is kept as the surrogate U+DC80 … U+DCFF without its partner, which no valid UTF-8 decodes to. */
const ESCAPED = /(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/g
const ESCAPE = 0xdc00

const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A file of bytes as text, of which `encodeAclText` makes the same bytes again, whether they are UTF-8 or not. */
export function decodeAclBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeInvalid(bytes)
  }
}

/** The bytes of a text that `decodeAclBytes` made, or that a user typed. */
export function encodeAclText(text: string): Uint8Array {
  const escaped = [...text.matchAll(ESCAPED)]
  if (escaped.length === 0) return encoder.encode(text)
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  let from = 0
  function append(more: ArrayLike<number>): void {
    bytes.set(more, length)
    length += more.length
  }
  for (const { index } of escaped) {
    append(encoder.encode(text.slice(from, index)))
    append([text.charCodeAt(index) - ESCAPE])
    from = index + 1
  }
  append(encoder.encode(text.slice(from)))
  return bytes.slice(0, length)
}

/** How many bytes a broker sees of a text. */
export const aclByteLength = (text: string): number => encodeAclText(text).length

function decodeInvalid(bytes: Uint8Array): string {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < bytes.length; ) {
    const length = characterAt(bytes, at)
    if (length === 0) {
      parts.push(strict.decode(bytes.subarray(from, at)), String.fromCharCode(ESCAPE + (bytes[at] ?? 0)))
      from = at + 1
    }
    at += length === 0 ? 1 : length
  }
  parts.push(strict.decode(bytes.subarray(from)))
  return parts.join('')
}

/** How many bytes the well-formed character at `at` has (Unicode, table 3-7), or 0. */
function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4) return 0
  const [least, most] = secondByte(first)
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0
    if (byte < (index === 1 ? least : 0x80) || byte > (index === 1 ? most : 0xbf)) return 0
  }
  return length
}

/** Neither longer than needed, nor a surrogate, nor beyond U+10FFFF. */
function secondByte(first: number): readonly [number, number] {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf]
    case 0xed:
      return [0x80, 0x9f]
    case 0xf0:
      return [0x90, 0xbf]
    case 0xf4:
      return [0x80, 0x8f]
    default:
      return [0x80, 0xbf]
  }
}
