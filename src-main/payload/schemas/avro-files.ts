import type { Type } from 'avsc'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { isDeeperThan } from '../decoding/json-depth'
import { READING_LIMITS } from '../decoding/reading-limits'
import { avroType, type AvroRegistry } from './avro-type'
import { jsonProblems } from './json-text'

/** The name that a schema uses and nobody defines, if that is what an error tells. */
export function undefinedName(error: unknown): string | undefined {
  return error instanceof Error ? /^undefined type name: (.+)$/.exec(error.message)?.[1] : undefined
}

/** Avro schemas that name each other's types. A file is read once, before the first that needs it; files that need each other cannot be read. */
export class AvroFiles {
  #known: AvroRegistry = {}
  readonly #defining: ReadonlyMap<string, SchemaFile>

  constructor(files: readonly SchemaFile[]) {
    const readable = files.filter(({ text }) => !isDeeperThan(text, READING_LIMITS.depth) && jsonProblems(text).length === 0)
    this.#defining = new Map(readable.flatMap((file) => definedIn(JSON.parse(file.text), '').map((name) => [name, file] as const)))
  }

  /** @throws {Error} it is no schema, or takes a type that none of the files has */
  read(file: SchemaFile, waiting: readonly SchemaFile[] = []): Type {
    for (;;) {
      const attempt = { ...this.#known }
      try {
        const type = avroType(JSON.parse(file.text), attempt)
        this.#known = attempt
        return type
      } catch (error) {
        const needed = this.#defining.get(undefinedName(error) ?? '')
        if (needed === undefined || needed === file || waiting.includes(needed)) throw error
        this.read(needed, [...waiting, file])
      }
    }
  }
}

/** The full names that a schema defines (Avro 1.12, Names). */
function definedIn(schema: unknown, namespace: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => definedIn(part, namespace))
  if (typeof schema !== 'object' || schema === null) return []
  const { name, namespace: own, type, items, values, fields } = schema as Readonly<Record<string, unknown>>
  const space = typeof own === 'string' ? own : namespace
  const isNamed = typeof name === 'string' && ['record', 'error', 'enum', 'fixed'].includes(String(type))
  const full = !isNamed ? '' : name.includes('.') || space === '' ? name : `${space}.${name}`
  const inner = isNamed ? full.slice(0, Math.max(0, full.lastIndexOf('.'))) : namespace
  return [...(isNamed ? [full] : []), ...[type, items, values, fields].flatMap((part) => definedIn(part, inner))]
}
