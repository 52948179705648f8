import { X509Certificate } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Dialog } from 'electron'
import type { ProfileCertificate } from '@shared/certificates/made-certificate'
import { AppError } from '@shared/ipc/app-error'
import type { CertificateFile } from '@shared/profile/tls'
import type { Handlers } from '../ipc/handlers'
import { certificatesIn } from './certificate-check'
import type { CertificateStore } from './certificate-store'
import type { CertificateViewer } from './certificate-viewer'
import { readChosenFile } from './chosen-file'
import { exportContent, exportNameOf, writeForOwner } from './export-certificate'
import type { MadeCertificates } from './made-certificates'

type PageHandlers = Pick<
  Handlers,
  | 'certificates.open-file'
  | 'certificates.unlock-file'
  | 'certificates.list-made'
  | 'certificates.read-made'
  | 'certificates.make'
  | 'certificates.export'
  | 'certificates.delete'
  | 'certificates.list-used'
  | 'certificates.open-used'
>

/** A certificate file of a profile. */
export interface UsedFile {
  readonly file: CertificateFile
  readonly profileName: string
}

/** The page of certificates: it sees what certificates say, never a key or a path. */
export function certificatePageHandlers(
  made: MadeCertificates,
  viewer: CertificateViewer,
  store: CertificateStore,
  usedFiles: () => readonly UsedFile[],
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
): PageHandlers {
  return {
    'certificates.open-file': async () => {
      const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile', 'showHiddenFiles'] })
      const [path] = filePaths
      return path === undefined ? { kind: 'cancelled' } : viewer.open(readChosenFile(path, 'viewing'))
    },
    'certificates.unlock-file': ({ password }) => viewer.unlock(password),
    'certificates.list-made': () => made.list(),
    'certificates.read-made': ({ certificateId }) => viewer.report(made.get(certificateId)),
    'certificates.make': (order) => made.make(order),
    'certificates.export': async ({ certificateId, order }) => {
      const { filePath, canceled } = await dialog.showSaveDialog({
        defaultPath: exportNameOf(made.get(certificateId).facts.title, order),
        // Elsewhere the system's dialog asks anyway.
        properties: ['showOverwriteConfirmation'],
      })
      if (canceled || !filePath) return false
      writeForOwner(filePath, await exportContent(made, certificateId, order))
      return true
    },
    'certificates.delete': ({ certificateId }) => {
      made.delete(certificateId)
      return undefined
    },
    'certificates.list-used': async () => {
      const listed: ProfileCertificate[] = []
      for (const { file, profileName } of usedFiles()) {
        const { fileId, name } = file
        listed.push({ fileId, name, profileName, validToMs: firstEndOf(file, store) })
        await setImmediate()
      }
      return listed
    },
    'certificates.open-used': ({ fileId }) => {
      const used = usedFiles().find(({ file }) => file.fileId === fileId)
      if (used === undefined) throw new AppError('certificate-not-found', 'No profile uses this file any more')
      return viewer.open({ name: used.file.name, bytes: store.read(used.file, 'certificate') })
    },
  }
}

/** When the first certificate of a file ends; null where none can be read. */
function firstEndOf(file: CertificateFile, store: CertificateStore): number | null {
  try {
    const ends = certificatesIn(store.read(file, 'certificate')).map((pem) => Date.parse(new X509Certificate(pem).validTo))
    return ends.length === 0 || ends.some(Number.isNaN) ? null : Math.min(...ends)
  } catch {
    return null
  }
}
