import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@shared/ipc/app-error'
import type { CertificateFile, CertificatePurpose } from '@shared/profile/tls'
import { checkCertificateFile } from './certificate-check'
import { codeOf, MAX_CHOSEN_BYTES, readChosenFile } from './chosen-file'

/** The certificate and key files of all profiles: copies in a folder of ours, readable by the user alone. */
export class CertificateStore {
  constructor(private readonly folder: string) {}

  /** Takes a copy of a file the user chose. @throws {AppError} `certificate-unusable`, `storage-failed` */
  import(path: string, purpose: CertificatePurpose): CertificateFile {
    const { name, bytes } = readChecked(path, purpose)
    return this.add(bytes, name)
  }

  /** Refuses what {@link import} would refuse, without taking it. @throws {AppError} `certificate-unusable` */
  check(path: string, purpose: CertificatePurpose): void {
    readChecked(path, purpose)
  }

  /** The same of bytes that come in another file. @throws {AppError} `certificate-unusable` */
  checkBytes(bytes: Uint8Array, purpose: CertificatePurpose, name: string): void {
    if (bytes.byteLength > MAX_CHOSEN_BYTES) throw new AppError('certificate-unusable', `${name} is too large`, { name, purpose })
    checkCertificateFile(bytes, purpose, name)
  }

  /** Keeps a file under a name. @throws {AppError} `storage-failed` */
  add(bytes: Uint8Array, name: string): CertificateFile {
    const fileId = randomUUID()
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(this.#pathOf(fileId), bytes, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      throw new AppError('storage-failed', 'The certificate could not be stored', { file: name, reason: codeOf(error) })
    }
    return { fileId, name }
  }

  /** @throws {AppError} `certificate-missing` */
  read({ fileId, name }: CertificateFile): Uint8Array {
    try {
      return readFileSync(this.#pathOf(fileId))
    } catch {
      throw new AppError('certificate-missing', `The copy of ${name} is gone`, { name })
    }
  }

  /**
   * Removes copies that no profile uses, e.g. those of an editor that was closed without saving. What cannot be removed,
   * a folder for one, stays: the app starts all the same.
   */
  keepOnly(used: ReadonlySet<string>): void {
    for (const fileId of readableNames(this.folder)) {
      if (used.has(fileId)) continue
      try {
        rmSync(join(this.folder, fileId), { force: true })
      } catch {
        continue
      }
    }
  }

  #pathOf(fileId: string): string {
    return join(this.folder, fileId)
  }
}

function readableNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function readChecked(path: string, purpose: CertificatePurpose): { name: string; bytes: Uint8Array } {
  const chosen = readChosenFile(path, purpose)
  checkCertificateFile(chosen.bytes, purpose, chosen.name)
  return chosen
}
