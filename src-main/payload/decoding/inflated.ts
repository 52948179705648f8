import type { ReadingFault } from '@shared/payload/rendered-payload'

/** What was inflated; with a reason it is a part, from the start. */
export interface Inflated {
  readonly bytes: Uint8Array
  /** Whether nothing is wrong but that the end is missing. */
  readonly isShort: boolean
  /** Whether the compression itself said that this is all, and bytes follow that are none of it. */
  readonly hasMore: boolean
  readonly reason: ReadingFault | null
}
