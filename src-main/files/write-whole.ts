import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { writeError } from './write-error'

/** Adds to the file. */
export type Write = (content: string | Uint8Array) => Promise<void>

/** Access for the user alone, for files with what others should not read. */
export const PRIVATE_MODE = 0o600

/**
 * Writes a file the user chose, whole or not at all: beside it first, then in its place; what was there stays until then, and a
 * link goes on leading there.
 * `work` may write piece by piece, so that nothing is kept busy; its result is given back.
 * @throws {AppError} `disk-full`, `write-denied`, `file-not-written`, or what the work throws of that kind
 */
export async function writeWhole<Result>(chosen: string, work: (write: Write) => Promise<Result>, mode?: number): Promise<Result> {
  const path = await realpath(chosen).catch(() => chosen)
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    const file = await open(draft, 'wx', mode)
    let result: Result
    try {
      result = await work((content) => file.writeFile(content))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    return result
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw writeError(error, basename(chosen))
  }
}
