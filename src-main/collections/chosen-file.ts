import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Dialog } from 'electron'
import { AppError, type ErrorCode } from '@shared/ipc/app-error'

export interface ChosenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * A file the user chooses in a dialog of the system's; null when they choose none.
 * @throws {AppError} `code`, with a `fault`: `no-file`, `too-large` or `unreadable`
 */
export async function chooseFile(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  extensions: readonly string[],
  maxBytes: number,
  code: ErrorCode,
): Promise<ChosenFile | null> {
  const filters = [{ name: extensions.join(', ').toUpperCase(), extensions: [...extensions] }, { name: '*', extensions: ['*'] }]
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile'], filters })
  const [path] = filePaths
  if (path === undefined) return null
  const file = basename(path)
  const failed = (fault: string, reason = ''): AppError => new AppError(code, `${file}: ${fault} ${reason}`, { fault, file, reason })
  try {
    const found = await stat(path)
    // A pipe or a device might never end.
    if (!found.isFile()) throw failed('no-file')
    if (found.size > maxBytes) throw failed('too-large')
    return { name: file, bytes: await readFile(path) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw failed('unreadable', error instanceof Error && 'code' in error ? String(error.code) : 'unknown')
  }
}
