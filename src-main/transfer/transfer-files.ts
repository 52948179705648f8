import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '@shared/ipc/app-error'

/** Most bytes of a file with profiles, ours or another's. */
export const MAX_TRANSFER_BYTES = 16 * 1024 * 1024

/** The text of a file the user chose. @throws {AppError} `transfer-unreadable` */
export async function readTransferFile(path: string): Promise<string> {
  const file = basename(path)
  let bytes: Buffer
  try {
    const found = await stat(path)
    // A pipe or a device might never end.
    if (!found.isFile()) throw unreadable('no-file', file)
    if (found.size > MAX_TRANSFER_BYTES) throw unreadable('too-large', file)
    bytes = await readFile(path)
  } catch (error) {
    throw error instanceof AppError ? error : unreadable('unreadable', file, codeOf(error))
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable('not-json', file)
  }
}

/** That nothing can be read of a file, or of pasted text (an empty name), and why. */
export function unreadable(fault: string, file: string, reason = ''): AppError {
  return new AppError('transfer-unreadable', `${fault} ${reason}`.trim(), { fault, file, reason })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
