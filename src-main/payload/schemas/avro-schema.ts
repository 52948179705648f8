import type { Type } from 'avsc'
import type { SchemaFile, SchemaProblem } from '@shared/schemas/schema-file'
import { AvroFiles, undefinedName } from './avro-files'
import { jsonProblems } from './json-text'
import { remembering } from './remembering'

/** An Avro schema, ready to read and write with. */
export type AvroSchema = { readonly type: Type; readonly problems: readonly [] } | { readonly type: null; readonly problems: readonly SchemaProblem[] }

/** Reads one of these Avro schemas (Avro 1.12, Schema Declaration); types it names and does not define may be those of the other files. */
export const compileAvro = remembering((files: readonly SchemaFile[], schemaId: string): AvroSchema => {
  const main = files.find(({ id }) => id === schemaId)
  const problems = main === undefined ? [] : jsonProblems(main.text)
  if (main === undefined || problems.length > 0) return { type: null, problems }
  try {
    return { type: new AvroFiles(files.filter((file) => file !== main)).read(main), problems: [] }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const missing = undefinedName(error)
    return { type: null, problems: [missing === undefined ? { kind: 'malformed', detail, line: null, column: null } : { kind: 'missing', name: missing }] }
  }
})
