import type { Dialog } from 'electron'
import { looksLikeDynsec } from '@shared/acl/dynamic-security/dynsec-file'
import type { Handlers } from '../ipc/handlers'
import type { AclFileDesk } from './acl-file-desk'

type AclHandlers = Pick<
  Handlers,
  'acl.restore' | 'acl.keep' | 'acl.list-recent' | 'acl.open' | 'acl.leave-file' | 'acl.save' | 'acl.check-disk' | 'acl.reload'
>

/** ACL files, opened and saved where the user says. */
export function aclHandlers(desk: AclFileDesk, dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>): AclHandlers {
  return {
    'acl.restore': () => desk.restore(),
    'acl.keep': ({ unsaved, version }) => {
      desk.keep(unsaved, version)
    },
    'acl.list-recent': () => desk.recent,
    'acl.open': async ({ recent }) => {
      if (recent !== null) return desk.openRecent(recent)
      const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile', 'showHiddenFiles'] })
      const [path] = filePaths
      return path === undefined ? null : desk.open(path)
    },
    'acl.leave-file': () => {
      desk.leave()
    },
    'acl.save': async ({ text, to, overwrite }) => {
      const { path } = desk
      if (to === 'same' && path !== null) {
        if (!overwrite && (await desk.checkDisk()) === 'changed') return { kind: 'changed' }
        return { kind: 'saved', name: await desk.save(path, text) }
      }
      const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: path ?? (looksLikeDynsec(text) ? 'dynamic-security.json' : 'acl.conf') })
      if (canceled || filePath === '') return { kind: 'cancelled' }
      return { kind: 'saved', name: await desk.save(filePath, text) }
    },
    'acl.check-disk': () => desk.checkDisk(),
    'acl.reload': () => desk.reload(),
  }
}
