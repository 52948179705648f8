import type { Dialog } from 'electron'
import type { Handlers } from '../ipc/handlers'
import type { CertificateStore } from './certificate-store'
import type { ExpiryWatch } from './expiry-watch'

/** The page never names a path: the user does, in a dialog of the system's. */
export function certificateHandlers(
  store: CertificateStore,
  dialog: Pick<Dialog, 'showOpenDialog'>,
  expiries: Pick<ExpiryWatch, 'expiries'>,
): Pick<Handlers, 'certificates.choose' | 'certificates.list-expiries'> {
  return {
    'certificates.choose': async ({ purpose, kind }) => {
      const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile', 'showHiddenFiles'] })
      const [path] = filePaths
      return path === undefined ? null : store.import(path, purpose, kind)
    },
    'certificates.list-expiries': () => [...expiries.expiries],
  }
}
