/** Finds a text in UTF-8 bytes, in any case. */
export interface TextFinder {
  /** How many bytes before a place a find that goes through it may begin. */
  readonly reach: number
  isIn(bytes: Uint8Array, start: number, end: number): boolean
}

/** A finder of a text that is not empty. */
export function textFinder(text: string): TextFinder {
  return isAscii(text) ? new AsciiFinder(text) : new UnicodeFinder(text)
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

/**
 * ASCII letters in either case, straight on the bytes (Horspool): the byte where the text's end might be says how far
 * the next such place is. Only ASCII letters are looked for: `strasse` does not find `straße`.
 */
class AsciiFinder implements TextFinder {
  readonly reach: number
  readonly #lower: Uint8Array
  readonly #upper: Uint8Array
  /** For each byte: how far it is from its last place in the text to the text's end; 0 for the text's last byte. */
  readonly #skips: Uint8Array
  /** How far to go on from a last byte whose text before it is another one. */
  readonly #skipOfLast: number

  constructor(text: string) {
    this.#lower = new TextEncoder().encode(text.toLowerCase())
    this.#upper = new TextEncoder().encode(text.toUpperCase())
    const last = this.#lower.length - 1
    this.reach = last
    this.#skips = new Uint8Array(256).fill(Math.min(255, last + 1))
    for (let index = 0; index < last; index += 1) this.#setSkip(index, Math.min(255, last - index))
    this.#skipOfLast = this.#skips[this.#lower[last] ?? 0] ?? 1
    this.#setSkip(last, 0)
  }

  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.reach === 0) return this.#isInByBytes(bytes, start, end)
    const skips = this.#skips
    for (let at = start + this.reach; at < end; ) {
      const skip = skips[bytes[at] ?? 0] ?? 1
      if (skip !== 0) at += skip
      else if (this.#endsAt(bytes, at)) return true
      else at += this.#skipOfLast
    }
    return false
  }

  /** For the shortest texts, over which too little can be skipped to be worth it. */
  #isInByBytes(bytes: Uint8Array, start: number, end: number): boolean {
    const upper = this.#upper[this.reach] ?? 0
    const sameCase = this.#lower[this.reach] === upper ? 0xff : 0xff & ~0x20 // the bit between `A` and `a`
    for (let at = start + this.reach; at < end; at += 1) {
      if (((bytes[at] ?? 0) & sameCase) === upper && this.#endsAt(bytes, at)) return true
    }
    return false
  }

  /** Whether the bytes up to `at`, of which the last is right, are the text. */
  #endsAt(bytes: Uint8Array, at: number): boolean {
    const lower = this.#lower
    const upper = this.#upper
    const start = at - this.reach
    for (let index = this.reach - 1; index >= 0; index -= 1) {
      const byte = bytes[start + index]
      if (byte !== lower[index] && byte !== upper[index]) return false
    }
    return true
  }

  #setSkip(index: number, skip: number): void {
    this.#skips[this.#lower[index] ?? 0] = skip
    this.#skips[this.#upper[index] ?? 0] = skip
  }
}

/** A long payload is decoded in pieces, so that it never becomes one string. */
const PIECE_BYTES = 64 * 1024

const newDecoder = (): InstanceType<typeof TextDecoder> => new TextDecoder('utf-8', { ignoreBOM: true })
const wholeDecoder = newDecoder()

/** Any text, with Unicode's ideas of case: decoded and folded, which is ten times slower. */
class UnicodeFinder implements TextFinder {
  readonly reach = Number.POSITIVE_INFINITY
  readonly #folded: string
  readonly #isAsciiFolded: boolean

  constructor(text: string) {
    this.#folded = folded(text)
    this.#isAsciiFolded = isAscii(this.#folded)
  }

  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#isAsciiFolded && isAsciiOnly(bytes, start, end)) return false
    const decoder = end - start <= PIECE_BYTES ? wholeDecoder : newDecoder()
    let carried = ''
    for (let at = start; at < end; at += PIECE_BYTES) {
      const pieceEnd = Math.min(end, at + PIECE_BYTES)
      const piece = carried + folded(decoder.decode(bytes.subarray(at, pieceEnd), { stream: pieceEnd < end }))
      if (piece.includes(this.#folded)) return true
      carried = piece.slice(Math.max(0, piece.length - this.#folded.length + 1))
    }
    return false
  }
}

function isAsciiOnly(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) > 0x7f) return false
  return true
}

/** Down, then up: ß and SS, ς and σ, and the Kelvin sign and k become the same, wherever they stand. */
function folded(text: string): string {
  return text.toLowerCase().toUpperCase()
}
