import type { Compression } from '@shared/payload/reading'

/** The compression that the first bytes announce, or null. Brotli and raw deflate announce nothing. */
export function compressionOf(bytes: Uint8Array): Compression | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes
  if (first === 0x1f && second === 0x8b && third === 8) return 'gzip' // RFC 1952, 2.3.1; 8: deflate
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd' // RFC 8878, 3.1.1
  // RFC 1950, 2.2: deflate with a window of 32 KB, no dictionary, and a sum that is right; "x^" is text, too.
  if (first === 0x78 && (first * 256 + second) % 31 === 0 && (second & 0x20) === 0) return 'zlib'
  return null
}
