import zlib from 'node:zlib'
import type { Compression } from '@shared/payload/reading'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf } from './decoder'
import type { Inflated } from './inflated'
import { READING_LIMITS } from './reading-limits'
import { limitFault } from './value-outcome'
import { inflateZstd } from './zstd'

/** Undoes one compression, as far as the bytes and {@link READING_LIMITS} go. Never throws. */
export function inflate(bytes: Uint8Array, compression: Compression): Inflated {
  if (compression === 'zstd') return inflateZstd(bytes)
  const whole = tryInflate(bytes, compression, 'whole')
  if (whole.ok) return { bytes: whole.bytes, isShort: false, reason: null }
  const isTooMuch = whole.code === 'ERR_BUFFER_TOO_LARGE'
  const isShort = whole.code === 'Z_BUF_ERROR'
  const start = isShort ? tryInflate(bytes, compression, 'start') : null
  const reason: ReadingFault = isTooMuch ? limitFault('inflated-bytes') : { kind: 'malformed', detail: isShort ? 'it ends too early' : whole.detail }
  return { bytes: start?.ok ? start.bytes : longestStart(bytes, compression, isTooMuch ? 1 : 16), isShort, reason }
}

type Attempt = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly code: string; readonly detail: string }

const METHODS = {
  gzip: zlib.gunzipSync,
  zlib: zlib.inflateSync,
  deflate: zlib.inflateRawSync,
  brotli: zlib.brotliDecompressSync,
}

/** `start`: input that ends too early gives what there is (the documentation of `node:zlib`, "Compressing HTTP requests and responses"). */
function tryInflate(bytes: Uint8Array, compression: keyof typeof METHODS, extent: 'whole' | 'start'): Attempt {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants
  const finishFlush = compression === 'brotli' ? BROTLI_OPERATION_FLUSH : Z_SYNC_FLUSH
  try {
    const inflated = METHODS[compression](bytes, {
      maxOutputLength: READING_LIMITS.inflatedBytes,
      ...(extent === 'start' && { finishFlush }),
    })
    return { ok: true, bytes: inflated }
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
