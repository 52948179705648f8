import { describe, expect, it } from 'vitest'
import type { SchemaFile, SchemaKind } from '@shared/schemas/schema-file'
import { inspectSchemas } from '../../../../../src-main/payload/schemas/inspect-schemas'

let lastId = 0
function file(name: string, text: string, kind: SchemaKind = 'protobuf'): SchemaFile {
  lastId += 1
  return { id: `0b7c7c0e-6c2f-4b57-8d3a-${String(lastId).padStart(12, '0')}`, name, kind, text }
}
const inspect = (main: SchemaFile, ...others: SchemaFile[]) => inspectSchemas([main, ...others], [main.id])[0]

describe('a .proto file', () => {
  it('offers its own messages by their full names, nested ones too', () => {
    const units = file('units.proto', 'syntax = "proto3"; package acme; message Unit {}')
    const main = file('a.proto', 'syntax = "proto3"; package acme; import "units.proto"; message A { message B { Unit u = 1; } B b = 1; } message C {}')
    expect(inspect(main, units)).toEqual({ types: ['acme.A', 'acme.A.B', 'acme.C'], problems: [] })
  })

  it('needs no files for what every compiler brings along', () => {
    const names = ['any', 'duration', 'empty', 'struct', 'timestamp', 'wrappers', 'field_mask', 'descriptor']
    const imports = names.map((name) => `import "google/protobuf/${name}.proto";`).join('\n')
    expect(inspect(file('a.proto', `syntax = "proto3";\n${imports}\nmessage A { google.protobuf.Timestamp at = 1; google.protobuf.Any any = 2; }`))).toEqual({ types: ['A'], problems: [] })
  })

  it.each([
    ['syntax = "proto3";\nmessage A {\n  int32 a 1;\n}', { detail: "illegal token '1', '=' expected", line: 3, column: 11 }],
    ['syntax = "proto3";\nmessage A {', { detail: 'illegal end of file', line: 2, column: null }],
    ['syntax = "proto3"; message A { int32 a = 1; int32 b = 1; }', { line: null }],
    ['hello', { line: 1 }],
  ])('%j tells its fault and the place', (text, problem) => {
    expect(inspect(file('a.proto', text))?.problems).toEqual([expect.objectContaining({ kind: 'malformed', ...problem })])
  })

  it('tells what it misses: a file, a type', () => {
    expect(inspect(file('a.proto', 'syntax = "proto3"; import "x/b.proto"; message A { B b = 1; }'))).toEqual({ types: ['A'], problems: [{ kind: 'missing', name: 'x/b.proto' }] })
    expect(inspect(file('a.proto', 'syntax = "proto3"; message A { x.B b = 1; }'))?.problems).toEqual([{ kind: 'missing', name: 'x.B' }])
  })

  it('may import in a circle, and itself', () => {
    const other = file('b.proto', 'syntax = "proto3"; import "a.proto"; message B { A a = 1; }')
    expect(inspect(file('a.proto', 'syntax = "proto3"; import "b.proto"; import "a.proto"; message A { B b = 1; }'), other)?.problems).toEqual([])
  })

  it('with messages nested without end is refused', () => {
    const text = `syntax = "proto3"; ${'message A { '.repeat(10_000)}${'}'.repeat(10_000)}`
    expect(inspect(file('a.proto', text))?.problems).toMatchObject([{ kind: 'malformed' }])
  })

  it('runs nothing, whatever its names and options say', () => {
    const text = `syntax = "proto3"; option java_package = "'];globalThis.protoRan=1;//"; message A { string a = 1 [json_name = "');globalThis.protoRan=1;//", default = "');globalThis.protoRan=1;//"]; }`
    inspect(file('a.proto', text))
    inspect(file('a.proto', 'syntax = "proto3"; message A { string constructor = 1; string __proto__ = 2; map<string, A> prototype = 3; }'))
    expect('protoRan' in globalThis).toBe(false)
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

describe('an Avro schema', () => {
  it('offers its outermost type', () => {
    expect(inspect(file('a.avsc', '{"type":"record","name":"acme.Reading","fields":[]}', 'avro'))).toEqual({ types: ['acme.Reading'], problems: [] })
    expect(inspect(file('a.avsc', '"long"', 'avro'))?.problems).toEqual([])
  })

  it('tells where it is no JSON, or that it is no schema', () => {
    expect(inspect(file('a.avsc', '{\n  "type": "record",\n  "name" "x"\n}', 'avro'))?.problems).toEqual([
      { kind: 'malformed', detail: 'Colon expected', line: 3, column: 10 },
    ])
    expect(inspect(file('a.avsc', '{"type":"record"}', 'avro'))?.problems).toMatchObject([{ kind: 'malformed' }])
  })
})

describe('a JSON Schema', () => {
  it('of any draft we know can be used', () => {
    for (const draft of ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema']) {
      expect(inspect(file('a.json', JSON.stringify({ $schema: draft, type: 'object' }), 'json-schema'))).toEqual({ types: [], problems: [] })
    }
  })

  it('tells of what is wrong, or missing', () => {
    expect(inspect(file('a.json', '{"type": "nonsense"}', 'json-schema'))?.problems).toMatchObject([{ kind: 'malformed' }])
    expect(inspect(file('a.json', '{"$ref": "other.json#/$defs/unit"}', 'json-schema'))?.problems).toEqual([{ kind: 'missing', name: 'other.json#/$defs/unit' }])
    const other = file('other.json', '{"$defs": {"unit": {"type": "string"}}}', 'json-schema')
    expect(inspect(file('a.json', '{"$ref": "other.json#/$defs/unit"}', 'json-schema'), other)?.problems).toEqual([])
  })
})

it('says nothing of a file that is not there', () => {
  expect(inspectSchemas([], ['0b7c7c0e-6c2f-4b57-8d3a-000000000000'])).toEqual([{ types: [], problems: [] }])
})
