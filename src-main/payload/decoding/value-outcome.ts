import { toJsonForm } from '@shared/payload/json-form'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import type { Outcome } from './decoder'
import { READING_LIMITS } from './reading-limits'

/** What a decoder found in `shownBytes` of a payload, to be shown in the JSON form; `reason`: why it is not all, if the decoder knows. */
export function valueOutcome(value: unknown, shownBytes: number, reason: ReadingFault | null): Outcome {
  const { text, cutBy } = toJsonForm(value)
  const cut = cutBy === null ? null : limitFault(cutBy === 'characters' ? 'bytes' : cutBy)
  return { body: { kind: 'text', language: 'json', text }, shownBytes, reason: reason ?? cut }
}

/** That a limit of {@link READING_LIMITS} was reached. `bytes`: of what is shown. */
export function limitFault(limit: 'bytes' | 'inflated-bytes' | 'depth' | 'values' | 'pixels'): Extract<ReadingFault, { kind: 'limit' }> {
  return { kind: 'limit', limit, most: MOST[limit] }
}

const MOST = {
  bytes: READING_LIMITS.shownCharacters,
  'inflated-bytes': READING_LIMITS.inflatedBytes,
  depth: READING_LIMITS.depth,
  values: READING_LIMITS.values,
  pixels: READING_LIMITS.pixels,
}
