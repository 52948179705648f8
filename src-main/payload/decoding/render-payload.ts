import { layOutJson } from '@shared/payload/lay-out-json'
import { detectFormat } from '@shared/payload/payload-codec'
import { usualChoice, type FormatChoice } from '@shared/payload/reading'
import type { RenderedBody, RenderedPayload } from '@shared/payload/rendered-payload'
import { NO_AIDS, type ChosenReading, type MessagePayload } from '../payload-api'
import { decode } from './decoders'
import { withoutCutCharacter } from './text-decoders'

/** JSON longer than this is shown as it came: laying it out would take longer than a frame should wait. */
const MAX_PRETTY_BYTES = 1024 * 1024

/**
 * A payload in the wanted format, or else in the one it most likely is, at most `maxBytes` of it. JSON is laid out by its
 * tokens, so numbers, duplicate keys and escapes stay as they were sent. A format the bytes do not fit falls back to hex.
 */
export function renderPayload(message: MessagePayload, { reading, by, aids = NO_AIDS }: ChosenReading, maxBytes: number): RenderedPayload {
  const { payload: bytes, totalBytes, topic } = message
  const isWhole = bytes.byteLength === totalBytes
  const payload = { bytes, isWhole, topic, aids }
  const wanted = reading.format ?? likelyFormat(bytes, isWhole, maxBytes)
  const decidedBy: RenderedPayload['decidedBy'] = reading.format === null || by === null ? 'content' : by
  const facts = { compressions: [], decidedBy, unwrappedBytes: totalBytes, totalBytes }
  const outcome = decode(payload, wanted, maxBytes)
  const fault = outcome.reason === null ? null : { format: wanted.kind, reason: outcome.reason }
  if (outcome.body !== null) {
    return { ...facts, format: wanted.kind, body: laidOut(outcome.body, outcome.shownBytes === totalBytes), fault, shownBytes: outcome.shownBytes }
  }
  const raw = Uint8Array.from(bytes.subarray(0, maxBytes))
  return { ...facts, format: 'hex', body: { kind: 'bytes', bytes: raw }, fault, shownBytes: raw.byteLength }
}

function likelyFormat(bytes: Uint8Array, isWhole: boolean, maxBytes: number): FormatChoice {
  const isCut = !isWhole || bytes.byteLength > maxBytes
  return usualChoice(detectFormat(isCut ? withoutCutCharacter(bytes.subarray(0, maxBytes)) : bytes))
}

/** `isWhole`: JSON that was cut is no JSON. */
function laidOut(body: RenderedBody, isWhole: boolean): RenderedBody {
  if (body.kind !== 'text' || body.language !== 'json' || !isWhole || body.text.length > MAX_PRETTY_BYTES) return body
  try {
    JSON.parse(body.text)
  } catch {
    return body
  }
  return { ...body, text: layOutJson(body.text) ?? body.text }
}
