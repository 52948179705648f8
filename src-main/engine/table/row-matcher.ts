import type { FieldPath } from '@shared/payload/field-path'
import { fieldText, type FieldValue, type FieldValues } from '@shared/payload/field-value'
import { compileRegex } from '@shared/search/regex'
import type { Comparison, RowFilter, RowTest } from '@shared/table/row-filter'
import type { LoggedMessage } from '../history/read-message'
import { FilterMatcher } from '../search/filter-matcher'
import { textFinder } from '../search/text-finder'
import type { TopicTree } from '../topics/topic-tree'

/** Most bytes of a payload that are searched, as by the search box; and by a regular expression, which is slower. */
const SEARCHED_BYTES = 4 << 20
const SEARCHED_BY_REGEX_BYTES = 64 << 10

type Topics = Pick<TopicTree, 'pathIn' | 'topicOf'>

type FieldTest = Extract<RowTest, { kind: 'field' }>
type Test = (message: LoggedMessage) => boolean

/** The cheap tests first. */
const ORDER: readonly RowTest['kind'][] = ['retained', 'since', 'size', 'filter', 'text', 'payload', 'regex']

/** A table's filter, made ready to be asked about any number of messages. */
export class RowMatcher {
  readonly #terms: readonly { readonly negated: boolean; readonly test: Test }[]
  readonly #fieldTerms: readonly { readonly negated: boolean; readonly test: FieldTest }[]
  /** Whether there is anything to ask. */
  readonly isOpen: boolean
  /** The fields it asks for. */
  readonly paths: readonly FieldPath[]

  /** @param nowMs what `since` is reckoned from */
  constructor(
    filter: RowFilter,
    private readonly tree: Topics,
    private readonly nowMs: number,
  ) {
    const sorted = [...filter].sort((a, b) => ORDER.indexOf(a.test.kind) - ORDER.indexOf(b.test.kind))
    this.#terms = sorted.flatMap(({ negated, test }) => (test.kind === 'field' ? [] : [{ negated, test: this.#compiled(test) }]))
    this.#fieldTerms = sorted.flatMap(({ negated, test }) => (test.kind === 'field' ? [{ negated, test }] : []))
    this.paths = this.#fieldTerms.map(({ test }) => test.path)
    this.isOpen = sorted.length === 0
  }

  /** Whether a message passes all terms but those of fields. */
  passesButFields(message: LoggedMessage): boolean {
    return this.#terms.every(({ negated, test }) => test(message) !== negated)
  }

  /** Whether the values of {@link paths} pass, too; a message that could not be read has no field. */
  fieldsPass(values: FieldValues): boolean {
    return this.#fieldTerms.every(({ negated, test }, index) => compares(values?.[index] ?? null, test.sign, test.value) !== negated)
  }

  #compiled(test: Exclude<RowTest, FieldTest>): Test {
    const { tree } = this
    switch (test.kind) {
      case 'text': {
        const finder = textFinder(test.text)
        return ({ topic, payload }) => {
          const { bytes, start, end } = tree.pathIn(topic)
          return finder.isIn(bytes, start, end) || finder.isIn(payload, 0, Math.min(payload.byteLength, SEARCHED_BYTES))
        }
      }
      case 'payload': {
        const finder = textFinder(test.text)
        return ({ payload }) => finder.isIn(payload, 0, Math.min(payload.byteLength, SEARCHED_BYTES))
      }
      case 'regex':
        return this.#regexTest(test.pattern, test.ignoreCase)
      case 'filter': {
        const matcher = new FilterMatcher(test.filter)
        return ({ topic }) => {
          const { bytes, start, end } = tree.pathIn(topic)
          return matcher.matches(bytes, start, end)
        }
      }
      case 'since':
        return (message) => message.receivedAtMs > this.nowMs - test.milliseconds
      case 'size':
        return test.sign === '>' ? (message) => message.payload.byteLength > test.value : (message) => message.payload.byteLength < test.value
      case 'retained':
        return (message) => message.retain
    }
  }

  #regexTest(pattern: string, ignoreCase: boolean): Test {
    const compiled = compileRegex(pattern, ignoreCase)
    if (!compiled.ok) throw new Error(`parseRowFilter let a regular expression through: ${compiled.fault.kind}`)
    return ({ topic, payload }) =>
      compiled.regex.test(this.tree.topicOf(topic)) ||
      compiled.regex.test(Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.byteLength, SEARCHED_BY_REGEX_BYTES)).toString())
  }
}

/** Whether a field compares so: as numbers where both are, else as texts, which are equal in any case. What is not there does not. */
function compares(field: FieldValue, sign: Comparison, wanted: string): boolean {
  const text = fieldText(field)
  if (text === null) return false
  const numbers = [numberOf(text), numberOf(wanted)] as const
  if (!Number.isNaN(numbers[0]) && !Number.isNaN(numbers[1])) return holds(numbers[0], sign, numbers[1])
  return holds(text.toLowerCase(), sign, wanted.toLowerCase())
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function holds<Value extends number | string>(a: Value, sign: Comparison, b: Value): boolean {
  switch (sign) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '=':
      return a === b
    case '!=':
      return a !== b
  }
}
