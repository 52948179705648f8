import { createHash, randomUUID } from 'node:crypto'
import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import type { FormatChoice, Reading } from '@shared/payload/reading'
import { ruleFor, type PayloadRules } from '@shared/schemas/payload-rules'
import { MAX_LIBRARY_BYTES, MAX_SCHEMAS, type SchemaFile, type SchemaLibrary } from '@shared/schemas/schema-file'

type Tab = Pick<Connection, 'id' | 'source'>

/** One thing for each profile. */
interface Records<Value> {
  read(tab: Tab): Value
  update(tab: Tab, value: Value): void
}

/** What a file is to be; without an id it is a new one, or takes the place of the one of its kind and name. */
export interface SchemaDraft extends Omit<SchemaFile, 'id'> {
  readonly id: string | null
}

/** The schema files of each profile, and the rules that name them. */
export class SchemaKeeper {
  constructor(
    private readonly libraries: Records<SchemaLibrary>,
    private readonly ruleSets: Records<PayloadRules>,
    /** Payloads of a tab may be read in another way now. */
    private readonly changed: (tab: Tab) => void,
  ) {}

  files(tab: Tab): SchemaLibrary {
    return this.libraries.read(tab)
  }

  /** @throws {AppError} `schema-not-found` */
  file(tab: Tab, schemaId: string): SchemaFile {
    const found = this.files(tab).find(({ id }) => id === schemaId)
    if (found === undefined) throw new AppError('schema-not-found', 'The schema is not in the library')
    return found
  }

  /** The library as it would be with a file, and the file. @throws {AppError} `schema-not-found`, `schema-name-taken`, `schemas-too-large` */
  with(tab: Tab, { id, ...draft }: SchemaDraft): { library: SchemaLibrary; file: SchemaFile } {
    const before = this.files(tab)
    const namesake = before.find(({ kind, name }) => kind === draft.kind && name === draft.name)
    if (id !== null) this.file(tab, id)
    if (id !== null && namesake !== undefined && namesake.id !== id) throw new AppError('schema-name-taken', 'Another schema has this name', { name: draft.name })
    const file = { id: id ?? namesake?.id ?? randomUUID(), ...draft }
    const isNew = !before.some((other) => other.id === file.id)
    const library = isNew ? [...before, file] : before.map((other) => (other.id === file.id ? file : other))
    const bytes = library.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
    if (library.length > MAX_SCHEMAS || bytes > MAX_LIBRARY_BYTES) throw new AppError('schemas-too-large', 'The schemas are too many or too large together')
    return { library, file }
  }

  /** @throws {AppError} `storage-failed`, `too-many` */
  update(tab: Tab, library: SchemaLibrary): void {
    this.libraries.update(tab, library)
    this.changed(tab)
  }

  rules(tab: Tab): PayloadRules {
    return this.ruleSets.read(tab)
  }

  /** @throws {AppError} `storage-failed`, `too-many` */
  updateRules(tab: Tab, rules: PayloadRules): void {
    this.ruleSets.update(tab, rules)
    this.changed(tab)
  }

  /** The rules by which payloads are read, told apart by all that they say. */
  versionsOf(tab: Tab): { filter: string; version: string }[] {
    const { schemasFor } = this.loreOf(tab)
    return this.rules(tab).decoders.map(({ filter, reading }) => {
      const version = createHash('sha1').update(JSON.stringify([reading, schemasFor(reading.format)])).digest('hex')
      return { filter, version }
    })
  }

  /** What readers and writers of payloads ask of the library and the rules. */
  loreOf(tab: Tab): { readingFor: (topic: string) => Reading | null; schemasFor: (format: FormatChoice | null) => readonly SchemaFile[] } {
    return {
      readingFor: (topic) => ruleFor(this.rules(tab).decoders, topic)?.reading ?? null,
      schemasFor: (format) => {
        // Files of Protobuf import each other; those of Avro name each other's types.
        const takesFiles = (format?.kind === 'protobuf' || format?.kind === 'avro') && format.schemaId !== null
        return takesFiles ? this.files(tab).filter(({ kind }) => kind === format.kind) : []
      },
    }
  }
}
