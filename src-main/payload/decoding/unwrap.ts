import type { Compression, Reading } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { compressionOf } from './compressions'
import type { Unwrapped } from './decoder'
import { inflate } from './inflate'
import { READING_LIMITS } from './reading-limits'

/** A payload without its compressions. */
export interface Contents {
  readonly payload: Unwrapped
  /** From the outside in. */
  readonly compressions: readonly Compression[]
  /** Why the innermost compression gave only a part. */
  readonly fault: NonNullable<RenderedPayload['fault']> | null
}

/**
 * Takes the compressions off a payload: the one that was chosen or that the content type names, then those that announce themselves.
 * zlib's header is two bytes that text may begin with, so it is only believed when what follows bears it out.
 */
export function unwrap(payload: Unwrapped, chosen: Reading['compression'], announced: Compression | null): Contents {
  const compressions: Compression[] = []
  let current = payload
  let fault: Contents['fault'] = null
  let next = chosen === 'auto' ? (announced ?? compressionOf(payload.bytes)) : chosen === 'none' ? null : chosen
  let isGuess = chosen === 'auto' && announced === null
  while (next !== null && compressions.length < READING_LIMITS.compressions) {
    const inflated = inflate(current.bytes, next)
    // Of a payload that was cut, the end is missing without fault.
    const reason = inflated.isShort && !current.isWhole ? null : inflated.reason
    if (next === 'zlib' && isGuess && !inflated.hasMore && reason?.kind === 'malformed') return { payload: current, compressions, fault }
    if (inflated.bytes.byteLength === 0 && reason !== null) return { payload: current, compressions, fault: { format: next, reason } }
    compressions.push(next)
    current = { ...payload, bytes: inflated.bytes, isWhole: inflated.reason === null || inflated.hasMore }
    fault = reason === null ? null : { format: next, reason }
    // A part of something says nothing of what is in it, but its first bytes do.
    next = chosen === 'auto' ? compressionOf(current.bytes) : null
    isGuess = true
  }
  if (next !== null) fault ??= { format: next, reason: { kind: 'limit', limit: 'depth', most: READING_LIMITS.compressions } }
  return { payload: current, compressions, fault }
}
