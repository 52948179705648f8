import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf, type Outcome } from './decoder'
import { BuilderLimit, ValueBuilder } from './value-builder'
import { limitFault, valueOutcome } from './value-outcome'

/**
 * Builds the value of a binary format: `step` gives the builder its next token and says how far it is, in bytes from the start.
 * It throws what the bytes are not; a payload that was cut ends too early without being at fault.
 */
export function readTokens(
  { shown, isCut }: { readonly shown: Uint8Array; readonly isCut: boolean },
  step: (builder: ValueBuilder) => number,
): Outcome {
  const builder = new ValueBuilder()
  let readBytes = 0
  let reason: ReadingFault | null = null
  try {
    while (!builder.isDone) readBytes = step(builder)
    const more = shown.byteLength - readBytes
    if (more > 0) reason = { kind: 'malformed', detail: `the value ends ${more} bytes before the payload does` }
  } catch (error) {
    if (error instanceof BuilderLimit) reason = limitFault(error.limit)
    else if (!isCut) reason = { kind: 'malformed', detail: detailOf(error) }
  }
  const result = builder.result()
  if (result === null) return { body: null, reason: reason ?? { kind: 'malformed', detail: 'no value is complete' } }
  return valueOutcome(result.value, readBytes, reason)
}
