import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Dialog } from 'electron'
import { AppError } from '@shared/ipc/app-error'
import { MAX_PUBLISH_BYTES } from '@shared/message/publish'

/** Most files that are remembered; the first chosen is forgotten first. */
const MOST_FILES = 100

/** A file as the page knows it. */
export interface ChosenFile {
  readonly fileId: string
  readonly name: string
  readonly bytes: number
}

/** Files the user chose as payloads. The page has their numbers, never their paths. */
export class PayloadFiles {
  readonly #paths = new Map<string, string>()

  constructor(private readonly dialog: Pick<Dialog, 'showOpenDialog'>) {}

  /** Lets the user choose a file; null when they chose none. @throws {AppError} `file-not-read`, `payload-too-large` */
  async choose(): Promise<ChosenFile | null> {
    const { filePaths } = await this.dialog.showOpenDialog({ properties: ['openFile', 'showHiddenFiles'] })
    const [path] = filePaths
    if (path === undefined) return null
    const bytes = await sizeOf(path)
    const fileId = randomUUID()
    this.#paths.set(fileId, path)
    for (const oldest of this.#paths.keys()) if (this.#paths.size > MOST_FILES) this.#paths.delete(oldest)
    return { fileId, name: basename(path), bytes }
  }

  /** What the file holds now. @throws {AppError} as `choose` */
  async read(fileId: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = this.#paths.get(fileId)
    if (path === undefined) throw new AppError('file-not-read', 'The file is not known any more', { name: '', reason: 'unknown' })
    await sizeOf(path)
    try {
      return Uint8Array.from(await readFile(path))
    } catch (error) {
      throw notRead(path, error)
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    throw notRead(path, error)
  })
  // A pipe or a device might never end.
  if (!found.isFile()) throw new AppError('file-not-read', 'It is no file', { name: basename(path), reason: 'no file' })
  const { size } = found
  if (size > MAX_PUBLISH_BYTES) throw new AppError('payload-too-large', 'The file is too large', { most: MAX_PUBLISH_BYTES })
  return size
}

function notRead(path: string, error: unknown): AppError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return new AppError('file-not-read', 'The file could not be read', { name: basename(path), reason })
}
