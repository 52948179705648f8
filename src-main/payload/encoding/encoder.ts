import type { ReadableFormat } from '@shared/payload/reading'
import type { ChoiceOf } from '../decoding/decoder'

/** Why a text is no payload of a format: half a sentence, without a full stop. `position` is in UTF-16 units of the text. */
export class NotEncodable extends Error {
  constructor(
    readonly reason: string,
    readonly position: number | null = null,
  ) {
    super(reason)
  }
}

/** The bytes that a text stands for in one format; structured formats take the JSON form. @throws {NotEncodable} */
export type Encoder<Kind extends ReadableFormat> = (text: string, choice: ChoiceOf<Kind>) => Uint8Array
