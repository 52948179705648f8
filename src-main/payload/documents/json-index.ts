import { createScanner } from 'jsonc-parser'
import type { ValueKind } from '@shared/payload/outline'

/** More values than this are not told apart, so that an index stays below 200 MB. */
const MOST_VALUES = 4_000_000
const MOST_LEVELS = 1_000

const KINDS: readonly ValueKind[] = ['object', 'array', 'string', 'number', 'boolean', 'null', 'invalid']

/** Of each value: where its text and its key start and end, what it lies in, and which value comes after all that lie in it. */
const START = 0
const END = 1
const KEY_START = 2
const KEY_END = 3
const PARENT = 4
const NEXT = 5
const POSITION = 6
const CHILDREN = 7
const LEVEL = 8
const KIND = 9
const COLUMNS = 10

/**
 * Where each value of a JSON text is, in the order they come: value 0 is all of it. The text itself stays as it is, so
 * numbers are exact and duplicate keys are kept. Of text that is cut or not JSON, what can be read is there.
 */
export class JsonIndex {
  #columns = new Int32Array(1_024 * COLUMNS)
  #count = 0
  #isCut = false

  constructor(readonly text: string) {
    this.#scan()
  }

  get count(): number {
    return this.#count
  }

  /** Whether the text holds more values than are told apart here. */
  get isCut(): boolean {
    return this.#isCut
  }

  kindOf(value: number): ValueKind {
    return KINDS[this.#at(value, KIND)] ?? 'invalid'
  }

  startOf(value: number): number {
    return this.#at(value, START)
  }

  endOf(value: number): number {
    return this.#at(value, END)
  }

  /** −1 for value 0. */
  parentOf(value: number): number {
    return this.#at(value, PARENT)
  }

  /** The value after this one and all that lies in it. */
  nextOf(value: number): number {
    return this.#at(value, NEXT)
  }

  /** From 0, among those in the same object or array. */
  positionOf(value: number): number {
    return this.#at(value, POSITION)
  }

  childrenOf(value: number): number {
    return this.#at(value, CHILDREN)
  }

  /** From 1. */
  levelOf(value: number): number {
    return this.#at(value, LEVEL)
  }

  /** The key as JSON, with its quotes; null in arrays. */
  keyTextOf(value: number): string | null {
    const start = this.#at(value, KEY_START)
    return start < 0 ? null : this.text.slice(start, this.#at(value, KEY_END))
  }

  /** Name in an object, index in an array, null for value 0. */
  keyOf(value: number): string | number | null {
    const text = this.keyTextOf(value)
    if (text !== null) return unquoted(text)
    return this.parentOf(value) < 0 ? null : this.positionOf(value)
  }

  #at(value: number, column: number): number {
    return this.#columns[value * COLUMNS + column] ?? -1
  }

  #set(value: number, column: number, to: number): void {
    this.#columns[value * COLUMNS + column] = to
  }

  #add(kind: ValueKind, start: number, end: number, parent: number, keyStart: number, keyEnd: number): number {
    if ((this.#count + 1) * COLUMNS > this.#columns.length) {
      const larger = new Int32Array(this.#columns.length * 2)
      larger.set(this.#columns)
      this.#columns = larger
    }
    const value = this.#count
    this.#count += 1
    const siblings = parent < 0 ? 0 : this.childrenOf(parent)
    if (parent >= 0) this.#set(parent, CHILDREN, siblings + 1)
    const level = parent < 0 ? 1 : this.levelOf(parent) + 1
    this.#columns.set([start, end, keyStart, keyEnd, parent, value + 1, siblings, 0, level, KINDS.indexOf(kind)], value * COLUMNS)
    return value
  }

  #scan(): void {
    const scanner = createScanner(this.text, true)
    let open = -1
    let [keyStart, keyEnd] = [-1, -1]
    for (;;) {
      scanner.scan()
      const start = scanner.getTokenOffset()
      const end = start + scanner.getTokenLength()
      if (start === end) break
      const first = this.text.charAt(start)
      if (first === ',' || first === ':') continue
      if (first === '}' || first === ']') {
        if (open >= 0) open = this.#close(open, end)
        continue
      }
      if (first === '"' && keyStart < 0 && open >= 0 && this.kindOf(open) === 'object') {
        ;[keyStart, keyEnd] = [start, end]
        continue
      }
      // After the value itself nothing else belongs.
      if (open < 0 && this.#count > 0) break
      const kind = kindOfToken(this.text.slice(start, Math.min(end, start + 6)))
      if (this.#count >= MOST_VALUES || (isContainer(kind) && open >= 0 && this.levelOf(open) >= MOST_LEVELS)) {
        this.#isCut = true
        break
      }
      const value = this.#add(kind, start, end, open, keyStart, keyEnd)
      ;[keyStart, keyEnd] = [-1, -1]
      if (isContainer(kind)) open = value
    }
    while (open >= 0) open = this.#close(open, this.text.length)
  }

  /** Ends an object or array; returns what it lies in. */
  #close(value: number, end: number): number {
    this.#set(value, END, end)
    this.#set(value, NEXT, this.#count)
    return this.parentOf(value)
  }
}

export function isContainer(kind: ValueKind): boolean {
  return kind === 'object' || kind === 'array'
}

/** `token`: its first six characters tell. */
function kindOfToken(token: string): ValueKind {
  if (token.startsWith('{')) return 'object'
  if (token.startsWith('[')) return 'array'
  if (token.startsWith('"')) return 'string'
  if (/^-?\d/.test(token)) return 'number'
  if (token === 'true' || token === 'false') return 'boolean'
  return token === 'null' ? 'null' : 'invalid'
}

/** What a JSON string stands for; of one that is cut, its text. */
export function unquoted(json: string): string {
  try {
    return String(JSON.parse(json))
  } catch {
    return json.replace(/^"/, '')
  }
}
