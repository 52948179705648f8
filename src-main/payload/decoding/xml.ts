import { XMLParser } from 'fast-xml-parser'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf, malformed, type Decoder } from './decoder'
import { layOutXml } from './lay-out-xml'
import { READING_LIMITS } from './reading-limits'
import { readText } from './text'
import { limitFault } from './value-outcome'
import { CDATA, nodesSchema, xmlForm } from './xml-form'

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

type XmlValue = { readonly ok: true; readonly json: string } | ({ readonly ok: false } & XmlFault)

/** The parser alone takes what is not well-formed, too. */
interface CheckingParser {
  parse(xml: string, isChecked: true): unknown
}

const parser: CheckingParser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Text is taken as it is: which references and numbers there are, `xml-form.ts` says.
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  onDangerousProperty: (name) => name,
  maxNestedTags: READING_LIMITS.depth,
})

/** The library takes about a second for a megabyte; more than this is shown unchecked, and has no value. In UTF-16 units. */
const MAX_LENGTH = 1024 * 1024

/** The value of XML, as `xml-form.ts` writes it. A DOCTYPE is refused: its entities are how little XML becomes much. */
export function xmlValue(text: string): XmlValue {
  const wrong = (detail: string, position: number | null): XmlValue => ({ ok: false, reason: { kind: 'malformed', detail }, position })
  if (text.length > MAX_LENGTH) return { ok: false, reason: { kind: 'limit', limit: 'bytes', most: MAX_LENGTH }, position: null }
  const doctype = text.search(/<!DOCTYPE/i)
  if (doctype >= 0) return wrong('it has a DOCTYPE, which is not read', doctype)
  try {
    const roots = nodesSchema.parse(parser.parse(text, true))
    const end = text.lastIndexOf('>') + 1
    // The library takes what follows the root in silence.
    if (text.slice(end).trim() !== '') return wrong('there is text after the root element', end)
    return roots.length === 1 ? { ok: true, json: xmlForm(roots) } : wrong('it has more than one root element', null)
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
