import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { NO_AIDS, type ChosenReading, type MessagePayload } from '../payload-api'
import { readContentType } from './content-type'
import type { Outcome } from './decoder'
import { decode } from './decoders'
import { announcedFormat, detectContent, type Decision } from './detect'
import { unwrap, type Contents } from './unwrap'

/** A payload, unwrapped and decoded. */
export interface ReadPayload extends Pick<RenderedPayload, 'decidedBy' | 'fault'> {
  readonly contents: Contents
  /** What was decoded, and what came of it. */
  readonly choice: Decision['choice']
  readonly outcome: Outcome
}

/**
 * Reads a payload in the chosen format, or else in the one that its message, its topic or its bytes name, in this order. When
 * what a message or topic says is not so, the bytes decide after all, and the fault tells of it.
 */
export function readPayload(message: MessagePayload, { reading, by, aids = NO_AIDS }: ChosenReading, maxBytes: number): ReadPayload {
  const { payload: bytes, totalBytes, topic } = message
  const contentType = readContentType(message.contentType)
  const contents = unwrap({ bytes, isWhole: bytes.byteLength === totalBytes, topic, aids }, reading.compression, contentType.compression)
  const { payload } = contents
  const fromContent = (): Decision => ({ choice: detectContent(payload, message.payloadFormatIndicator === 1, maxBytes), by: 'content' })
  const read = ({ choice, by: decidedBy }: Decision): ReadPayload => {
    const outcome = decode(payload, choice, maxBytes)
    const fault = contents.fault ?? (outcome.reason && { format: choice.kind, reason: outcome.reason })
    return { contents, choice, decidedBy, outcome, fault }
  }
  if (reading.format !== null && by !== null) return read({ choice: reading.format, by })
  const announced = announcedFormat(payload, contentType.format)
  if (announced === null) return read(fromContent())
  const first = read(announced)
  return first.outcome.body === null ? { ...read(fromContent()), fault: first.fault } : first
}
