import type { ReadingFault } from '@shared/payload/rendered-payload'
import type { ChosenReading, MessagePayload } from '../payload-api'
import { renderPayload } from './render-payload'

export type StructuredValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: ReadingFault }

/**
 * The value a payload stands for, as charts, tables and expressions take it: plain JSON. Structured formats give their JSON form
 * as it is shown, so that a path into what is shown is a path into this; text gives the text, or the number it is.
 */
export function structuredValue(message: MessagePayload, chosen: ChosenReading): StructuredValue {
  const { body, fault } = renderPayload(message, chosen, message.totalBytes)
  if (fault !== null) return { ok: false, reason: fault.reason }
  if (body.kind !== 'text') return { ok: false, reason: { kind: 'malformed', detail: 'no text' } }
  if (body.language !== 'json') return { ok: true, value: numberOrText(body.text) }
  try {
    return { ok: true, value: JSON.parse(body.text) as unknown }
  } catch (error) {
    return { ok: false, reason: { kind: 'malformed', detail: error instanceof Error ? error.message : String(error) } }
  }
}

/** A number as JSON writes it, white space around it allowed. */
const BARE_NUMBER = /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/

function numberOrText(text: string): number | string {
  return BARE_NUMBER.test(text) ? Number(text) : text
}
