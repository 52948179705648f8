import { setImmediate } from 'node:timers/promises'
import { MAX_CERTIFICATES_IN_FILE, type CertificateReport, type FileOpening } from '@shared/certificates/certificate-report'
import { AppError } from '@shared/ipc/app-error'
import { chainOf, IssuerIndex } from './certificate-chain'
import { readCertificate, type ReadCertificate } from './describe-certificate'
import { publicAuthorities } from './public-authorities'
import { readCertificateFile } from './read-certificate-file'

interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Reads files of certificates and says whom each can be traced to. */
export class CertificateViewer {
  /** The file that waits for its password. */
  #locked: NamedFile | null = null

  /** `madeHere`: the certificates whose authorities are trusted besides the public ones. */
  constructor(private readonly madeHere: () => readonly ReadCertificate[]) {}

  /** @throws {AppError} `certificate-unusable`, `file-protection-unknown` */
  async open(file: NamedFile): Promise<FileOpening> {
    this.#locked = null
    return this.#read(file, null)
  }

  /** Opens the file that was locked. @throws {AppError} `wrong-file-password`, and what `open` throws */
  async unlock(password: string): Promise<FileOpening> {
    const file = this.#locked
    if (file === null) return { kind: 'cancelled' }
    const opening = await this.#read(file, password)
    this.#locked = null
    return opening
  }

  /** A certificate and its chain. */
  report(read: ReadCertificate, file: readonly ReadCertificate[] = []): CertificateReport {
    const indexes = [
      new IssuerIndex('made', this.madeHere()),
      publicAuthorities(),
      new IssuerIndex('file', file),
    ]
    return { ...read.facts, chain: chainOf(read, indexes, Date.now()) }
  }

  async #read(file: NamedFile, password: string | null): Promise<FileOpening> {
    const { name } = file
    const ders = await readCertificateFile(file.bytes, name, password)
    if (ders === null) {
      this.#locked = file
      return { kind: 'locked', name }
    }
    const found: ReadCertificate[] = []
    for (const der of ders.slice(0, MAX_CERTIFICATES_IN_FILE)) {
      const read = readCertificate(der)
      if (read !== null) found.push(read)
      await setImmediate()
    }
    if (found.length === 0) {
      throw new AppError('certificate-unusable', `${name} holds no certificate`, { name, purpose: 'viewing' })
    }
    const certificates: CertificateReport[] = []
    for (const read of found) {
      certificates.push(this.report(read, found))
      await setImmediate()
    }
    const moreCertificates = Math.max(0, ders.length - MAX_CERTIFICATES_IN_FILE)
    const unreadable = ders.length - moreCertificates - found.length
    return { kind: 'opened', file: { name, certificates, moreCertificates, unreadable } }
  }
}
