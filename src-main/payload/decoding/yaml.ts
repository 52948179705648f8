import { Composer, isScalar, Parser, visit, type CST, type Document, type YAMLMap } from 'yaml'
import type { ReadingFault } from '@shared/payload/rendered-payload'
import { detailOf, malformed, type Decoder } from './decoder'
import { READING_LIMITS } from './reading-limits'
import { readText } from './text'
import { limitFault } from './value-outcome'

/** YAML as it came, checked. */
export const decodeYaml: Decoder<'yaml'> = (payload, _choice, maxBytes) => {
  const part = readText(payload, 'utf-8', maxBytes)
  if (part === null) return malformed('not UTF-8')
  const { text, shownBytes, isCut } = part
  const read = isCut ? null : readYaml(text)
  return { body: { kind: 'text', language: 'yaml', text }, shownBytes, reason: read === null || read.ok ? null : read.reason }
}

/** The library takes seconds for a megabyte; more than this is shown unchecked, and has no value. In UTF-16 units. */
const MAX_LENGTH = 256 * 1024

/** How often aliases may make a value longer: what they stand for counts each time. */
const MAX_ALIASES = 100

type YamlValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: ReadingFault; readonly position: number | null }

/** The value of a YAML document, of several a list; maps are `Map`s, integers exact. `position` in UTF-16 units. */
export function readYaml(text: string): YamlValue {
  if (text.length > MAX_LENGTH) return { ok: false, reason: { kind: 'limit', limit: 'bytes', most: MAX_LENGTH }, position: null }
  const tokens = [...new Parser().parse(text)]
  // The composer calls itself for each level. Near the end of its stack, V8 would take the whole app down.
  if (tokens.some(isTooDeep)) return { ok: false, reason: limitFault('depth'), position: null }
  const documents: Document.Parsed[] = []
  // The library compares each key of a map with all others.
  const composer = new Composer({ intAsBigInt: true, logLevel: 'silent', uniqueKeys: false })
  for (const document of composer.compose(tokens, true, text.length)) {
    const error = document.errors[0]
    if (error !== undefined) return { ok: false, reason: { kind: 'malformed', detail: detailOf(error.message.split('\n')[0]) }, position: error.pos[0] }
    const twice = secondOfSameKey(document)
    if (twice !== null) return { ok: false, reason: { kind: 'malformed', detail: 'Map keys must be unique' }, position: twice }
    documents.push(document)
  }
  try {
    const values: unknown[] = documents.map((document) => document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES }) as unknown)
    return { ok: true, value: values.length === 1 ? values[0] : values }
  } catch (error) {
    if (detailOf(error).includes('alias count')) return { ok: false, reason: limitFault('values'), position: null }
    return { ok: false, reason: { kind: 'malformed', detail: detailOf(error) }, position: null }
  }
}

/** Whether collections lie deeper within each other than allowed. */
function isTooDeep(root: CST.Token): boolean {
  const toVisit: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }]
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const { token, depth } = next
    if (depth > READING_LIMITS.depth) return true
    if (token.type === 'document') {
      if (token.value) toVisit.push({ token: token.value, depth })
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        for (const inner of [key, value]) if (inner) toVisit.push({ token: inner, depth: depth + 1 })
      }
    }
  }
  return false
}

/** Where the first scalar key stands that its map has already (YAML 1.2, 3.2.1.1); null: there is none. Merge keys (`<<`) may come again. */
function secondOfSameKey(document: Document.Parsed): number | null {
  let found: number | null = null
  visit(document, {
    Map: (_key, map) => {
      found = secondIn(map)
      return found === null ? undefined : visit.BREAK
    },
  })
  return found
}

function secondIn({ items }: YAMLMap): number | null {
  const seen = new Set<unknown>()
  for (const { key } of items) {
    if (!isScalar(key) || key.value === '<<') continue
    if (seen.has(key.value)) return key.range?.[0] ?? 0
    seen.add(key.value)
  }
  return null
}
