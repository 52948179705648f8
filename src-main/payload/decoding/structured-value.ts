import { toJsonForm } from '@shared/payload/json-form'
import { parseExactly } from '@shared/payload/parse-exactly'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import type { ChosenReading, MessagePayload } from '../payload-api'
import { detailOf } from './decoder'
import { isDeeperThan } from './json-depth'
import { readPayload } from './read-payload'
import { READING_LIMITS } from './reading-limits'
import { limitFault } from './value-outcome'
import { xmlValue } from './xml'
import { readYaml } from './yaml'

export type StructuredValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: ReadingFault }

/**
 * The value a payload stands for, as charts, tables and expressions take it: plain JSON. Structured formats give their JSON form
 * as it is shown, so that a path into what is shown is a path into this; text gives the text, or the number it is.
 */
export function structuredValue(message: MessagePayload, chosen: ChosenReading): StructuredValue {
  const { outcome, fault, contents } = readPayload(message, chosen, Number.MAX_SAFE_INTEGER)
  if (contents.fault !== null) return { ok: false, reason: contents.fault.reason }
  if (outcome.body === null || outcome.reason !== null) return { ok: false, reason: outcome.reason ?? malformed('no value') }
  if (outcome.body.kind !== 'text') return { ok: false, reason: fault?.reason ?? malformed('these are bytes') }
  const { language, text } = outcome.body
  if (language === 'plain') return { ok: true, value: numberOrText(text) }
  const form = formOf(language, text)
  return form.ok ? parseJson(form.json) : form
}

/** What a text in a language stands for, as JSON. */
export function formOf(language: 'json' | 'xml' | 'yaml', text: string): { readonly ok: true; readonly json: string } | { readonly ok: false; readonly reason: ReadingFault } {
  switch (language) {
    case 'json':
      return { ok: true, json: text }
    case 'xml':
      return xmlValue(text)
    case 'yaml': {
      const read = readYaml(text)
      if (!read.ok) return read
      const { text: json, cutBy } = toJsonForm(read.value)
      return cutBy === null ? { ok: true, json } : { ok: false, reason: limitFault(cutBy === 'characters' ? 'bytes' : cutBy) }
    }
  }
}

const malformed = (detail: string): ReadingFault => ({ kind: 'malformed', detail })

function parseJson(json: string): StructuredValue {
  if (isDeeperThan(json, READING_LIMITS.depth)) return { ok: false, reason: limitFault('depth') }
  try {
    return { ok: true, value: parseExactly(json) }
  } catch (error) {
    return { ok: false, reason: malformed(detailOf(error)) }
  }
}

/** A number as JSON writes it, white space around it allowed. */
const BARE_NUMBER = /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/

function numberOrText(text: string): number | string {
  return text.length < 100 && BARE_NUMBER.test(text) ? Number(text) : text
}
