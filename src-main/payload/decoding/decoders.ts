import type { FormatChoice, ReadableFormat } from '@shared/payload/reading'
import { malformed, type Decoder, type Outcome, type Unwrapped } from './decoder'
import { decodeAvro } from './avro'
import { decodeProtobuf } from './protobuf'
import { decodeSparkplug } from './sparkplug'
import { decodeBase64, decodeHex, decodeJson, decodeText } from './text-decoders'

const notYet = (): Outcome => malformed('no decoder')

/** The registry: how each format is read. */
const DECODERS: { readonly [Kind in ReadableFormat]: Decoder<Kind> } = {
  json: decodeJson,
  text: decodeText,
  hex: decodeHex,
  base64: decodeBase64,
  cbor: notYet,
  msgpack: notYet,
  protobuf: decodeProtobuf,
  avro: decodeAvro,
  sparkplug: decodeSparkplug,
  number: notYet,
  image: notYet,
  xml: notYet,
  yaml: notYet,
}

/** Reads a payload in one format; see {@link Decoder}. */
export function decode<Kind extends ReadableFormat>(payload: Unwrapped, choice: Extract<FormatChoice, { kind: Kind }>, maxBytes: number): Outcome {
  const decoder: Decoder<Kind> = DECODERS[choice.kind]
  return decoder(payload, choice, maxBytes)
}
