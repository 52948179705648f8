import type { ReadableFormat } from '@shared/payload/reading'
import type { SchemaFile } from '@shared/schemas/schema-file'
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

/**
 * The bytes that a text stands for in one format; structured formats take the JSON form. `schemas`: the file
 * that the choice names, with those it may import. @throws {NotEncodable}
 */
export type Encoder<Kind extends ReadableFormat> = (text: string, choice: ChoiceOf<Kind>, schemas: readonly SchemaFile[]) => Uint8Array
