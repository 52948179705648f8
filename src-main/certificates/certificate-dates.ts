import { statSync } from 'node:fs'
import { AppError } from '@shared/ipc/app-error'
import type { CertificateFile } from '@shared/profile/tls'
import { certificatesIn } from './certificate-check'
import type { CertificateStore } from './certificate-store'
import { certificateOfPkcs12, datedCertificate, type DatedCertificate } from './dated-certificate'

/** When the certificates in the files of profiles are valid, each file read once as long as it does not change. */
export class CertificateDates {
  readonly #known = new Map<string, { readonly version: string; readonly dates: readonly DatedCertificate[] }>()

  constructor(private readonly store: CertificateStore) {}

  /** None where the file cannot be read, or is PKCS#12 that was not opened yet: see {@link learn}. */
  of(file: CertificateFile, role: 'authority' | 'client'): readonly DatedCertificate[] {
    try {
      const version = this.#versionOf(file)
      const known = this.#known.get(file.fileId)
      if (known?.version === version) return known.dates
      const bytes = this.store.read(file, role === 'authority' ? 'authority' : 'certificate')
      const dates = certificatesIn(bytes).flatMap((pem) => datedCertificate(pem) ?? [])
      this.#known.set(file.fileId, { version, dates })
      return dates
    } catch (error) {
      // What is wrong with it is said when connecting.
      if (error instanceof AppError || isSystemError(error)) return []
      throw error
    }
  }

  /** Looks into a PKCS#12 file while its passphrase is at hand. */
  learn(file: CertificateFile, bytes: Uint8Array, passphrase: string | null): void {
    if (this.of(file, 'client').length > 0) return
    const known = this.#known.get(file.fileId)
    const own = certificateOfPkcs12(bytes, passphrase)
    if (known !== undefined && own !== null) this.#known.set(file.fileId, { ...known, dates: [own] })
  }

  /** Copies never change; what stays where it is may. */
  #versionOf(file: CertificateFile): string {
    if (file.kind === 'copy') return ''
    const { mtimeMs, size } = statSync(this.store.pathOf(file))
    return `${mtimeMs} ${size}`
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
