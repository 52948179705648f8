import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '@shared/ipc/app-error'
import type { CertificateFile, CertificateFileKind, CertificatePurpose } from '@shared/profile/tls'
import { checkCertificateFile } from './certificate-check'
import { codeOf, MAX_CHOSEN_BYTES, readChosenFile } from './chosen-file'

/** Marks the file that holds the path of a reference. */
const REFERENCE = '.path'

/**
 * The certificate and key files of all profiles, in a folder of ours that the user alone can read: copies, and the paths
 * of those that stay where they are. Only what the user chose gets in here, so a file's id opens no other.
 */
export class CertificateStore {
  constructor(private readonly folder: string) {}

  /** Takes in a file the user chose. @throws {AppError} `certificate-unusable`, `storage-failed` */
  import(path: string, purpose: CertificatePurpose, kind: CertificateFileKind = 'copy'): CertificateFile {
    const { name, bytes } = readChecked(path, purpose)
    if (kind === 'copy') return this.add(bytes, name)
    const fileId = randomUUID()
    this.#write(fileId + REFERENCE, Buffer.from(path), name)
    return { kind, fileId, name, folder: dirname(path) }
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
    this.#write(fileId, bytes, name)
    return { kind: 'copy', fileId, name }
  }

  /** What is in a file now. @throws {AppError} `certificate-missing`; of a reference also `certificate-unusable` */
  read(file: CertificateFile, purpose: CertificatePurpose): Uint8Array {
    if (file.kind === 'copy') return this.#read(file.fileId, file.name)
    return readChecked(this.pathOf(file), purpose).bytes
  }

  /** Where a file lies. @throws {AppError} `certificate-missing` */
  pathOf({ kind, fileId, name }: CertificateFile): string {
    return kind === 'copy' ? join(this.folder, fileId) : Buffer.from(this.#read(fileId + REFERENCE, name)).toString()
  }

  /**
   * Removes what no profile uses, e.g. of an editor that was closed without saving. What cannot be removed, a folder for
   * one, stays: the app starts all the same.
   */
  keepOnly(used: ReadonlySet<string>): void {
    for (const entry of readableNames(this.folder)) {
      if (used.has(basename(entry, REFERENCE))) continue
      try {
        rmSync(join(this.folder, entry), { force: true })
      } catch {
        continue
      }
    }
  }

  #read(entry: string, name: string): Uint8Array {
    try {
      return readFileSync(join(this.folder, entry))
    } catch {
      throw new AppError('certificate-missing', `What is kept of ${name} is gone`, { name })
    }
  }

  #write(entry: string, bytes: Uint8Array, name: string): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(this.folder, entry), bytes, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      throw new AppError('storage-failed', 'The certificate could not be stored', { file: name, reason: codeOf(error) })
    }
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
