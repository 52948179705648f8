import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import type { Expectations } from '@shared/acl/expectations/expectation'
import { MAX_JSON_LENGTH } from '@shared/acl/expectations/read-expectations'
import { expectationsToJson, expectationsToYaml } from '@shared/acl/expectations/write-expectations'
import { MAX_KEPT_LENGTH, type ExpectationsDocument } from '@shared/acl/expectations-requests'
import { AppError } from '@shared/ipc/app-error'
import { z } from '@shared/schema'
import { writeWhole } from '../files/write-whole'

export const EXPECTATIONS_DESK_SCHEMA_VERSION = 1

export const expectationsDeskSchema = z.strictObject({
  schemaVersion: z.literal(EXPECTATIONS_DESK_SCHEMA_VERSION),
  path: z.string().nullable(),
  unsaved: z.string().max(MAX_KEPT_LENGTH).nullable(),
})
export type ExpectationsDeskDocument = z.infer<typeof expectationsDeskSchema>
export const EMPTY_EXPECTATIONS_DESK: ExpectationsDeskDocument = { schemaVersion: EXPECTATIONS_DESK_SCHEMA_VERSION, path: null, unsaved: null }

interface Storage {
  readonly document: ExpectationsDeskDocument
  write(document: ExpectationsDeskDocument): void
}

/** The expectations that are open: which file they are of, and what of them is not saved. */
export class ExpectationsDesk {
  /** @param aclPath where the ACL file is that they are about; null: it is not on disk */
  constructor(
    private readonly storage: Storage,
    private readonly aclPath: () => string | null,
  ) {}

  get path(): string | null {
    return this.storage.document.path
  }

  /** Where they are, or would be beside the ACL file. */
  get suggestedPath(): string {
    const aclPath = this.aclPath()
    return this.path ?? (aclPath === null ? 'expectations.yaml' : join(dirname(aclPath), 'expectations.yaml'))
  }

  /** What the app was left with; a file that is gone meanwhile is left out. */
  async restore(): Promise<{ file: ExpectationsDocument | null; unsaved: string | null }> {
    const { path, unsaved } = this.storage.document
    return { file: path === null ? null : await readDocument(path).catch(() => null), unsaved }
  }

  keep(unsaved: string | null): void {
    this.#change({ unsaved })
  }

  leave(): void {
    this.#change({ path: null, unsaved: null })
  }

  /** @throws {AppError} `file-not-read` */
  async open(path: string): Promise<ExpectationsDocument> {
    const document = await readDocument(path)
    this.#change({ path, unsaved: null })
    return document
  }

  /** Writes them to `path`, with where the ACL file is from there. @throws {AppError} as `writeWhole` */
  async save(path: string, expectations: Expectations): Promise<string> {
    const aclPath = this.aclPath()
    const document = aclPath === null ? expectations : { ...expectations, acl: relative(dirname(path), aclPath).split(sep).join('/') }
    await writeWhole(path, (write) => write(extname(path).toLowerCase() === '.json' ? expectationsToJson(document) : expectationsToYaml(document)))
    this.#change({ path, unsaved: null })
    return basename(path)
  }

  #change(change: Partial<ExpectationsDeskDocument>): void {
    this.storage.write({ ...this.storage.document, ...change })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

async function readDocument(path: string): Promise<ExpectationsDocument> {
  const name = basename(path)
  const refused = (reason: string): AppError => new AppError('file-not-read', 'the file could not be read', { name, reason })
  try {
    const found = await stat(path)
    // A pipe or a device might never end.
    if (!found.isFile()) throw refused('no file')
    if (found.size > MAX_JSON_LENGTH) throw refused(`more than ${MAX_JSON_LENGTH / 1024 / 1024} MB`)
    return { name, text: utf8.decode(await readFile(path)) }
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof TypeError) throw refused('no UTF-8 text')
    throw refused(error instanceof Error && 'code' in error ? String(error.code) : 'unknown')
  }
}
