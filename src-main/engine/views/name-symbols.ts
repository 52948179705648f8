const ASCII = 0x80
const ZERO = 0x30
const NINE = 0x39
/** Numbers with more digits say how many in a second step. */
const MOST_DIGITS = 24
/** A symbol that spells out a number or a character takes these many steps, of 7 bits each. */
const STEPS = 3
const STEP_BITS = 7

const primary = new Intl.Collator('en', { sensitivity: 'base' })

/**
 * ASCII characters in the order people sort them in: equal but for case, one symbol; what sorting ignores, 0.
 * The numbers follow on punctuation, by their length; then the letters; then all other characters.
 */
const symbolOfAscii = new Uint8Array(ASCII)
const { firstNumber, otherCharacter } = orderAscii()
/** How many symbols there are, not counting the steps of what is spelt out. */
const SYMBOLS = otherCharacter + 1

/** Letters of European scripts without case and accent: a code point, or 0 for what sorting ignores. */
const FOLDED_END = 0x530
const folded = Uint16Array.from({ length: FOLDED_END }, (_, code) => (code < ASCII ? 0 : fold(code)))

function orderAscii(): { firstNumber: number; otherCharacter: number } {
  const characters = Array.from({ length: ASCII }, (_, code) => String.fromCharCode(code))
  const sorted = characters.filter((each) => primary.compare(each, '') !== 0).sort((a, b) => primary.compare(a, b))
  let symbol = 0
  let numbers = 0
  for (const [index, character] of sorted.entries()) {
    const before = sorted[index - 1]
    if (character === '0') {
      numbers = symbol + 1
      symbol += MOST_DIGITS + 2
    }
    if (character >= '0' && character <= '9') continue
    if (before === undefined || primary.compare(before, character) !== 0) symbol += 1
    symbolOfAscii[character.charCodeAt(0)] = symbol
  }
  return { firstNumber: numbers, otherCharacter: symbol + 1 }
}

function fold(code: number): number {
  const first = String.fromCodePoint(code).normalize('NFD').toLowerCase().codePointAt(0) ?? 0
  return /[\p{M}\p{Cc}]/u.test(String.fromCodePoint(first)) ? 0 : first
}

/**
 * Reads a name, as UTF-8, as the symbols it is sorted by: names compare as their symbols do, one by one.
 * Case and accents do not count; a number is its length and then its digits, so that `2` comes before `10`.
 */
export class NameSymbols {
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0
  #digitsEnd = 0
  /** What is left to spell out. */
  #spelled = 0
  #steps = 0
  /** How many different symbols could have stood where the last one did. */
  choices = SYMBOLS

  /** Whether all of the name is read. */
  get atEnd(): boolean {
    return this.#at >= this.#end && this.#steps === 0
  }

  open(bytes: Uint8Array, at: number, end: number): this {
    this.#bytes = bytes
    this.#at = at
    this.#end = end
    this.#digitsEnd = at
    this.#steps = 0
    return this
  }

  /** The next symbol; 0 at the end of the name, and only there or within a number or a spelt-out character. */
  next(): number {
    if (this.#steps > 0) return this.#nextStep()
    while (this.#at < this.#end) {
      const byte = this.#bytes[this.#at] ?? 0
      if (this.#at < this.#digitsEnd) {
        this.#at += 1
        this.choices = 10
        return byte - ZERO
      }
      this.choices = SYMBOLS
      if (byte >= ZERO && byte <= NINE) return this.#number()
      const symbol = byte < ASCII ? this.#ascii(byte) : this.#other()
      if (symbol !== 0) return symbol
    }
    this.choices = SYMBOLS
    return 0
  }

  #ascii(byte: number): number {
    this.#at += 1
    return symbolOfAscii[byte] ?? 0
  }

  /** Passes leading zeros and says how many digits follow. */
  #number(): number {
    const bytes = this.#bytes
    let at = this.#at
    while (at < this.#end && bytes[at] === ZERO) at += 1
    this.#at = at
    while (at < this.#end && isDigit(bytes[at] ?? 0)) at += 1
    this.#digitsEnd = at
    const digits = at - this.#at
    if (digits <= MOST_DIGITS) return firstNumber + digits
    this.#spell(digits)
    return firstNumber + MOST_DIGITS + 1
  }

  #other(): number {
    const code = this.#codePoint()
    const character = code < FOLDED_END ? (folded[code] ?? 0) : code
    if (character < ASCII) return symbolOfAscii[character] ?? 0
    this.#spell(character)
    return otherCharacter
  }

  /** The character here; the bytes are well-formed UTF-8. */
  #codePoint(): number {
    const bytes = this.#bytes
    const lead = bytes[this.#at] ?? 0
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    let code = lead & (0xff >> (length + 1))
    for (let index = 1; index < length; index += 1) code = (code << 6) | ((bytes[this.#at + index] ?? 0) & 0x3f)
    this.#at += length
    return code
  }

  #spell(value: number): void {
    this.#spelled = value
    this.#steps = STEPS
  }

  #nextStep(): number {
    this.#steps -= 1
    this.choices = 1 << STEP_BITS
    return (this.#spelled >>> (this.#steps * STEP_BITS)) & ((1 << STEP_BITS) - 1)
  }
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}

/** Whether a byte of UTF-8 goes on with a character that began before. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}
