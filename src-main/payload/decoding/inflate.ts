import zlib from 'node:zlib'
import type { Compression } from '@shared/payload/reading'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { z } from '@shared/schema'
import { detailOf } from './decoder'
import type { Inflated } from './inflated'
import { READING_LIMITS } from './reading-limits'
import { limitFault } from './value-outcome'
import { inflateZstd } from './zstd'

/** Undoes one compression, as far as the bytes and {@link READING_LIMITS} go. Never throws. */
export function inflate(bytes: Uint8Array, compression: Compression): Inflated {
  if (compression === 'zstd') return inflateZstd(bytes)
  const whole = tryInflate(bytes, compression, 'whole')
  if (whole.ok) {
    const more = bytes.byteLength - whole.readBytes
    const reason = more > 0 ? ({ kind: 'malformed', detail: `it ends ${more} bytes before the payload does` } as const) : null
    return { bytes: whole.bytes, isShort: false, hasMore: more > 0, reason }
  }
  const isTooMuch = whole.code === 'ERR_BUFFER_TOO_LARGE'
  const isShort = whole.code === 'Z_BUF_ERROR'
  const start = isShort ? tryInflate(bytes, compression, 'start') : null
  const reason: ReadingFault = isTooMuch ? limitFault('inflated-bytes') : { kind: 'malformed', detail: isShort ? 'it ends too early' : whole.detail }
  return { bytes: start?.ok ? start.bytes : longestStart(bytes, compression, isTooMuch ? 1 : 16), isShort, hasMore: false, reason }
}

type Attempt = { readonly ok: true; readonly bytes: Uint8Array; readonly readBytes: number } | { readonly ok: false; readonly code: string; readonly detail: string }

const METHODS = {
  gzip: zlib.gunzipSync,
  zlib: zlib.inflateSync,
  deflate: zlib.inflateRawSync,
  brotli: zlib.brotliDecompressSync,
}

/** What the library gives with `info`: what it made, and of how many bytes. */
const informedSchema = z.object({ buffer: z.instanceof(Buffer), engine: z.object({ bytesWritten: z.number() }) })

/** `start`: input that ends too early gives what there is (the documentation of `node:zlib`, "Compressing HTTP requests and responses"). */
function tryInflate(bytes: Uint8Array, compression: keyof typeof METHODS, extent: 'whole' | 'start'): Attempt {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants
  const finishFlush = compression === 'brotli' ? BROTLI_OPERATION_FLUSH : Z_SYNC_FLUSH
  try {
    const inflated: unknown = METHODS[compression](bytes, {
      maxOutputLength: READING_LIMITS.inflatedBytes,
      info: true,
      ...(extent === 'start' && { finishFlush }),
    })
    const { buffer, engine } = informedSchema.parse(inflated)
    return { ok: true, bytes: buffer, readBytes: engine.bytesWritten }
  } catch (error) {
    return { ok: false, code: codeOf(error), detail: detailOf(error) }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/**
 * What the longest start gives that can be inflated whole, nearly: `precision` 16 comes nearer than a sixteenth, 1 to half of it. Each
 * attempt is bounded, so it is sought by doubling, then by halving what is between.
 */
function longestStart(bytes: Uint8Array, compression: keyof typeof METHODS, precision: number): Uint8Array {
  let best: Uint8Array = new Uint8Array()
  const fits = (length: number): boolean => {
    const attempt = tryInflate(bytes.subarray(0, length), compression, 'start')
    if (attempt.ok) best = attempt.bytes
    return attempt.ok
  }
  let good = 0
  let bad = 16
  while (bad < bytes.byteLength && fits(bad)) {
    good = bad
    bad *= 2
  }
  bad = Math.min(bad, bytes.byteLength)
  while (bad - good > Math.max(1, good / precision)) {
    const middle = Math.floor((good + bad) / 2)
    if (fits(middle)) good = middle
    else bad = middle
  }
  return best
}
