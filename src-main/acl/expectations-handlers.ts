import type { Dialog } from 'electron'
import type { expectationsRequests } from '@shared/acl/expectations-requests'
import type { Handlers } from '../ipc/handlers'
import type { ExpectationsDesk } from './expectations-desk'

const YAML = { name: 'YAML', extensions: ['yaml', 'yml'] }
const JSON_FILE = { name: 'JSON', extensions: ['json'] }

/** Expectations of an ACL file, opened and saved where the user says. */
export function expectationsHandlers(
  desk: ExpectationsDesk,
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
): Pick<Handlers, keyof typeof expectationsRequests> {
  return {
    'acl.restore-expectations': () => desk.restore(),
    'acl.keep-expectations': ({ unsaved }) => {
      desk.keep(unsaved)
    },
    'acl.open-expectations': async () => {
      const filters = [{ name: 'YAML, JSON', extensions: [...YAML.extensions, ...JSON_FILE.extensions] }, { name: '*', extensions: ['*'] }]
      const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile'], filters })
      const [path] = filePaths
      return path === undefined ? null : desk.open(path)
    },
    'acl.leave-expectations': () => {
      desk.leave()
    },
    'acl.save-expectations': async ({ expectations, to }) => {
      if (to === 'same' && desk.path !== null) return desk.save(desk.path, expectations)
      const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: desk.suggestedPath, filters: [YAML, JSON_FILE] })
      return canceled || !filePath ? null : desk.save(filePath, expectations)
    },
  }
}
