import { usualChoice, type Charset, type Compression, type FormatChoice, type ReadableFormat } from '@shared/payload/reading'

/** Media types by what they name; those that end in `+json` and the like are known by that. */
export const MEDIA_TYPES: { readonly [Kind in ReadableFormat]?: readonly string[] } = {
  json: ['application/json', 'text/json'],
  cbor: ['application/cbor'],
  msgpack: ['application/msgpack', 'application/x-msgpack', 'application/vnd.msgpack'],
  protobuf: ['application/protobuf', 'application/x-protobuf', 'application/vnd.google.protobuf'],
  avro: ['application/avro', 'application/vnd.apache.avro', 'avro/binary'],
  image: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  xml: ['application/xml', 'text/xml'],
  yaml: ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'],
}

/** Structured syntax suffixes (RFC 6838, 4.2.8). */
export const SUFFIXES: { readonly [Kind in ReadableFormat]?: string } = { json: '+json', cbor: '+cbor', msgpack: '+msgpack', xml: '+xml', yaml: '+yaml' }

const COMPRESSION_TYPES: { readonly [Name in Compression]: readonly string[] } = {
  gzip: ['application/gzip', 'application/x-gzip'],
  zlib: ['application/zlib'],
  zstd: ['application/zstd', 'application/x-zstd'],
  brotli: ['application/brotli', 'application/x-brotli', 'application/x-br'],
  deflate: ['application/x-deflate', 'application/deflate'],
}

/** Names of HTTP's Content-Encoding (RFC 9110, 8.4.1; its "deflate" is zlib), as a parameter `encoding` or `content-encoding`. */
const ENCODINGS: ReadonlyMap<string, Compression> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'zlib'],
  ['zlib', 'zlib'],
  ['zstd', 'zstd'],
  ['br', 'brotli'],
  ['brotli', 'brotli'],
  ['deflate-raw', 'deflate'],
])

const CHARSETS: ReadonlyMap<string, Charset> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['iso-8859-1', 'latin1'],
  ['latin1', 'latin1'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['utf-16', 'utf-16be'], // RFC 2781, 4.3: without a byte order mark
])

export interface ContentType {
  /** Null: it names none that is known. */
  readonly format: FormatChoice | null
  readonly compression: Compression | null
}

/** What a message's content type says (MQTT 5.0, 3.3.2.3.9); any text is possible. */
export function readContentType(contentType: string | null): ContentType {
  if (contentType === null) return { format: null, compression: null }
  const [essence = '', ...parameters] = contentType.toLowerCase().split(';', 20).map((part) => part.trim())
  const parameter = (name: string): string =>
    parameters.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1).replace(/^"(.*)"$/, '$1') ?? ''
  const encoding = ENCODINGS.get(parameter('content-encoding')) ?? ENCODINGS.get(parameter('encoding')) ?? null
  return { format: formatOf(essence, parameter('charset')), compression: encoding ?? compressionNamed(essence) }
}

function formatOf(essence: string, charset: string): FormatChoice | null {
  const kinds = Object.keys(MEDIA_TYPES) as ReadableFormat[]
  const kind = kinds.find((name) => MEDIA_TYPES[name]?.includes(essence) || essence.endsWith(SUFFIXES[name] ?? '\0'))
  if (kind !== undefined) return usualChoice(kind)
  return essence.startsWith('text/') ? { kind: 'text', charset: CHARSETS.get(charset) ?? 'utf-8' } : null
}

function compressionNamed(essence: string): Compression | null {
  const names = Object.keys(COMPRESSION_TYPES) as Compression[]
  return names.find((name) => COMPRESSION_TYPES[name].includes(essence)) ?? null
}
