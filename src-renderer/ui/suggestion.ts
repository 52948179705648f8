import type { Component } from 'vue'

/** What a text box may be filled with. */
export interface Suggestion {
  readonly value: string
  /** What shows for it; the value itself by default. */
  readonly label?: string | undefined
  readonly icon: Component
  /** Where it is known from, in words. */
  readonly source: string
}
