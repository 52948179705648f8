import { imageSize } from 'image-size'
import type { RenderedBody } from '@shared/payload/rendered-payload'
import { detailOf, malformed, type Decoder } from './decoder'
import { READING_LIMITS } from './reading-limits'
import { limitFault } from './value-outcome'

export type ImageType = Extract<RenderedBody, { kind: 'image' }>['mediaType']

/** An image, once its size is known: the page decodes nothing that would need more memory than allowed. */
export const decodeImage: Decoder<'image'> = ({ bytes, isWhole }) => {
  const mediaType = imageTypeOf(bytes)
  if (mediaType === null) return malformed('it begins like no PNG, JPEG, WebP or GIF')
  const size = sizeOf(bytes)
  if (typeof size === 'string') return malformed(size)
  if (size.width * size.height > READING_LIMITS.pixels) return { body: null, reason: limitFault('pixels') }
  if (!isWhole) return { body: null, reason: { kind: 'limit', limit: 'bytes', most: bytes.byteLength } }
  const body = { kind: 'image', mediaType, widthPixels: size.width, heightPixels: size.height, bytes: Uint8Array.from(bytes) } as const
  return { body, shownBytes: bytes.byteLength, reason: null }
}

/** Where the size stands in honest images; the library looks at every byte it gets. */
const HEADER_BYTES = 1024 * 1024

function sizeOf(bytes: Uint8Array): { width: number; height: number } | string {
  try {
    const { width, height } = imageSize(bytes.subarray(0, HEADER_BYTES))
    return width >= 1 && height >= 1 ? { width, height } : 'its size is missing'
  } catch (error) {
    return detailOf(error)
  }
}

const startsWith = (bytes: Uint8Array, at: number, magic: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(magic.length, Math.max(0, bytes.byteLength - at))).toString('latin1') === magic

/** The image that the first bytes announce, or null. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')) return 'image/gif'
  if (startsWith(bytes, 0, 'RIFF') && bytes.byteLength > 12 && startsWith(bytes, 8, 'WEBP')) return 'image/webp'
  return null
}
