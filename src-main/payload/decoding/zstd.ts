import { Decompress, ZstdErrorCode } from 'fzstd'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf } from './decoder'
import type { Inflated } from './inflated'
import { READING_LIMITS } from './reading-limits'
import { limitFault } from './value-outcome'
import { ENDS_EARLY, zstdFrames } from './zstd-frames'

/** The library moves its whole window for each block, so that a few bytes can keep it busy for long. */
const MAX_MS = 1_500

class Stop extends Error {
  constructor(readonly reason: ReadingFault) {
    super(reason.kind)
  }
}

/** Inflates Zstandard frames, block by block. The library allocates the window a header asks for: that is looked at before. */
export function inflateZstd(bytes: Uint8Array): Inflated {
  const blocks: Uint8Array[] = []
  const startedAtMs = performance.now()
  let length = 0
  let reason: ReadingFault | null = null
  let isShort = false
  const take = (block: Uint8Array): void => {
    const room = READING_LIMITS.inflatedBytes - length
    blocks.push(block.slice(0, room)) // the library uses its buffer again
    length += Math.min(room, block.byteLength)
    if (block.byteLength > room) throw new Stop(limitFault('inflated-bytes'))
    if (performance.now() - startedAtMs > MAX_MS) throw new Stop({ kind: 'limit', limit: 'milliseconds', most: MAX_MS })
  }
  try {
    for (const frame of zstdFrames(bytes)) {
      if (frame.windowBytes > READING_LIMITS.inflatedBytes) throw new Stop(limitFault('inflated-bytes'))
      new Decompress(take).push(frame.bytes, true)
    }
  } catch (error) {
    isShort = endsEarly(error)
    reason = error instanceof Stop ? error.reason : { kind: 'malformed', detail: isShort ? ENDS_EARLY : detailOf(error) }
  }
  return { bytes: Uint8Array.from(Buffer.concat(blocks)), isShort, hasMore: false, reason }
}

function endsEarly(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.message === ENDS_EARLY || ('code' in error && error.code === ZstdErrorCode.UnexpectedEOF)
}
