import { Double, Instant, Pairs, Simple, Tagged } from './form-values'
import { FORM_LIMITS, type FormLimits } from './json-form'
import { markOf, unescapedKey, type Mark } from './json-form-keys'
import { afterSpace, tokenEnd } from './json-tokens'
import { fromBase64 } from './payload-codec'

/** Why a text is no JSON form. `position` is in UTF-16 units; null: the JSON itself is wrong, and `detail` says where. */
export type FormFault =
  | { readonly kind: 'malformed'; readonly detail: string; readonly position: number | null }
  | { readonly kind: 'limit'; readonly limit: keyof FormLimits; readonly most: number }

export type ReadForm = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: FormFault }

/** Whether whole numbers with a point or an exponent are numbers like others, or of the class `Double`. */
type Doubles = 'numbers' | 'kept'

/**
 * The value that a text in the JSON form stands for (`json-form.ts`). Integers that a double cannot hold are bigints; maps that are no
 * objects are `Pairs`. A key that is there twice is refused: which of the two is meant?
 */
export function fromJsonForm(text: string, doubles: Doubles = 'numbers', limits = FORM_LIMITS): ReadForm {
  if (text.length > limits.characters) return { ok: false, fault: { kind: 'limit', limit: 'characters', most: limits.characters } }
  try {
    JSON.parse(text) // what follows reads tokens of valid JSON
  } catch (error) {
    return { ok: false, fault: { kind: 'malformed', detail: error instanceof Error ? error.message : String(error), position: null } }
  }
  try {
    return { ok: true, value: new FormReader(text, doubles, limits).read() }
  } catch (error) {
    if (error instanceof FormError) return { ok: false, fault: error.fault }
    throw error
  }
}

/** Of an integer: more take long to become a number. */
const MAX_DIGITS = 1_000

class FormError extends Error {
  constructor(readonly fault: FormFault) {
    super(fault.kind)
  }
}

class FormReader {
  #at = 0
  #values = 0

  constructor(
    private readonly text: string,
    private readonly doubles: Doubles,
    private readonly limits: FormLimits,
  ) {}

  read(): unknown {
    return this.#value(0)
  }

  #fail(detail: string, position: number): never {
    throw new FormError({ kind: 'malformed', detail, position })
  }

  #limit(limit: keyof FormLimits): never {
    throw new FormError({ kind: 'limit', limit, most: this.limits[limit] })
  }

  #token(): string {
    const start = afterSpace(this.text, this.#at)
    this.#at = tokenEnd(this.text, start)
    return this.text.slice(start, this.#at)
  }

  #value(depth: number): unknown {
    this.#values += 1
    if (this.#values > this.limits.values) this.#limit('values')
    const token = this.#token()
    switch (token) {
      case '[':
        return this.#array(depth)
      case '{':
        return this.#object(depth)
      case 'true':
        return true
      case 'false':
        return false
      case 'null':
        return null
      default:
        return token.startsWith('"') ? (JSON.parse(token) as unknown) : this.#number(token)
    }
  }

  /** Bare digits are an integer, exactly; what has a point or an exponent is a double. */
  #number(token: string): number | bigint | Double {
    const number = Number(token)
    if (/^-?\d+$/.test(token) && token.length <= MAX_DIGITS) return Number.isSafeInteger(number) ? number : BigInt(token)
    if (!Number.isFinite(number)) this.#fail(`${token.slice(0, 20)}… is too large a number`, this.#at - token.length)
    return this.doubles === 'kept' && Number.isInteger(number) ? new Double(number) : number
  }

  /** Whether the array or object that was opened has no (more) members. */
  #isClosed(isFirst: boolean): boolean {
    if (isFirst) {
      const next = afterSpace(this.text, this.#at)
      const isEmpty = this.text[next] === ']' || this.text[next] === '}'
      if (isEmpty) this.#at = next + 1
      return isEmpty
    }
    return this.#token() !== ','
  }

  #array(depth: number): unknown[] {
    const values: unknown[] = []
    while (!this.#isClosed(values.length === 0)) {
      if (depth >= this.limits.depth) this.#limit('depth')
      values.push(this.#value(depth + 1))
    }
    return values
  }

  #object(depth: number): unknown {
    const start = this.#at - 1
    const members = new Map<string, unknown>()
    while (!this.#isClosed(members.size === 0)) {
      if (depth >= this.limits.depth) this.#limit('depth')
      const keyStart = afterSpace(this.text, this.#at)
      const key = JSON.parse(this.#token()) as string
      if (members.has(key)) this.#fail(`The key ${JSON.stringify(key)} is there twice`, keyStart)
      this.#token() // the colon
      members.set(key, this.#value(depth + 1))
    }
    const mark = markOf([...members.keys()])
    // Beside other members it tells of a part, too.
    if (members.has('$more')) this.#fail(`{"$more":…} is ${MEANINGS.more}; a real key has one $ more`, start)
    if (mark !== null) return this.#marked(mark, members, start)
    // As JSON.parse does: `__proto__` is a member like any other.
    return Object.fromEntries([...members].map(([key, value]) => [unescapedKey(key), value]))
  }

  #marked(mark: Mark, members: ReadonlyMap<string, unknown>, start: number): unknown {
    const content = members.get(`$${mark}`)
    const value = markedValue(mark, content, members.get('value'))
    if (value === null) this.#fail(`{"$${mark}":…} is ${MEANINGS[mark]}; a real key has one $ more`, start)
    return value.of
  }
}

const MEANINGS: { readonly [Name in Mark]: string } = {
  bytes: 'base64',
  number: '"NaN", "Infinity" or "-Infinity"',
  date: 'a time as "2026-01-31T12:00:00Z"',
  undefined: 'true',
  map: 'a list of [key, value]',
  tag: 'an integer',
  simple: 'an integer from 0 to 255',
  more: 'what a limit left out, and cannot be written',
}

/** What a mark stands for; null: nothing, it is written wrongly. */
function markedValue(mark: Mark, content: unknown, tagged: unknown): { of: unknown } | null {
  switch (mark) {
    case 'bytes': {
      const bytes = typeof content === 'string' ? fromBase64(content) : null
      return bytes && { of: bytes }
    }
    case 'number':
      return content === 'NaN' || content === 'Infinity' || content === '-Infinity' ? { of: Number(content) } : null
    case 'date': {
      const time = typeof content === 'string' ? timeOf(content) : null
      return time && { of: time }
    }
    case 'undefined':
      return content === true ? { of: undefined } : null
    case 'map': {
      const isPair = (entry: unknown): entry is [unknown, unknown] => Array.isArray(entry) && entry.length === 2
      return Array.isArray(content) && content.every(isPair) ? { of: new Pairs(content) } : null
    }
    case 'tag':
      return typeof content === 'bigint' || Number.isSafeInteger(content) ? { of: new Tagged(content as number | bigint, tagged) } : null
    case 'simple':
      return typeof content === 'number' && Number.isInteger(content) && content >= 0 && content <= 255 ? { of: new Simple(content) } : null
    case 'more':
      return null
  }
}

function timeOf(text: string): Date | Instant | null {
  const match = /^(.+T\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text)
  if (match === null) return text === 'invalid' ? new Date(Number.NaN) : null
  const milliseconds = Date.parse(`${match[1]}Z`)
  if (Number.isNaN(milliseconds)) return null
  const nanoseconds = Number((match[2] ?? '').padEnd(9, '0'))
  return nanoseconds % 1_000_000 === 0 ? new Date(milliseconds + nanoseconds / 1_000_000) : new Instant(milliseconds / 1000, nanoseconds)
}
