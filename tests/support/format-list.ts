import { READABLE_FORMATS, type Compression, type ReadableFormat } from '@shared/payload/reading'
import { MEDIA_TYPES, SUFFIXES } from '../../src-main/payload/decoding/content-type'
import { DECODERS } from '../../src-main/payload/decoding/decoders'
import { ENCODERS } from '../../src-main/payload/encoding/encoders'
import { withSection } from './marked-section'

const BEGIN = '<!-- formats: written by `node scripts/formats.mjs` -->'
const END = '<!-- end of formats -->'

/** What people call each format, and by what it is known besides the message's content type; null: by nothing. */
const FORMATS: { readonly [Kind in ReadableFormat]: { readonly name: string; readonly sign: string | null } } = {
  json: { name: 'JSON', sign: 'an object or array; Sparkplug’s STATE topics' },
  text: { name: 'Text: UTF-8, Latin-1, UTF-16', sign: 'UTF-8 without control characters; a UTF-16 byte order mark' },
  hex: { name: 'Bytes: hexadecimal', sign: 'whatever is nothing else' },
  base64: { name: 'Bytes: Base64', sign: null },
  cbor: { name: 'CBOR', sign: null },
  msgpack: { name: 'MessagePack', sign: null },
  protobuf: { name: 'Protobuf, with your .proto files or without', sign: null },
  avro: { name: 'Avro, with your schema', sign: null },
  sparkplug: { name: 'Sparkplug B', sign: 'topics `spBv1.0/…`' },
  number: { name: 'Numbers: int and uint of 8 to 64 bits, float of 32 and 64, either byte order', sign: null },
  image: { name: 'Images: PNG, JPEG, WebP, GIF', sign: 'first bytes' },
  xml: { name: 'XML', sign: null },
  yaml: { name: 'YAML', sign: null },
}

const COMPRESSIONS: { readonly [Name in Compression]: { readonly name: string; readonly hasSign: boolean } } = {
  gzip: { name: 'gzip', hasSign: true },
  zlib: { name: 'zlib', hasSign: true },
  zstd: { name: 'zstd', hasSign: true },
  brotli: { name: 'Brotli', hasSign: false },
  deflate: { name: 'raw deflate', hasSign: false },
}

/** README with the list of formats as the registries have it. @throws {Error} when it lacks the markers */
export function withFormatList(readme: string): string {
  const rows = READABLE_FORMATS.map((kind) => {
    const { name, sign } = FORMATS[kind]
    return `| ${name} | ${tick(kind in DECODERS)} | ${tick(ENCODERS[kind] !== null)} | ${[contentTypesOf(kind), sign ?? ''].filter(Boolean).join('; ') || 'chosen by hand or rule only'} |`
  })
  return withSection(readme, BEGIN, END, ['| Format | read | written | known by |', '| --- | :-: | :-: | --- |', ...rows, '', compressionLine()].join('\n'))
}

const tick = (is: boolean): string => (is ? '✔' : '–')

function contentTypesOf(kind: ReadableFormat): string {
  const suffix = SUFFIXES[kind]
  const types = [...(MEDIA_TYPES[kind] ?? []), ...(suffix === undefined ? [] : [`…${suffix}`]), ...(kind === 'text' ? ['text/…'] : [])]
  return types.length === 0 ? '' : `content type ${types.map((type) => `\`${type}\``).join(', ')}`
}

function compressionLine(): string {
  const names = (hasSign: boolean): string =>
    Object.values(COMPRESSIONS)
      .filter((compression) => compression.hasSign === hasSign)
      .map(({ name }) => name)
      .join(', ')
  return `Compressions, unwrapped first, up to three within each other: ${names(true)} by their first bytes; ${names(false)} by content type, hand or rule.`
}
