import { randomUUID, X509Certificate } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ExportOrder } from '@shared/certificates/made-certificate'
import { AppError } from '@shared/ipc/app-error'
import { codeOf } from './chosen-file'
import type { MadeCertificates } from './made-certificates'
import { writePkcs12 } from './pkcs12-file'

const ENDINGS: Readonly<Record<ExportOrder['what'], string>> = { certificate: 'pem', key: 'key', pkcs12: 'p12' }

/** What an export is called unless the user says otherwise; `title` is text from outside. */
export function exportNameOf(title: string, { what }: ExportOrder): string {
  const name = title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '').slice(0, 60)
  return `${name || 'certificate'}.${ENDINGS[what]}`
}

/** The content of an exported file. @throws {AppError} `certificate-not-found`, `private-key-unavailable` */
export async function exportContent(made: MadeCertificates, id: string, order: ExportOrder): Promise<Uint8Array> {
  const certificates = made.withIssuer(id)
  switch (order.what) {
    case 'certificate':
      return Buffer.from(new X509Certificate(certificates[0]).toString())
    case 'key':
      return Buffer.from(await made.keyOf(id))
    case 'pkcs12': {
      const content = { certificates, key: await made.keyOf(id), name: made.get(id).facts.title }
      return writePkcs12(content, order.password)
    }
  }
}

/** Writes a file that its owner alone can read, whatever stood there before. @throws {AppError} `storage-failed` */
export function writeForOwner(path: string, bytes: Uint8Array): void {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`)
  try {
    writeFileSync(temporary, bytes, { mode: 0o600, flag: 'wx' })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    const file = basename(path)
    throw new AppError('storage-failed', `${file}: ${codeOf(error)}`, { file, reason: codeOf(error) })
  }
}
