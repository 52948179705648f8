/** One thing the search box understands: what is written is `before + value + after`, `value` being the reader's own. */
interface Operator {
  readonly name: string
  readonly before: string
  readonly value: string
  readonly after: string
}

const operator = <Name extends string>(name: Name, before: string, value: string, after = ''): Operator & { readonly name: Name } => ({
  name,
  before,
  value,
  after,
})

/** All the search box understands, with an example of each, in the order they are best learnt in. */
export const SEARCH_OPERATORS = [
  operator('text', '', 'pump'),
  operator('quoted', '"', 'living room', '"'),
  operator('filter', 'plant/+/', 'temperature'),
  operator('regex', '/', 'line-[12]$', '/'),
  operator('payload', 'payload:', 'error'),
  operator('since', 'since:', '5m'),
  operator('rate', 'rate>', '10'),
  operator('size', 'size>', '1k'),
  operator('messages', 'messages>', '100'),
  operator('retained', 'retained', ''),
  operator('not', '-', 'test'),
] as const
export type SearchOperator = (typeof SEARCH_OPERATORS)[number]
