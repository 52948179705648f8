import { XMLParser } from 'fast-xml-parser'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf, malformed, type Decoder } from './decoder'
import { layOutXml } from './lay-out-xml'
import { READING_LIMITS } from './reading-limits'
import { readText } from './text'
import { limitFault } from './value-outcome'

/** XML, checked and laid out. What is no XML, or may not be read, is shown as it came. */
export const decodeXml: Decoder<'xml'> = (payload, _choice, maxBytes) => {
  const part = readText(payload, 'utf-8', maxBytes)
  if (part === null) return malformed('not UTF-8')
  const { text, shownBytes, isCut } = part
  const fault = isCut ? null : xmlFault(text)
  const shown = isCut || fault !== null ? text : (layOutXml(text) ?? text)
  return { body: { kind: 'text', language: 'xml', text: shown }, shownBytes, reason: fault?.reason ?? null }
}

export interface XmlFault {
  readonly reason: ReadingFault
  /** In UTF-16 units of the text; null: it is no single place. */
  readonly position: number | null
}

/** What is wrong with a text as XML, or null. */
export function xmlFault(text: string): XmlFault | null {
  const value = xmlValue(text)
  return value.ok ? null : value
}

type XmlValue = { readonly ok: true; readonly value: object } | ({ readonly ok: false } & XmlFault)

/** The parser alone takes what is not well-formed, too. */
interface CheckingParser {
  parse(xml: string, isChecked: true): unknown
}

const parser: CheckingParser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: true,
  numberParseOptions: { hex: false, leadingZeros: false },
  maxNestedTags: READING_LIMITS.depth,
})

/** The library takes about a second for a megabyte; more than this is shown unchecked, and has no value. In UTF-16 units. */
const MAX_LENGTH = 1024 * 1024

/**
 * XML as members: elements by name (several: a list), attributes as `@name`, text beside them as `#text`. A DOCTYPE is refused: its
 * entities are how little XML becomes much.
 */
export function xmlValue(text: string): XmlValue {
  const wrong = (detail: string, position: number | null): XmlValue => ({ ok: false, reason: { kind: 'malformed', detail }, position })
  if (text.length > MAX_LENGTH) return { ok: false, reason: { kind: 'limit', limit: 'bytes', most: MAX_LENGTH }, position: null }
  const doctype = text.search(/<!DOCTYPE/i)
  if (doctype >= 0) return wrong('it has a DOCTYPE, which is not read', doctype)
  try {
    const value = parser.parse(text, true) as object
    const roots = Object.keys(value).filter((name) => !name.startsWith('?'))
    return roots.length > 1 ? wrong('it has more than one root element', null) : { ok: true, value }
  } catch (error) {
    const detail = detailOf(error)
    if (detail.includes('nested tags')) return { ok: false, reason: limitFault('depth'), position: null }
    // The library ends its words with the place: ":line:column".
    const [, words = detail, line, column] = /^(.*):(\d+):(\d+)$/.exec(detail) ?? []
    return wrong(words.replace(/\.$/, ''), line === undefined ? null : positionOf(text, Number(line), Number(column)))
  }
}

/** Lines and columns are counted from 1. */
function positionOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return Math.min(text.length, before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1)
}
