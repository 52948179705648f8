import type { PayloadFormat } from '@shared/payload/format'
import type { FormatChoice, ReadableFormat } from '@shared/payload/reading'

/** Formats beyond those an editor holds as they are: the payload thread writes them. */
export const ENCODED_FORMATS = ['cbor', 'msgpack', 'protobuf', 'avro', 'sparkplug', 'number', 'xml', 'yaml', 'text'] as const satisfies readonly ReadableFormat[]

/** How the editor holds what is written in a format. */
export function editorFormat({ kind }: FormatChoice): PayloadFormat {
  return kind === 'number' || kind === 'text' || kind === 'xml' || kind === 'yaml' ? 'text' : 'json'
}
