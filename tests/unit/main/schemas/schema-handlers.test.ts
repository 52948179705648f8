import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NO_RULES, type PayloadRules } from '@shared/schemas/payload-rules'
import type { SchemaFile, SchemaLibrary } from '@shared/schemas/schema-file'
import { validateJson } from '../../../../src-main/payload/schemas/json-schema'
import { inspectSchemas } from '../../../../src-main/payload/schemas/inspect-schemas'
import { schemaHandlers } from '../../../../src-main/schemas/schema-handlers'
import { SchemaKeeper } from '../../../../src-main/schemas/schema-keeper'

const TAB = { id: '11111111-5f0e-4f70-9a3d-2f6f0c1d2e3f', source: { kind: 'command-line' } } as const
const tab = { connectionId: TAB.id }

/** Something of the one tab there is. */
class Kept<Value> {
  constructor(private value: Value) {}
  read(): Value {
    return this.value
  }
  update(_tab: unknown, value: Value): void {
    this.value = value
  }
}

let folder: string
let chosen: string[]
let changed: string[]
let keeper: SchemaKeeper
let handlers: ReturnType<typeof schemaHandlers>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-schemas-'))
  chosen = []
  changed = []
  keeper = new SchemaKeeper(new Kept<SchemaLibrary>([]), new Kept<PayloadRules>(NO_RULES), (tab) => changed.push(tab.id))
  handlers = schemaHandlers(
    keeper,
    {
      inspectSchemas: (files, wanted) => Promise.resolve(inspectSchemas(files, wanted)),
      validateJson: (text, files, schemaId) => Promise.resolve(validateJson(text, files, schemaId)),
    },
    () => TAB,
    { showOpenDialog: () => Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen }) },
  )
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const choose = (paths: string[], replacedId: string | null = null) => {
  chosen = paths
  return handlers['schemas.choose-files']({ ...tab, replacedId })
}
const list = () => handlers['schemas.list'](tab)
const only = (): SchemaFile => keeper.files(TAB)[0] ?? expect.fail('no schema')
const draft = (name: string, text: string, kind: SchemaFile['kind'] = 'protobuf', id: string | null = null) => ({ ...tab, draft: { id, name, kind, text } })

const A = 'syntax = "proto3"; message A { int32 a = 1; }'

describe('files the user chooses', () => {
  it('are added, together with what is wrong with the others', async () => {
    const outcome = await choose([
      write('a.proto', A),
      write('bad.proto', 'message {'),
      write('b.json', '{"type": "object"}'),
      write('note.txt', 'hello'),
      write('latin.proto', Buffer.from([0x2f, 0x2f, 0xe9])),
      write('large.avsc', ' '.repeat(1024 * 1024 + 1)),
      join(folder, 'gone.proto'),
    ])
    expect(outcome?.added).toBe(2)
    expect(outcome?.refusals.map(({ name, reason }) => [name, reason])).toEqual([
      ['bad.proto', 'problems'],
      ['note.txt', 'unknown-kind'],
      ['latin.proto', 'not-text'],
      ['large.avsc', 'too-large'],
      ['gone.proto', 'unreadable'],
    ])
    expect(await list()).toMatchObject([
      { name: 'a.proto', kind: 'protobuf', bytes: A.length, report: { types: ['A'], problems: [] } },
      { name: 'b.json', kind: 'json-schema' },
    ])
  })

  it('are none when the dialog was cancelled', async () => {
    expect(await choose([])).toBeNull()
  })

  it('take the place of the one of the same name, which rules go on to name', async () => {
    await choose([write('a.proto', A)])
    const { id } = only()
    await choose([write('a.proto', A.replace('message A', 'message B'))])
    expect(await list()).toMatchObject([{ id, report: { types: ['B'] } }])
  })

  it('take the place of another one when asked to, whatever their name', async () => {
    await choose([write('a.proto', A)])
    const { id } = only()
    await choose([write('z.proto', A.replace('message A', 'message Z'))], id)
    expect(await list()).toMatchObject([{ id, name: 'a.proto', report: { types: ['Z'] } }])
    expect(await choose([write('bad.proto', 'oops')], id)).toMatchObject({ added: 0 })
    expect(only().text).toContain('message Z')
  })
})

