/** Most characters of a search text, most terms in it. */
export const MAX_SEARCH_LENGTH = 65_535
export const MAX_SEARCH_TERMS = 20

/** Operators that compare a number: messages a second, bytes of the last payload, messages received. */
export type Measure = 'rate' | 'size' | 'messages'

/** What one term of a search asks of a topic. */
export type SearchTest =
  /** A part of the topic, in any case. */
  | { readonly kind: 'text'; readonly text: string }
  /** A valid topic filter. */
  | { readonly kind: 'filter'; readonly filter: string }
  /** A regular expression `compileRegex` accepts, found anywhere in the topic. */
  | { readonly kind: 'regex'; readonly pattern: string; readonly ignoreCase: boolean }
  /** A part of the last payload, in any case. */
  | { readonly kind: 'payload'; readonly text: string }
  /** The last message is younger than that. */
  | { readonly kind: 'since'; readonly milliseconds: number }
  | { readonly kind: 'measure'; readonly measure: Measure; readonly sign: '>' | '<'; readonly value: number }
  /** The last message came with the retain flag. */
  | { readonly kind: 'retained' }

export interface SearchTerm {
  readonly negated: boolean
  readonly test: SearchTest
}

/** What is searched for: topics that pass all terms. Without terms nothing is. */
export type Search = readonly SearchTerm[]
