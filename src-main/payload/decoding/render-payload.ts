import { layOutJson } from '@shared/payload/lay-out-json'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import type { ChosenReading, MessagePayload } from '../payload-api'
import { isStartOfJson } from './json-start'
import { readPayload, type ReadPayload } from './read-payload'

/** JSON longer than this is shown as it came: laying it out would take longer than a frame should wait. */
const MAX_PRETTY_LENGTH = 1024 * 1024

/**
 * A payload as it is shown, at most `maxBytes` of it. JSON is laid out by its tokens, so numbers, duplicate keys and escapes stay
 * as they were sent. What cannot be read at all is shown as bytes.
 */
export function renderPayload(message: MessagePayload, chosen: ChosenReading, maxBytes: number): RenderedPayload {
  const read = readPayload(message, chosen, maxBytes)
  const { contents, choice, decidedBy, outcome, fault } = read
  const { bytes } = contents.payload
  const facts = {
    compressions: [...contents.compressions],
    decidedBy,
    fault,
    unwrappedBytes: contents.compressions.length === 0 ? message.totalBytes : bytes.byteLength,
    totalBytes: message.totalBytes,
  }
  if (outcome.body !== null) return { ...facts, format: choice.kind, body: laidOut(read, outcome), shownBytes: outcome.shownBytes }
  const raw = Uint8Array.from(bytes.subarray(0, maxBytes))
  return { ...facts, format: 'hex', body: { kind: 'bytes', bytes: raw }, shownBytes: raw.byteLength }
}

function laidOut({ choice, contents: { payload } }: ReadPayload, { body, shownBytes, reason }: Extract<ReadPayload['outcome'], { body: object }>) {
  if (body.kind !== 'text' || body.language !== 'json' || body.text.length > MAX_PRETTY_LENGTH) return body
  // What is no JSON cannot be laid out; what a structured format gave always can.
  const isWhole = payload.isWhole && shownBytes === payload.bytes.byteLength
  const isJson = choice.kind !== 'json' || (isWhole ? reason === null : isStartOfJson(body.text))
  return isJson ? { ...body, text: layOutJson(body.text) ?? body.text } : body
}
