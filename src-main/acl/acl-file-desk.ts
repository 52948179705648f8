import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { MAX_ACL_FILE_BYTES, type OpenedFile, type RecentFile } from '@shared/acl/acl-requests'
import { looksLikeDynsec } from '@shared/acl/dynamic-security/dynsec-file'
import { decodeAclBytes, encodeAclText } from '@shared/acl/file-bytes'
import { brokerVersionSchema, type BrokerVersion } from '@shared/acl/question'
import { AppError } from '@shared/ipc/app-error'
import { z } from '@shared/schema'
import { PRIVATE_MODE, writeWhole } from '../files/write-whole'

export const ACL_DESK_SCHEMA_VERSION = 1
const MOST_RECENT = 10

export const aclDeskDocumentSchema = z.strictObject({
  schemaVersion: z.literal(ACL_DESK_SCHEMA_VERSION),
  /** The file that is open, and the SHA-256 of what was read or written last. */
  file: z.strictObject({ path: z.string(), digest: z.string() }).nullable(),
  unsaved: z.string().max(MAX_ACL_FILE_BYTES).nullable(),
  version: brokerVersionSchema,
  recent: z.array(z.string()).max(MOST_RECENT),
})
export type AclDeskDocument = z.infer<typeof aclDeskDocumentSchema>
export const EMPTY_ACL_DESK: AclDeskDocument = { schemaVersion: ACL_DESK_SCHEMA_VERSION, file: null, unsaved: null, version: '2.0', recent: [] }

interface Storage {
  readonly document: AclDeskDocument
  write(document: AclDeskDocument): void
}

/** The ACL file that is open: which it is, whether another program changed it, and what of it is not saved. */
export class AclFileDesk {
  constructor(private readonly storage: Storage) {}

  get recent(): RecentFile[] {
    return this.storage.document.recent.map((path) => ({ name: basename(path), folder: dirname(path) }))
  }

  get path(): string | null {
    return this.storage.document.file?.path ?? null
  }

  /** What was open when the app was left; a file that is gone or too large now is left out. */
  async restore(): Promise<{ file: OpenedFile | null; unsaved: string | null; version: BrokerVersion; recent: RecentFile[] }> {
    const { file, unsaved, version } = this.storage.document
    const opened = file === null ? null : await readAcl(file.path).catch(() => null)
    // With something unsaved, that another program changed the file is still to be told.
    if (file !== null && opened !== null && unsaved === null) this.#change({ file: { path: file.path, digest: opened.digest } })
    return { file: file === null || opened === null ? null : openedFile(file.path, opened.bytes), unsaved, version, recent: this.recent }
  }

  keep(unsaved: string | null, version: BrokerVersion): void {
    this.#change({ unsaved, version })
  }

  leave(): void {
    this.#change({ file: null, unsaved: null })
  }

  /** @throws {AppError} `file-not-read`, `acl-file-too-large` */
  openRecent(index: number): Promise<OpenedFile> {
    const path = this.storage.document.recent[index]
    if (path === undefined) throw new AppError('file-not-read', 'no such recent file', { name: '', reason: 'unknown' })
    return this.open(path)
  }

  /** @throws {AppError} `file-not-read`, `acl-file-too-large` */
  async open(path: string): Promise<OpenedFile> {
    const { bytes, digest } = await readAcl(path)
    this.#use(path, digest)
    return openedFile(path, bytes)
  }

  /** @throws {AppError} as `open`, when there is no file too */
  reload(): Promise<OpenedFile> {
    if (this.path === null) throw new AppError('file-not-read', 'no file is open', { name: '', reason: 'unknown' })
    return this.open(this.path)
  }

  async checkDisk(): Promise<'same' | 'changed' | 'gone'> {
    const { file } = this.storage.document
    if (file === null) return 'same'
    const found = await readAcl(file.path).catch(() => null)
    if (found === null) return 'gone'
    return found.digest === file.digest ? 'same' : 'changed'
  }

  /** Writes the text to `path`, which is the open file from then on. @throws {AppError} as `writeWhole` */
  async save(path: string, text: string): Promise<string> {
    const bytes = encodeAclText(text)
    // Mosquitto refuses or warns about files that others may read or write: what was there keeps its mode. Dynamic security holds passwords, hashed.
    const mode = await stat(path).then((found) => found.mode & 0o777, () => (looksLikeDynsec(text) ? PRIVATE_MODE : undefined))
    await writeWhole(path, (write) => write(bytes), mode)
    this.#use(path, digestOf(bytes))
    return basename(path)
  }

  #use(path: string, digest: string): void {
    const recent = [path, ...this.storage.document.recent.filter((other) => other !== path)].slice(0, MOST_RECENT)
    this.#change({ file: { path, digest }, recent, unsaved: null })
  }

  #change(change: Partial<AclDeskDocument>): void {
    this.storage.write({ ...this.storage.document, ...change })
  }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const openedFile = (path: string, bytes: Uint8Array): OpenedFile => ({ name: basename(path), text: decodeAclBytes(bytes) })

async function readAcl(path: string): Promise<{ bytes: Uint8Array; digest: string }> {
  const name = basename(path)
  try {
    const found = await stat(path)
    // A pipe or a device might never end.
    if (!found.isFile()) throw new AppError('file-not-read', 'it is no file', { name, reason: 'no file' })
    if (found.size > MAX_ACL_FILE_BYTES) throw new AppError('acl-file-too-large', 'the file is too large', { name, most: MAX_ACL_FILE_BYTES / 1024 / 1024 })
    const bytes = await readFile(path)
    return { bytes, digest: digestOf(bytes) }
  } catch (error) {
    if (error instanceof AppError) throw error
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new AppError('file-not-read', 'the file could not be read', { name, reason })
  }
}
