import type { FormatChoice, ReadableFormat } from '@shared/payload/reading'
import type { ReadingFault, RenderedBody } from '@shared/payload/rendered-payload'
import type { ReadingAids } from '../payload-api'

/** A payload, unwrapped, with what its message says of it. */
export interface Unwrapped {
  readonly bytes: Uint8Array
  /** Whether `bytes` are all there are: else what they end with is cut. */
  readonly isWhole: boolean
  readonly topic: string
  readonly aids: ReadingAids
}

/** What a decoder made of a payload. With a reason, the body is what could be read before the fault. */
export type Outcome =
  | { readonly body: RenderedBody; readonly shownBytes: number; readonly reason: ReadingFault | null }
  | { readonly body: null; readonly reason: ReadingFault }

export type ChoiceOf<Kind extends ReadableFormat> = Extract<FormatChoice, { kind: Kind }>

/**
 * Reads a payload as one format, so that at most `maxBytes` of it show. Structured formats give JSON, which is laid out
 * afterwards. Never throws: what the bytes are not is an {@link Outcome}, too.
 */
export type Decoder<Kind extends ReadableFormat> = (payload: Unwrapped, choice: ChoiceOf<Kind>, maxBytes: number) => Outcome

export const malformed = (detail: string): Outcome => ({ body: null, reason: { kind: 'malformed', detail } })

/** What an error says, on one line and not at length: it is shown beside the payload. */
export function detailOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/\s+/g, ' ').slice(0, 300)
}

/** The part of a payload to read, and whether there is more of it. */
export function partOf({ bytes, isWhole }: Unwrapped, maxBytes: number): { readonly shown: Uint8Array; readonly isCut: boolean } {
  return { shown: bytes.subarray(0, maxBytes), isCut: !isWhole || bytes.byteLength > maxBytes }
}
