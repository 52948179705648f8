import type { RenderedPayload } from '@shared/payload/rendered-payload'

/** How a file with the payload should end: it holds the bytes as they came, still compressed where they are. */
export function fileExtension({ format, compressions, body }: RenderedPayload): string {
  switch (compressions[0]) {
    case 'gzip':
      return 'gz'
    case 'zstd':
      return 'zst'
    case 'brotli':
      return 'br'
    case 'zlib':
    case 'deflate':
      return 'zz'
    case undefined:
  }
  if (body.kind === 'image') return body.mediaType === 'image/jpeg' ? 'jpg' : body.mediaType.replace('image/', '')
  switch (format) {
    case 'json':
    case 'xml':
    case 'yaml':
    case 'cbor':
    case 'msgpack':
    case 'avro':
      return format
    case 'text':
    case 'base64':
      return 'txt'
    case 'hex':
    case 'number':
    case 'protobuf':
    case 'sparkplug':
    case 'image':
      return 'bin'
  }
}
