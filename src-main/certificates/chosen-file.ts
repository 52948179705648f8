import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '@shared/ipc/app-error'
import type { CertificatePurpose } from '@shared/profile/tls'

/** Bundles of every public authority are about 200 kB. */
export const MAX_CHOSEN_BYTES = 2 * 1024 * 1024

/** A file the user chose, for a purpose or for viewing. @throws {AppError} `certificate-unusable` */
export function readChosenFile(path: string, purpose: CertificatePurpose | 'viewing'): { name: string; bytes: Uint8Array } {
  const name = basename(path)
  try {
    const found = statSync(path)
    // A pipe or a device might never end.
    if (found.isFile() && found.size <= MAX_CHOSEN_BYTES) return { name, bytes: readFileSync(path) }
  } catch (error) {
    throw new AppError('certificate-unusable', `${name} cannot be read`, { name, purpose, reason: codeOf(error) })
  }
  throw new AppError('certificate-unusable', `${name} is no file, or too large`, { name, purpose })
}

/** The system's name of what went wrong, e.g. `ENOSPC`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
