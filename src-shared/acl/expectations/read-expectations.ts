import { Composer, LineCounter, Parser, isNode, type CST, type Document } from 'yaml'
import type { z } from '@shared/schema'
import { expectationsSchema, type Expectations } from './expectation'

/** Why a text is no document of expectations. `line` counts from 1; null: it is about the whole. */
export interface ExpectationsFault {
  readonly line: number | null
  readonly reason:
    /** In UTF-16 units. */
    | { readonly kind: 'too-long'; readonly most: number }
    | { readonly kind: 'too-deep' }
    | { readonly kind: 'malformed'; readonly detail: string }
    /** `path` such as `cases.3.user`. */
    | { readonly kind: 'wrong-value'; readonly path: string; readonly detail: string }
}

export type ReadExpectations = { readonly ok: true; readonly expectations: Expectations } | { readonly ok: false; readonly faults: readonly ExpectationsFault[] }

/** JSON is read at once; the YAML library takes seconds for a megabyte. */
export const MAX_JSON_LENGTH = 32 * 1024 * 1024
export const MAX_YAML_LENGTH = 4 * 1024 * 1024

/** Cases are two deep. */
const MAX_DEPTH = 8
/** Who has more faults than this has another problem. */
const MAX_FAULTS = 20

const refused = (reason: ExpectationsFault['reason'], line: number | null = null): ReadExpectations => ({ ok: false, faults: [{ line, reason }] })

/** Reads a document of expectations, JSON or YAML by what it looks like. */
export function readExpectations(text: string): ReadExpectations {
  if (text.length > MAX_JSON_LENGTH) return refused({ kind: 'too-long', most: MAX_JSON_LENGTH })
  if (text.trimStart().startsWith('{')) {
    const read = readAsJson(text)
    if (read?.success === true) return { ok: true, expectations: read.data }
  }
  // JSON is YAML too, and YAML's parser knows the lines of what is wrong.
  return readAsYaml(text)
}

function readAsJson(text: string): z.ZodSafeParseResult<Expectations> | null {
  try {
    return expectationsSchema.safeParse(JSON.parse(text))
  } catch {
    return null
  }
}

function readAsYaml(text: string): ReadExpectations {
  if (text.length > MAX_YAML_LENGTH) return refused({ kind: 'too-long', most: MAX_YAML_LENGTH })
  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  // The composer calls itself for each level.
  if (tokens.some(isTooDeep)) return refused({ kind: 'too-deep' })
  const [document, second] = new Composer({ logLevel: 'silent' }).compose(tokens, true, text.length)
  if (!document?.contents) return refused({ kind: 'malformed', detail: 'it is empty' })
  if (second !== undefined) return refused({ kind: 'malformed', detail: 'there is a second document' }, lines.linePos(second.range[0]).line)
  const error = document.errors[0]
  if (error !== undefined) return refused({ kind: 'malformed', detail: error.message.split('\n')[0] ?? '' }, lines.linePos(error.pos[0]).line)
  const value = valueOf(document)
  if (value === null) return refused({ kind: 'malformed', detail: 'aliases are not allowed' })
  const parsed = expectationsSchema.safeParse(value.value)
  if (parsed.success) return { ok: true, expectations: parsed.data }
  const faults = parsed.error.issues.slice(0, MAX_FAULTS).map(({ path, message }): ExpectationsFault => {
    const offset = offsetOf(document, path)
    return {
      line: offset === null ? null : lines.linePos(offset).line,
      reason: { kind: 'wrong-value', path: path.map(String).join('.'), detail: message },
    }
  })
  return { ok: false, faults }
}

function valueOf(document: Document.Parsed): { value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) as unknown }
  } catch {
    return null
  }
}

/** Where the value at a path begins, or what it should be in. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return null
}

/** Whether collections lie deeper within each other than expectations do. */
function isTooDeep(root: CST.Token): boolean {
  const toVisit: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }]
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const { token, depth } = next
    if (depth > MAX_DEPTH) return true
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
