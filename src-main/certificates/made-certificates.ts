import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  certificateKindSchema,
  keyStorageSchema,
  MAX_MADE_CERTIFICATES,
  type CertificateOrder,
  type MadeCertificate,
} from '@shared/certificates/made-certificate'
import { AppError } from '@shared/ipc/app-error'
import { z } from '@shared/schema'
import { readCertificate, type ReadCertificate } from './describe-certificate'
import { issueCertificate, type Issued } from './issue-certificate'
import type { KeyFolder } from './key-folder'

export const MADE_CERTIFICATES_SCHEMA_VERSION = 1

const recordSchema = z.strictObject({
  id: z.uuid(),
  kind: certificateKindSchema,
  issuerId: z.uuid().nullable(),
  keyStorage: keyStorageSchema,
  /** DER; the key has a file of its own. */
  certificate: z.base64().max(20_000),
})
type MadeRecord = z.infer<typeof recordSchema>

export const madeCertificatesDocumentSchema = z.strictObject({
  schemaVersion: z.literal(MADE_CERTIFICATES_SCHEMA_VERSION),
  certificates: z.array(recordSchema).max(MAX_MADE_CERTIFICATES),
})
export type MadeCertificatesDocument = z.infer<typeof madeCertificatesDocumentSchema>

export const INITIAL_MADE_CERTIFICATES: MadeCertificatesDocument = {
  schemaVersion: MADE_CERTIFICATES_SCHEMA_VERSION,
  certificates: [],
}

interface Storage {
  readonly document: MadeCertificatesDocument
  write(document: MadeCertificatesDocument): void
}


/** The authorities, server and client certificates that were made here. */
export class MadeCertificates {
  readonly #read = new Map<string, ReadCertificate>()

  constructor(
    private readonly storage: Storage,
    private readonly keys: KeyFolder,
  ) {}

  async list(): Promise<MadeCertificate[]> {
    const listed: MadeCertificate[] = []
    for (const { id, kind, issuerId, keyStorage } of this.storage.document.certificates) {
      const read = this.#find(id)
      // What was changed by hand and is no certificate any more is left out.
      if (read !== null) listed.push({ id, kind, issuerId, keyStorage, facts: read.facts })
      // To read one takes about a millisecond.
      await setImmediate()
    }
    return listed
  }

  /** All of them, as chains are checked with. */
  certificates(): ReadCertificate[] {
    return this.storage.document.certificates.flatMap(({ id }) => this.#find(id) ?? [])
  }

  /** @throws {AppError} `certificate-not-found` */
  get(id: string): ReadCertificate {
    const read = this.#find(id)
    if (read === null) throw notFound(id)
    return read
  }

  /** Makes a certificate and keeps it. @throws {AppError} `too-many`, `certificate-not-found`, `private-key-unavailable`, `storage-failed` */
  async make(order: CertificateOrder): Promise<MadeCertificate> {
    this.#refuseWhenFull()
    const issuerId = order.kind === 'authority' ? null : order.issuerId
    const issued = await issueCertificate(order, issuerId === null ? null : await this.#authority(issuerId), Date.now())
    const read = readCertificate(issued.certificate)
    if (read === null) throw new Error('The certificate that was made cannot be read')
    const id = randomUUID()
    const keyStorage = await this.keys.keep(id, issued.key)
    const certificate = Buffer.from(issued.certificate).toString('base64')
    try {
      this.#refuseWhenFull()
      this.#write([...this.storage.document.certificates, { id, kind: order.kind, issuerId, keyStorage, certificate }])
    } catch (error) {
      this.keys.remove(id)
      throw error
    }
    this.#read.set(id, read)
    return { id, kind: order.kind, issuerId, keyStorage, facts: read.facts }
  }

  /** Forgets a certificate and destroys its key. @throws {AppError} `certificate-not-found`, `storage-failed` */
  delete(id: string): void {
    this.#record(id)
    this.#write(this.storage.document.certificates.filter((other) => other.id !== id))
    this.keys.remove(id)
    this.#read.delete(id)
  }

  /** A certificate and, where it is still kept, the one that signed it, in DER. @throws {AppError} `certificate-not-found` */
  withIssuer(id: string): readonly [Uint8Array, ...Uint8Array[]] {
    const { issuerId, certificate } = this.#record(id)
    const issuers = this.storage.document.certificates.filter((other) => other.id === issuerId)
    return [Buffer.from(certificate, 'base64'), ...issuers.map((issuer) => Buffer.from(issuer.certificate, 'base64'))]
  }

  /** The private key as PEM. @throws {AppError} `certificate-not-found`, `private-key-unavailable` */
  async keyOf(id: string): Promise<string> {
    return this.keys.read(id, this.#record(id).keyStorage)
  }

  async #authority(id: string): Promise<Issued> {
    if (this.#record(id).kind !== 'authority') throw notFound(id)
    return { certificate: this.withIssuer(id)[0], key: await this.keyOf(id) }
  }

  #record(id: string): MadeRecord {
    const record = this.storage.document.certificates.find((other) => other.id === id)
    if (record === undefined) throw notFound(id)
    return record
  }

  #find(id: string): ReadCertificate | null {
    const known = this.#read.get(id)
    if (known !== undefined) return known
    const record = this.storage.document.certificates.find((other) => other.id === id)
    const read = record === undefined ? null : readCertificate(Buffer.from(record.certificate, 'base64'))
    if (read !== null) this.#read.set(id, read)
    return read
  }

  #refuseWhenFull(): void {
    if (this.storage.document.certificates.length >= MAX_MADE_CERTIFICATES) {
      throw new AppError('too-many', `${MAX_MADE_CERTIFICATES} certificates are kept at most`)
    }
  }

  #write(certificates: MadeRecord[]): void {
    this.storage.write({ ...this.storage.document, certificates })
  }
}

function notFound(id: string): AppError {
  return new AppError('certificate-not-found', `No certificate ${id} was made here`)
}
