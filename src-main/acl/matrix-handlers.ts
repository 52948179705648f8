import { basename } from 'node:path'
import type { Dialog } from 'electron'
import type { matrixRequests } from '@shared/acl/matrix-requests'
import { writeWhole } from '../files/write-whole'
import type { Handlers } from '../ipc/handlers'
import { csvOfMatrix } from './matrix-csv'

/** The matrix of the ACL tester, taken out of the app. */
export function matrixHandlers(dialog: Pick<Dialog, 'showSaveDialog'>): Pick<Handlers, keyof typeof matrixRequests> {
  return {
    'acl.save-matrix': async (matrix) => {
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: 'acl-matrix.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      })
      if (canceled || !filePath) return null
      await writeWhole(filePath, (write) => write(csvOfMatrix(matrix)))
      return basename(filePath)
    },
    'acl.matrix-text': csvOfMatrix,
  }
}
