import { common, parse, Root, Type, type NamespaceBase } from 'protobufjs'
import descriptor from 'protobufjs/google/protobuf/descriptor.json'
import type { SchemaFile, SchemaProblem } from '@shared/schemas/schema-file'
import { remembering } from './remembering'

/** A .proto file with all that it imports. */
export interface ProtobufSchema {
  readonly root: Root
  /** Full names of the messages in the file itself, in its order. */
  readonly types: readonly string[]
  readonly problems: readonly SchemaProblem[]
}

/** The files every compiler of .proto files brings along. */
const BUNDLED = new Map<string, object>([['google/protobuf/descriptor.proto', descriptor.nested]])

/** Compiles one of these files. What it imports and the library lacks is among its problems; a file that is none has no types. */
export const compileProtobuf = remembering((files: readonly SchemaFile[], schemaId: string): ProtobufSchema => {
  const root = new Root()
  const problems: SchemaProblem[] = []
  const main = files.find(({ id }) => id === schemaId)
  const waiting = main === undefined ? [] : [main]
  /** By their ids; what is not in the library, by its name. */
  const loaded = new Set(waiting.map(({ id }) => id))
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    try {
      for (const name of importsOf(file, root)) {
        const bundled = BUNDLED.get(name) ?? common.get(name)?.nested
        const found = bundled === undefined ? importedFile(files, name) : undefined
        const key = found?.id ?? name
        if (loaded.has(key)) continue
        loaded.add(key)
        if (bundled !== undefined) root.addJSON(bundled as Parameters<Root['addJSON']>[0])
        else if (found === undefined) problems.push({ kind: 'missing', name })
        else waiting.push(found)
      }
    } catch (error) {
      return { root, types: [], problems: [malformedAt(file, error, file.id !== schemaId)] }
    }
  }
  // Without what it imports, half of the names have no meaning.
  if (problems.length === 0) problems.push(...unresolved(root))
  return { root, types: main === undefined ? [] : typesOf(root, main.name), problems }
})

/** Reads a file into the root, and says what it imports. */
function importsOf({ name, text }: SchemaFile, root: Root): readonly string[] {
  Reflect.set(parse, 'filename', name)
  try {
    const { imports, weakImports } = parse(text, root, { keepCase: true })
    return [...(imports ?? []), ...(weakImports ?? [])]
  } finally {
    Reflect.set(parse, 'filename', null)
  }
}

/** The file that an import means: by its name, or else the one whose name ends the import's path, or begins further down than it. */
function importedFile(files: readonly SchemaFile[], name: string): SchemaFile | undefined {
  return (
    files.find((file) => file.name === name) ??
    files.find((file) => name.endsWith(`/${file.name}`)) ??
    files.find((file) => file.name.endsWith(`/${name}`))
  )
}

function unresolved(root: Root): SchemaProblem[] {
  try {
    root.resolveAll()
    return []
  } catch (error) {
    const detail = messageOf(error)
    const name = /no such (?:type|Type or Enum)[^:']*[:']? ?'?([\w.]+)/i.exec(detail)?.[1]
    return [name === undefined ? { kind: 'malformed', detail, line: null, column: null } : { kind: 'missing', name }]
  }
}

function typesOf(space: NamespaceBase, filename: string): string[] {
  return space.nestedArray.flatMap((object) => {
    const own = object instanceof Type && object.filename === filename ? [object.fullName.replace(/^\./, '')] : []
    return 'nestedArray' in object ? [...own, ...typesOf(object as NamespaceBase, filename)] : own
  })
}

/** protobufjs says `illegal token '…' (units.proto, line 3)`. */
function malformedAt({ name, text }: SchemaFile, error: unknown, isImported: boolean): SchemaProblem {
  const message = messageOf(error).replace(/(?:token|end of input) 'null'/, 'end of file')
  const [place, line] = /\s*\((?:[^()]*, )?line (\d+)\)$/.exec(message) ?? []
  const detail = place === undefined ? message : message.slice(0, -place.length)
  const token = /'([^']+)'/.exec(detail)?.[1]
  const column = line === undefined || token === undefined ? -1 : (text.split('\n')[Number(line) - 1]?.indexOf(token) ?? -1)
  if (isImported) return { kind: 'malformed', detail: `${name}: ${message}`, line: null, column: null }
  return { kind: 'malformed', detail, line: line === undefined ? null : Number(line), column: column < 0 ? null : column + 1 }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
