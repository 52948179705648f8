import { homedir } from 'node:os'
import { basename, isAbsolute, join, win32 } from 'node:path'
import { AppError } from '@shared/ipc/app-error'
import { certificatePurposeSchema, type CertificateFile, type CertificatePurpose } from '@shared/profile/tls'
import type { Candidate, CandidateFile } from '@shared/transfer/candidate'
import { quoted, type Remark } from '@shared/transfer/remark'

/** The store of certificates, as far as an import needs it. Each call throws `certificate-unusable` for what is none. */
export interface CertificateShelf {
  /** Whether a file can be taken, without taking it. */
  check(path: string, purpose: CertificatePurpose): void
  checkBytes(bytes: Uint8Array, purpose: CertificatePurpose, name: string): void
  import(path: string, purpose: CertificatePurpose): CertificateFile
  add(bytes: Uint8Array, name: string): CertificateFile
}

type FileRemark = Extract<Remark, { purpose: CertificatePurpose }>

/** What of a candidate's files can come along, and remarks on those that cannot. */
export function checkFiles(
  { files }: Candidate,
  shelf: Pick<CertificateShelf, 'check' | 'checkBytes'>,
): { files: Candidate['files']; remarks: FileRemark[] } {
  const usable: [CertificatePurpose, CandidateFile][] = []
  const remarks: FileRemark[] = []
  for (const purpose of certificatePurposeSchema.options) {
    const file = files[purpose]
    if (file === undefined) continue
    const code = faultOf(file, purpose, shelf)
    if (code === null) usable.push([purpose, file])
    else remarks.push({ code, purpose, file: quoted(file.kind === 'path' ? file.path : file.name) })
  }
  return { files: Object.fromEntries(usable), remarks }
}

function faultOf(
  file: CandidateFile,
  purpose: CertificatePurpose,
  shelf: Pick<CertificateShelf, 'check' | 'checkBytes'>,
): FileRemark['code'] | null {
  if (file.kind === 'bytes') {
    return attempt(() => shelf.checkBytes(Buffer.from(file.base64, 'base64'), purpose, file.name))
  }
  const path = fullPath(file.path)
  // Merely looking at \\server\share tells that server who is asking (NTLM): a file must not be able to make us.
  if (/^[\\/]{2}/.test(path)) return 'file-network'
  if (!isAbsolute(path) && !win32.isAbsolute(path)) return 'file-relative'
  return attempt(() => shelf.check(path, purpose))
}

function attempt(check: () => void): FileRemark['code'] | null {
  try {
    check()
    return null
  } catch (error) {
    const reason = error instanceof AppError ? error.details['reason'] : undefined
    if (reason === undefined) return 'file-unusable'
    return reason === 'ENOENT' || reason === 'ENOTDIR' ? 'file-missing' : 'file-unreadable'
  }
}

/** Takes the files of a candidate, which {@link checkFiles} has seen, into the store. @throws {AppError} */
export function takeFiles(files: Candidate['files'], shelf: CertificateShelf): Partial<Record<CertificatePurpose, CertificateFile>> {
  return Object.fromEntries(
    certificatePurposeSchema.options.flatMap((purpose) => {
      const file = files[purpose]
      if (file === undefined) return []
      if (file.kind === 'path') return [[purpose, shelf.import(fullPath(file.path), purpose)]]
      return [[purpose, shelf.add(Buffer.from(file.base64, 'base64'), basename(file.name) || purpose)]]
    }),
  )
}

/** `~/` is the user's folder, as in a shell. */
function fullPath(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path
}