describe('a pasted schema', () => {
  it('is kept, changed, renamed, read and deleted', async () => {
    expect(await handlers['schemas.save'](draft('a.proto', A))).toBeNull()
    const { id } = only()
    expect(await handlers['schemas.save'](draft('folder/a.proto', A, 'protobuf', id))).toBeNull()
    expect(handlers['schemas.read']({ ...tab, schemaId: id })).toEqual({ id, name: 'folder/a.proto', kind: 'protobuf', text: A })
    await handlers['schemas.delete']({ ...tab, schemaId: id })
    expect(await list()).toEqual([])
    expect(() => handlers['schemas.read']({ ...tab, schemaId: id })).toThrow(expect.objectContaining({ code: 'schema-not-found' }))
  })

  it('that is none is refused, with the place', async () => {
    expect(await handlers['schemas.save'](draft('a.avsc', '{"type": }', 'avro'))).toMatchObject({ reason: 'problems', problems: [{ line: 1, column: 10 }] })
    expect(await list()).toEqual([])
  })

  it('cannot have the name of another, and there is room for so much', async () => {
    await handlers['schemas.save'](draft('a.proto', A))
    await handlers['schemas.save'](draft('b.proto', A))
    const [, second] = keeper.files(TAB)
    await expect(handlers['schemas.save'](draft('a.proto', A, 'protobuf', second?.id ?? ''))).rejects.toMatchObject({ code: 'schema-name-taken' })
    const megabyte = `${A}//${'x'.repeat(1024 * 1024 - 100)}`
    for (let count = 0; count < 8; count += 1) await handlers['schemas.save'](draft(`large-${count}.proto`, megabyte))
    await expect(handlers['schemas.save'](draft('last.proto', megabyte))).rejects.toMatchObject({ code: 'schemas-too-large' })
    keeper.update(TAB, Array.from({ length: 100 }, (_, index) => ({ id: crypto.randomUUID(), name: `${index}.proto`, kind: 'protobuf', text: A })))
    await expect(handlers['schemas.save'](draft('one-more.proto', A))).rejects.toMatchObject({ code: 'schemas-too-large' })
  })
})

describe('rules', () => {
  it('say how a topic is read, and with which files', async () => {
    await handlers['schemas.save'](draft('a.proto', A))
    await handlers['schemas.save'](draft('b.proto', A))
    await handlers['schemas.save'](draft('c.avsc', '"long"', 'avro'))
    const [a, , c] = keeper.files(TAB)
    const format = { kind: 'protobuf', schemaId: a?.id ?? '', messageType: 'A' } as const
    const rules: PayloadRules = { decoders: [{ filter: 'plant/#', reading: { compression: 'auto', format } }], validations: [] }
    await handlers['payload-rules.update']({ ...tab, rules })
    expect(handlers['payload-rules.read'](tab)).toEqual(rules)
    const lore = keeper.loreOf(TAB)
    expect(lore.readingFor('plant/press')).toEqual({ compression: 'auto', format })
    expect(lore.readingFor('other')).toBeNull()
    expect(lore.schemasFor(format).map(({ name }) => name)).toEqual(['a.proto', 'b.proto'])
    expect(lore.schemasFor({ kind: 'avro', schemaId: c?.id ?? '' }).map(({ name }) => name)).toEqual(['c.avsc'])
    expect(lore.schemasFor({ kind: 'protobuf', schemaId: null, messageType: '' })).toEqual([])
    expect(lore.schemasFor(null)).toEqual([])
  })

  it('say by which JSON Schema a text is checked', async () => {
    await handlers['schemas.save'](draft('reading.json', '{"required": ["value"]}', 'json-schema'))
    const { id } = only()
    await handlers['payload-rules.update']({ ...tab, rules: { decoders: [], validations: [{ filter: 'plant/#', schemaId: id }] } })
    expect(await handlers['schemas.validate']({ ...tab, topic: 'plant/a', text: '{}' })).toMatchObject({
      schemaId: id,
      schemaName: 'reading.json',
      problems: [{ pointer: '', message: "must have required property 'value'", offset: 0, length: 2 }],
    })
    expect(await handlers['schemas.validate']({ ...tab, topic: 'other', text: '{}' })).toBeNull()
    await handlers['schemas.delete']({ ...tab, schemaId: id })
    expect(await handlers['schemas.validate']({ ...tab, topic: 'plant/a', text: '{}' })).toBeNull()
  })
})
