import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019'
import { Ajv2020 } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser'
import type { JsonProblem, SchemaFile, SchemaProblem } from '@shared/schemas/schema-file'
import { isDeeperThan } from '../decoding/json-depth'
import { READING_LIMITS } from '../decoding/reading-limits'
import { jsonProblems } from './json-text'
import { remembering } from './remembering'

/** A JSON Schema, compiled. */
export type JsonSchema =
  | { readonly validate: ValidateFunction; readonly problems: readonly [] }
  | { readonly validate: null; readonly problems: readonly SchemaProblem[] }

/** More than this many problems help nobody. */
const MOST_PROBLEMS = 100

/** Compiles a JSON Schema, of the draft that its `$schema` names, else 2020-12; what it refers to is looked for among the files. */
export const compileJsonSchema = remembering((files: readonly SchemaFile[], schemaId: string): JsonSchema => {
  const main = files.find(({ id }) => id === schemaId)
  const problems = main === undefined ? [] : jsonProblems(main.text)
  if (main === undefined || problems.length > 0) return { validate: null, problems }
  try {
    const schema: unknown = JSON.parse(main.text)
    const ajv = ajvFor(schema)
    ajv.addSchema(schema as object, main.name)
    for (const other of files) if (other !== main) offer(ajv, other)
    return { validate: ajv.compile(schema as object), problems: [] }
  } catch (error) {
    const missing: unknown = error instanceof Error && 'missingRef' in error ? error.missingRef : null
    const detail = error instanceof Error ? error.message : String(error)
    return { validate: null, problems: [typeof missing === 'string' ? { kind: 'missing', name: missing } : { kind: 'malformed', detail, line: null, column: null }] }
  }
})

/** Lets a schema refer to another file. What is wrong with that one matters only when it does; it may be of another draft, too. */
function offer(ajv: Ajv, { name, text }: SchemaFile): void {
  try {
    ajv.addSchema(JSON.parse(text) as object, name, undefined, false)
  } catch {
    // No JSON, no schema, or one that calls itself what another is called: there is nothing to refer to.
  }
}

function ajvFor(schema: unknown): Ajv {
  const draft = typeof schema === 'object' && schema !== null && '$schema' in schema ? String(schema.$schema) : ''
  // Unknown keywords and formats are allowed by the specification; a wrong schema is told by the error it throws.
  const options = { allErrors: true, strict: false, logger: false } as const
  const ajv = /draft-0[67]/.test(draft) ? new Ajv(options) : draft.includes('2019-09') ? new Ajv2019(options) : new Ajv2020(options)
  addFormats(ajv)
  return ajv
}

/** What is wrong with a text by a JSON Schema; where the text is no JSON, or the schema cannot be used, nothing: others say so. */
export function validateJson(text: string, files: readonly SchemaFile[], schemaId: string): JsonProblem[] {
  const { validate } = compileJsonSchema(files, schemaId)
  if (validate === null || jsonProblems(text).length > 0) return []
  // What reads it calls itself for each level.
  if (isDeeperThan(text, READING_LIMITS.depth)) return [{ pointer: '', message: `is nested deeper than ${READING_LIMITS.depth} levels`, offset: 0, length: 0 }]
  validate(JSON.parse(text))
  const tree = parseTree(text)
  return (validate.errors ?? []).slice(0, MOST_PROBLEMS).map((error) => problemOf(error, tree))
}

function problemOf({ instancePath, message = '', keyword, params }: ErrorObject, tree: Node | undefined): JsonProblem {
  const path = instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const surplus: unknown = keyword === 'additionalProperties' || keyword === 'unevaluatedProperties' ? Object.values(params)[0] : undefined
  const node = nodeAt(tree, typeof surplus === 'string' ? [...path, surplus] : path)
  const named = typeof surplus === 'string' ? `${message}: ${surplus}` : keyword === 'enum' ? `${message}: ${listOf(params.allowedValues)}` : message
  // Of a member that should not be there its key is marked.
  const marked = typeof surplus === 'string' ? node?.parent?.children?.[0] : node
  return { pointer: instancePath, message: named, offset: marked?.offset ?? 0, length: marked?.length ?? 0 }
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : ''
}

/** The value at a path: a part of it is an index where the value around it is an array. */
function nodeAt(tree: Node | undefined, path: readonly string[]): Node | undefined {
  let node = tree
  for (const part of path) {
    const step: JSONPath = [node?.type === 'array' ? Number(part) : part]
    node = node && findNodeAtLocation(node, step)
  }
  return node
}
