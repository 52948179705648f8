import { createScanner, getLocation, parse, type JSONPath } from 'jsonc-parser'

/** Something that may stand at a place in JSON. */
export interface JsonCompletion {
  readonly label: string
  readonly kind: 'property' | 'value'
  readonly insertText: string
  readonly detail: string
}

/** The string, number or word that a place lies in or behind: a completion takes its place. */
export function wordAround(text: string, offset: number): { readonly start: number; readonly end: number } {
  const scanner = createScanner(text)
  for (let kind = Number(scanner.scan()); kind !== END; kind = Number(scanner.scan())) {
    const start = scanner.getTokenOffset()
    const end = start + scanner.getTokenLength()
    if (start >= offset) break
    if (end >= offset) return WORDS.has(kind) ? { start, end } : { start: offset, end: offset }
  }
  return { start: offset, end: offset }
}

/** Of `SyntaxKind`, which is declared as constants that no module has at run time: EOF; words, strings and numbers. */
const END = 17
const WORDS: ReadonlySet<number> = new Set([7, 8, 9, 10, 11, 16])

type Schema = Readonly<Record<string, unknown>>

/** Schemas within each other, and references, that are followed. */
const MAX_STEPS = 50
const MAX_COMPLETIONS = 200

/** What a JSON Schema lets stand at `offset` of a text, which may be half written. References leave the schema nowhere. */
export function completionsAt(root: unknown, text: string, offset: number): JsonCompletion[] {
  const location = getLocation(text, offset)
  if (location.isAtPropertyKey) {
    const path = location.path.slice(0, -1)
    const present = new Set(keysAt(text, path))
    const typed = location.previousNode?.value as unknown
    return propertiesOf(root, path)
      .filter(([name]) => name === typed || !present.has(name))
      .slice(0, MAX_COMPLETIONS)
      .map(([name, schema]) => ({
        label: name,
        kind: 'property',
        insertText: JSON.stringify(name),
        detail: descriptionOf(schema),
      }))
  }
  return schemasAt(root, location.path)
    .flatMap((schema) => valuesOf(schema).map((value) => ({ schema, text: JSON.stringify(value) })))
    .filter(({ text: value }, index, all) => all.findIndex((other) => other.text === value) === index)
    .slice(0, MAX_COMPLETIONS)
    .map(({ schema, text: value }) => ({ label: value, kind: 'value', insertText: value, detail: descriptionOf(schema) }))
}

function propertiesOf(root: unknown, path: JSONPath): (readonly [string, Schema])[] {
  const found = new Map<string, Schema>()
  for (const schema of schemasAt(root, path)) {
    for (const [name, inner] of Object.entries(asSchema(own(schema, 'properties')) ?? {})) {
      if (!found.has(name)) found.set(name, asSchema(inner) ?? {})
    }
  }
  return [...found]
}

/** The schemas that hold for the value at a path. */
function schemasAt(root: unknown, path: JSONPath): Schema[] {
  let schemas = alternatives(root, root)
  for (const step of path) {
    schemas = schemas.flatMap((schema) => alternatives(root, typeof step === 'number' ? ofItem(schema, step) : ofProperty(schema, step)))
    schemas = schemas.slice(0, MAX_STEPS)
  }
  return schemas
}

function ofProperty(schema: Schema, name: string): unknown {
  const properties = asSchema(own(schema, 'properties'))
  return (properties === null ? undefined : own(properties, name)) ?? own(schema, 'additionalProperties')
}

function ofItem(schema: Schema, index: number): unknown {
  const prefix = own(schema, 'prefixItems')
  return (Array.isArray(prefix) ? (prefix as unknown[])[index] : undefined) ?? own(schema, 'items')
}

/** A schema with what it refers to and is combined from. */
function alternatives(root: unknown, start: unknown): Schema[] {
  const found = new Set<Schema>()
  const open: unknown[] = [start]
  while (open.length > 0 && found.size < MAX_STEPS) {
    const schema = asSchema(open.shift())
    if (schema === null || found.has(schema)) continue
    found.add(schema)
    const reference = own(schema, '$ref')
    if (typeof reference === 'string') open.push(resolved(root, reference))
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const parts = own(schema, keyword)
      if (Array.isArray(parts)) open.push(...(parts as unknown[]))
    }
  }
  return [...found]
}

/** What `#/…` refers to; references elsewhere are nothing. */
function resolved(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined
  return reference
    .slice(1)
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, part) => {
      const schema = asSchema(value)
      return schema === null ? undefined : own(schema, part)
    }, root)
}

function valuesOf(schema: Schema): unknown[] {
  const listed = own(schema, 'enum')
  if (Array.isArray(listed)) return listed as unknown[]
  if ('const' in schema) return [own(schema, 'const')]
  const type = own(schema, 'type')
  const byDefault = own(schema, 'default')
  return [...(byDefault === undefined ? [] : [byDefault]), ...(type === 'boolean' ? [true, false] : type === 'null' ? [null] : [])]
}

function descriptionOf(schema: Schema): string {
  const words = own(schema, 'description') ?? own(schema, 'title') ?? own(schema, 'type')
  return typeof words === 'string' ? words : ''
}

function keysAt(text: string, path: JSONPath): string[] {
  const value = path.reduce<unknown>((inner, step) => (asSchema(inner) === null ? (inner as unknown[] | null)?.[Number(step)] : own(asSchema(inner) ?? {}, String(step))), parse(text))
  return Object.keys(asSchema(value) ?? {})
}

function asSchema(value: unknown): Schema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : null
}

/** Nothing by inheritance: a schema comes from a file. */
function own(schema: Schema, name: string): unknown {
  return Object.hasOwn(schema, name) ? schema[name] : undefined
}
