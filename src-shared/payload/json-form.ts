import { Double, Instant, Pairs, Simple, Tagged } from './form-values'
import { escapedKey } from './json-form-keys'
import { toBase64 } from './payload-codec'

/*
 * The JSON form: how a value of a structured format is written as JSON, without loss. What JSON lacks:
 *   bytes                  {"$bytes":"<base64>"}
 *   NaN and the infinities {"$number":"NaN"}
 *   integers of any size   digits; a number with a point or an exponent is a double
 *   a time                 {"$date":"2026-01-31T12:00:00.000Z"}, with up to nine digits after the point
 *   undefined              {"$undefined":true}
 *   other maps             {"$map":[[key,value],…]}
 *   tags, extension types  {"$tag":32,"value":…}
 *   simple values of CBOR  {"$simple":16}
 *   what a limit cut off   {"$more":<how many>}, in an object as the member "$more"
 * A real key that reads like one of these has one `$` more.
 */

/** How much of a value is written. */
export interface FormLimits {
  /** Arrays and maps within each other. */
  readonly depth: number
  /** Values in all, keys not counted. */
  readonly values: number
  /** Of the text, in UTF-16 units; the value that reaches it is still written. */
  readonly characters: number
}

export const FORM_LIMITS: FormLimits = { depth: 200, values: 1_000_000, characters: 32 * 1024 * 1024 }

export interface JsonForm {
  readonly text: string
  /** The limit that left something out, or null. */
  readonly cutBy: keyof FormLimits | null
}

/**
 * A value as JSON, on one line. Values are what JSON has, `undefined`, bigint, `Uint8Array`, `Date`, `Map` and those of
 * `form-values.ts`; other objects are written by their own members.
 */
export function toJsonForm(value: unknown, limits = FORM_LIMITS): JsonForm {
  return new FormWriter(limits).write(value)
}

class FormWriter {
  readonly #pieces: string[] = []
  #characters = 0
  #values = 0
  #cutBy: keyof FormLimits | null = null

  constructor(private readonly limits: FormLimits) {}

  write(value: unknown): JsonForm {
    this.#value(value, 0)
    return { text: this.#pieces.join(''), cutBy: this.#cutBy }
  }

  #add(piece: string): void {
    this.#pieces.push(piece)
    this.#characters += piece.length
  }

  #value(value: unknown, depth: number): void {
    this.#values += 1
    const scalar = scalarForm(value)
    if (scalar !== null) this.#add(scalar)
    else if (Array.isArray(value)) this.#array(value, depth)
    else if (value instanceof Tagged) this.#marked(`{"$tag":${value.tag},"value":`, value.value, depth)
    else if (value instanceof Pairs) this.#marked('{"$map":', value.entries, depth)
    else if (value instanceof Map) this.#map(value, depth)
    else this.#object(Object.entries(value as object), depth)
  }

  #marked(start: string, value: unknown, depth: number): void {
    if (this.#isTooDeep(depth, 1)) return
    this.#add(start)
    this.#value(value, depth + 1)
    this.#add('}')
  }

  #map(map: ReadonlyMap<unknown, unknown>, depth: number): void {
    const entries = [...map]
    const isObject = (list: [unknown, unknown][]): list is [string, unknown][] => list.every(([key]) => typeof key === 'string')
    if (isObject(entries)) this.#object(entries, depth)
    else this.#marked('{"$map":', entries, depth)
  }

  #array(values: readonly unknown[], depth: number): void {
    if (this.#isTooDeep(depth, values.length)) return
    this.#add('[')
    for (let index = 0; index < values.length; index += 1) {
      if (index > 0) this.#add(',')
      if (this.#isFull()) {
        this.#add(`{"$more":${values.length - index}}`)
        break
      }
      this.#value(values[index], depth + 1)
    }
    this.#add(']')
  }

  #object(entries: readonly (readonly [string, unknown])[], depth: number): void {
    if (this.#isTooDeep(depth, entries.length)) return
    this.#add('{')
    for (const [index, [key, value]] of entries.entries()) {
      if (index > 0) this.#add(',')
      if (this.#isFull()) {
        this.#add(`"$more":${entries.length - index}`)
        break
      }
      this.#add(`${JSON.stringify(escapedKey(key))}:`)
      this.#value(value, depth + 1)
    }
    this.#add('}')
  }

  #isTooDeep(depth: number, members: number): boolean {
    if (depth < this.limits.depth || members === 0) return false
    this.#cutBy ??= 'depth'
    this.#add(`{"$more":${members}}`)
    return true
  }

  #isFull(): boolean {
    const reached = this.#values >= this.limits.values ? 'values' : this.#characters >= this.limits.characters ? 'characters' : null
    this.#cutBy ??= reached
    return reached !== null
  }
}

/** A value that holds no others, or null. */
function scalarForm(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value)
    case 'number':
      return numberForm(value)
    case 'bigint':
      return value.toString()
    case 'undefined':
      return '{"$undefined":true}'
    case 'object':
      if (value === null) return 'null'
      if (value instanceof Uint8Array) return `{"$bytes":"${toBase64(value)}"}`
      if (value instanceof Date) return `{"$date":"${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}"}`
      if (value instanceof Instant) return `{"$date":"${instantForm(value)}"}`
      if (value instanceof Double) return doubleForm(value.value)
      if (value instanceof Simple) return `{"$simple":${value.number}}`
      return null
    default:
      throw new TypeError(`A ${typeof value} has no JSON form`)
  }
}

function numberForm(value: number): string {
  if (!Number.isFinite(value)) return `{"$number":"${value}"}`
  if (Object.is(value, -0)) return '-0'
  // Bare digits would read as an integer, which this double need not be to the last digit.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value)
}

function doubleForm(value: number): string {
  const form = numberForm(value)
  return /^-?\d+$/.test(form) ? `${form}.0` : form
}

function instantForm({ seconds, nanoseconds }: Instant): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', `.${String(nanoseconds).padStart(9, '0')}Z`)
}
