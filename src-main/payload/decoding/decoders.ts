import type { FormatChoice, ReadableFormat } from '@shared/payload/reading'
import { decodeBase64, decodeHex } from './bytes'
import { decodeCbor } from './cbor'
import { malformed, type Decoder, type Outcome, type Unwrapped } from './decoder'
import { decodeImage } from './image'
import { decodeJson } from './json'
import { decodeMessagePack } from './msgpack'
import { decodeNumber } from './number'
import { decodeText } from './text'
import { decodeXml } from './xml'
import { decodeYaml } from './yaml'

const notYet = (): Outcome => malformed('no decoder')

/** The registry: how each format is read. */
const DECODERS: { readonly [Kind in ReadableFormat]: Decoder<Kind> } = {
  json: decodeJson,
  text: decodeText,
  hex: decodeHex,
  base64: decodeBase64,
  cbor: decodeCbor,
  msgpack: decodeMessagePack,
  protobuf: notYet,
  avro: notYet,
  sparkplug: notYet,
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
