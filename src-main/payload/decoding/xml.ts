import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf, malformed, type Decoder } from './decoder'
import { layOutXml } from './lay-out-xml'
import { READING_LIMITS } from './reading-limits'
import { readText } from './text'

/** XML, checked and laid out. What is no XML, or may not be read, is shown as it came. */
export const decodeXml: Decoder<'xml'> = (payload, _choice, maxBytes) => {
  const part = readText(payload, 'utf-8', maxBytes)
  if (part === null) return malformed('not UTF-8')
  const { text, shownBytes, isCut } = part
  const fault = isCut ? null : xmlFault(text)
  const shown = isCut || fault !== null ? text : (layOutXml(text) ?? text)
  return { body: { kind: 'text', language: 'xml', text: shown }, shownBytes, reason: fault?.reason ?? null }
}

/** Where XML is wrong, where there is a place: lines and columns from 1. */
export interface XmlFault {
  readonly reason: ReadingFault
  readonly place: { readonly line: number; readonly column: number } | null
}

/** What is wrong with a text as XML, or null. A DOCTYPE is refused: its entities are how little XML becomes much. */
export function xmlFault(text: string): XmlFault | null {
  const wrong = (detail: string): XmlFault => ({ reason: { kind: 'malformed', detail }, place: null })
  if (/<!DOCTYPE/i.test(text)) return wrong('it has a DOCTYPE, which is not read')
  const result = XMLValidator.validate(text)
  if (result !== true) {
    const { msg, line, col } = result.err
    const place = Number.isInteger(line) && Number.isInteger(col) ? { line, column: col } : null
    return { reason: { kind: 'malformed', detail: detailOf(msg) + (place ? ` (line ${line})` : '') }, place }
  }
  const value = xmlValue(text)
  if (!value.ok) return { reason: value.reason, place: null }
  const roots = Object.keys(value.value).filter((name) => !name.startsWith('?'))
  return roots.length > 1 ? wrong('it has more than one root element') : null
}

type XmlValue = { readonly ok: true; readonly value: object } | { readonly ok: false; readonly reason: ReadingFault }

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: true,
  numberParseOptions: { hex: false, leadingZeros: false },
  maxNestedTags: READING_LIMITS.depth,
})

/** XML without a DOCTYPE as members: elements by name (several: a list), attributes as `@name`, text beside them as `#text`. */
export function xmlValue(text: string): XmlValue {
  try {
    return { ok: true, value: parser.parse(text) as object }
  } catch (error) {
    const detail = detailOf(error)
    if (/nested/i.test(detail)) return { ok: false, reason: { kind: 'limit', limit: 'depth', most: READING_LIMITS.depth } }
    return { ok: false, reason: { kind: 'malformed', detail } }
  }
}
