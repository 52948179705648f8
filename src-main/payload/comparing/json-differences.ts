import { MAX_FIELD_KEY_LENGTH, MAX_FIELD_PATH_STEPS, type FieldPath } from '@shared/payload/field-path'
import type { Difference } from '@shared/payload/comparison'
import { JsonIndex, unquoted } from '../documents/json-index'

/** More are counted, not listed. */
const MOST_LISTED = 1_000
/** Most characters of a value that a difference shows. */
const SHOWN_LENGTH = 240

/**
 * How two JSON texts differ as values: keys in any order, strings by what they stand for, numbers by their value, exactly
 * or up to `tolerance`. Elements that came or went in one place of an array do not make all after them differ.
 */
export function jsonDifferences(before: string, after: string, tolerance: number): { differences: Difference[]; total: number } {
  return new Comparing(new JsonIndex(before), new JsonIndex(after), tolerance).run()
}

type Step = string | number

class Comparing {
  readonly #differences: Difference[] = []
  #total = 0

  constructor(
    private readonly before: JsonIndex,
    private readonly after: JsonIndex,
    private readonly tolerance: number,
  ) {}

  run(): { differences: Difference[]; total: number } {
    if (this.before.count > 0 && this.after.count > 0) this.#compare(0, 0, [])
    else if (this.after.count > 0) this.#tell('added', [], null, 0)
    else if (this.before.count > 0) this.#tell('removed', [], 0, null)
    return { differences: this.#differences, total: this.#total }
  }

  #compare(a: number, b: number, path: Step[]): void {
    const kind = this.before.kindOf(a)
    if (kind !== this.after.kindOf(b)) this.#tell('changed', path, a, b)
    else if (kind === 'object') this.#compareObjects(a, b, path)
    else if (kind === 'array') this.#compareArrays(a, b, path)
    else if (!this.#isSameScalar(a, b)) this.#tell('changed', path, a, b)
  }

  #compareObjects(a: number, b: number, path: Step[]): void {
    const members = membersOf(this.after, b)
    for (const [key, value] of membersOf(this.before, a)) {
      const other = members.get(key)
      members.delete(key)
      if (other === undefined) this.#tell('removed', [...path, key], value, null)
      else this.#compare(value, other, [...path, key])
    }
    for (const [key, value] of members) this.#tell('added', [...path, key], null, value)
  }

  /** What is the same at both ends is left out; between, elements are compared one by one. */
  #compareArrays(a: number, b: number, path: Step[]): void {
    const elements = childrenOf(this.before, a)
    const others = childrenOf(this.after, b)
    const shortest = Math.min(elements.length, others.length)
    let start = 0
    while (start < shortest && this.#isSame(elements[start] ?? 0, others[start] ?? 0)) start += 1
    let tail = 0
    const isSameFromEnd = (): boolean => this.#isSame(elements[elements.length - 1 - tail] ?? 0, others[others.length - 1 - tail] ?? 0)
    while (tail < shortest - start && isSameFromEnd()) tail += 1
    for (let index = start; index < Math.max(elements.length, others.length) - tail; index += 1) {
      const element = index < elements.length - tail ? elements[index] : undefined
      const other = index < others.length - tail ? others[index] : undefined
      if (element !== undefined && other !== undefined) this.#compare(element, other, [...path, index])
      else if (element !== undefined) this.#tell('removed', [...path, index], element, null)
      else if (other !== undefined) this.#tell('added', [...path, index], null, other)
    }
  }

  #isSame(a: number, b: number): boolean {
    const kind = this.before.kindOf(a)
    if (kind !== this.after.kindOf(b)) return false
    if (kind === 'array') {
      const [elements, others] = [childrenOf(this.before, a), childrenOf(this.after, b)]
      return elements.length === others.length && elements.every((element, index) => this.#isSame(element, others[index] ?? 0))
    }
    if (kind !== 'object') return this.#isSameScalar(a, b)
    const [members, others] = [membersOf(this.before, a), membersOf(this.after, b)]
    return members.size === others.size && [...members].every(([key, value]) => others.has(key) && this.#isSame(value, others.get(key) ?? 0))
  }

  #isSameScalar(a: number, b: number): boolean {
    const [text, other] = [textOf(this.before, a), textOf(this.after, b)]
    if (text === other) return true
    if (this.before.kindOf(a) === 'string') return unquoted(text) === unquoted(other)
    return this.before.kindOf(a) === 'number' && isSameNumber(text, other, this.tolerance)
  }

  #tell(kind: Difference['kind'], path: readonly Step[], a: number | null, b: number | null): void {
    this.#total += 1
    if (this.#differences.length >= MOST_LISTED) return
    this.#differences.push({
      kind,
      path: isNameable(path) ? [...path] : null,
      before: a === null ? null : shownOf(this.before, a),
      after: b === null ? null : shownOf(this.after, b),
    })
  }
}

const INTEGER = /^-?\d+$/

/** Integers of any size are told apart exactly; others as doubles. */
export function isSameNumber(a: string, b: string, tolerance: number): boolean {
  const [first, second] = [Number(a), Number(b)]
  if (tolerance === 0) return INTEGER.test(a) && INTEGER.test(b) ? BigInt(a) === BigInt(b) : Object.is(first, second) || first === second
  if (INTEGER.test(a) && INTEGER.test(b)) return Math.abs(Number(BigInt(a) - BigInt(b))) <= tolerance
  // What a decimal tolerance should let through is a little more in doubles: |0.3 - 0.2| is no 0.1.
  return first === second || Math.abs(first - second) <= tolerance + Number.EPSILON * Math.max(Math.abs(first), Math.abs(second))
}

/** Of members with the same name the last counts, as everywhere. */
function membersOf(index: JsonIndex, value: number): Map<Step, number> {
  return new Map(childrenOf(index, value).map((child) => [index.keyOf(child) ?? '', child]))
}

function childrenOf(index: JsonIndex, value: number): number[] {
  const children: number[] = []
  for (let child = value + 1; child < index.nextOf(value); child = index.nextOf(child)) children.push(child)
  return children
}

function textOf(index: JsonIndex, value: number): string {
  return index.text.slice(index.startOf(value), index.endOf(value))
}

function shownOf(index: JsonIndex, value: number): string {
  const text = index.text.slice(index.startOf(value), Math.min(index.endOf(value), index.startOf(value) + SHOWN_LENGTH))
  return index.endOf(value) - index.startOf(value) > SHOWN_LENGTH ? `${text}…` : text
}

function isNameable(path: readonly Step[]): path is FieldPath {
  return path.length <= MAX_FIELD_PATH_STEPS && path.every((step) => typeof step === 'number' || step.length <= MAX_FIELD_KEY_LENGTH)
}
