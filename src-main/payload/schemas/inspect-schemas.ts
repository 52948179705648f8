import type { SchemaFile, SchemaReport } from '@shared/schemas/schema-file'
import { compileAvro } from './avro-schema'
import { compileJsonSchema } from './json-schema'
import { compileProtobuf } from './protobuf-schema'

/** What each of the wanted files says; `files` are all they may refer to. */
export function inspectSchemas(files: readonly SchemaFile[], wanted: readonly string[]): SchemaReport[] {
  return wanted.map((id) => {
    const file = files.find((other) => other.id === id)
    return file === undefined ? { types: [], problems: [] } : inspect(file, files.filter(({ kind }) => kind === file.kind))
  })
}

function inspect(file: SchemaFile, files: readonly SchemaFile[]): SchemaReport {
  switch (file.kind) {
    case 'protobuf': {
      const { types, problems } = compileProtobuf(files, file.id)
      return { types: [...types], problems: [...problems] }
    }
    case 'avro': {
      const { type, problems } = compileAvro(files, file.id)
      return { types: type === null ? [] : [type.name ?? type.typeName], problems: [...problems] }
    }
    case 'json-schema':
      return { types: [], problems: [...compileJsonSchema(files, file.id).problems] }
  }
}
