import type { FormatChoice, ReadableFormat } from '@shared/payload/reading'
import { decodeAvro } from './avro'
import { decodeBase64, decodeHex } from './bytes'
import { decodeCbor } from './cbor'
import type { Decoder, Outcome, Unwrapped } from './decoder'
import { decodeImage } from './image'
import { decodeJson } from './json'
import { decodeMessagePack } from './msgpack'
import { decodeNumber } from './number'
import { decodeProtobuf } from './protobuf'
import { decodeSparkplug } from './sparkplug'
import { decodeText } from './text'
import { decodeXml } from './xml'
import { decodeYaml } from './yaml'

/** The registry: how each format is read. */
export const DECODERS: { readonly [Kind in ReadableFormat]: Decoder<Kind> } = {
  json: decodeJson,
  text: decodeText,
  hex: decodeHex,
  base64: decodeBase64,
  cbor: decodeCbor,
  msgpack: decodeMessagePack,
  protobuf: decodeProtobuf,
  avro: decodeAvro,
  sparkplug: decodeSparkplug,
  number: decodeNumber,
  image: decodeImage,
  xml: decodeXml,
  yaml: decodeYaml,
}

/** Reads a payload in one format; see {@link Decoder}. */
export function decode<Kind extends ReadableFormat>(payload: Unwrapped, choice: Extract<FormatChoice, { kind: Kind }>, maxBytes: number): Outcome {
  const decoder: Decoder<Kind> = DECODERS[choice.kind]
  return decoder(payload, choice, maxBytes)
}
