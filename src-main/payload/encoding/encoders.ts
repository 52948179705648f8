import { AppError } from '@shared/ipc/app-error'
import type { FormatChoice, ReadableFormat } from '@shared/payload/reading'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { encodeAvro } from './avro'
import { encodeCbor } from './cbor'
import { encodeXml, encodeYaml } from './documents'
import { NotEncodable, type Encoder } from './encoder'
import { encodeMessagePack } from './msgpack'
import { encodeNumber } from './number'
import { encodeProtobuf } from './protobuf'
import { encodeSparkplug } from './sparkplug'
import { encodeAsTyped, encodeText } from './text'

/** The registry: how each format is written; null: it cannot be. */
export const ENCODERS: { readonly [Kind in ReadableFormat]: Encoder<Kind> | null } = {
  json: encodeAsTyped,
  text: encodeText,
  hex: encodeAsTyped,
  base64: encodeAsTyped,
  cbor: encodeCbor,
  msgpack: encodeMessagePack,
  protobuf: encodeProtobuf,
  avro: encodeAvro,
  sparkplug: encodeSparkplug,
  number: encodeNumber,
  image: null,
  xml: encodeXml,
  yaml: encodeYaml,
}

/** The bytes that `text` stands for in a format; see {@link Encoder}. @throws {AppError} `payload-not-encoded` */
export function encode<Kind extends ReadableFormat>(
  text: string,
  choice: Extract<FormatChoice, { kind: Kind }>,
  schemas: readonly SchemaFile[],
): Uint8Array<ArrayBuffer> {
  const encoder: Encoder<Kind> | null = ENCODERS[choice.kind]
  try {
    if (encoder === null) throw new NotEncodable(`${choice.kind} is only read`)
    return Uint8Array.from(encoder(text, choice, schemas))
  } catch (error) {
    if (!(error instanceof NotEncodable)) throw error
    const place = error.position === null ? {} : { position: error.position }
    throw new AppError('payload-not-encoded', 'The text is no payload of this format', { reason: error.reason, ...place })
  }
}
