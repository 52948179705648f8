import type { Dialog } from 'electron'
import type { Handlers } from '../ipc/handlers'
import type { CertificateStore } from './certificate-store'

/** The page never names a path: the user does, in a dialog of the system's. */
export function certificateHandlers(
  store: CertificateStore,
  dialog: Pick<Dialog, 'showOpenDialog'>,
): Pick<Handlers, 'certificates.choose'> {
  return {
    'certificates.choose': async ({ purpose, kind }) => {
      const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile', 'showHiddenFiles'] })
      const [path] = filePaths
      return path === undefined ? null : store.import(path, purpose, kind)
    },
  }
}
