import { basename } from 'node:path'
import type { Dialog } from 'electron'
import { AppError } from '@shared/ipc/app-error'
import type { Profile } from '@shared/profile/profile'
import type { Opened } from '@shared/transfer/preview'
import { readTransfer } from '@shared/transfer/read-transfer'
import { PRIVATE_MODE, writeWhole } from '../files/write-whole'
import type { Handlers } from '../ipc/handlers'
import type { CertificateShelf } from './candidate-files'
import { unseal } from './passphrase-box'
import { PendingImports } from './pending-imports'
import { exportText, type ExportSources } from './profile-export'
import { prepareImport, previewOf, profilesToSave, resultOf, type ProfileToSave } from './profile-import'
import { readTransferFile, unreadable } from './transfer-files'

/** What bringing profiles in and out asks of the other rooms. */
export interface TransferDoors extends ExportSources {
  readonly listProfiles: () => Profile[]
  /** Saves all or none. */
  readonly saveProfiles: (profiles: readonly ProfileToSave[]) => Promise<unknown>
  readonly shelf: CertificateShelf
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
  /** Paths of settings of other programs that are on this computer. */
  readonly knownSources: () => string[]
}

type TransferHandlers = Pick<Handlers, Extract<keyof Handlers, `transfer.${string}`>>

const JSON_FILES = [{ name: 'JSON', extensions: ['json'] }]

/** The page never names a path: it gets what the user chose in a dialog of the system's, without what is secret in it. */
export function transferHandlers(doors: TransferDoors): TransferHandlers {
  const pending = new PendingImports()

  async function openText(text: string, fileName: string | null): Promise<Opened> {
    const transfer = readTransfer(text)
    if (transfer.kind === 'fault') throw unreadable(transfer.fault, fileName ?? '')
    if (transfer.kind === 'sealed') {
      return { kind: 'sealed', importId: pending.add({ kind: 'sealed', fileName, sealed: transfer.sealed }), fileName }
    }
    const entries = await prepareImport({ ...transfer, fileName }, doors.shelf)
    return { kind: 'preview', preview: previewOf(pending.add(entries), entries, doors.listProfiles()) }
  }

  const openPath = async (path: string): Promise<Opened> => openText(await readTransferFile(path), basename(path))

  return {
    'transfer.find-sources': () => doors.knownSources().map((path, index) => ({ index, path })),
    'transfer.choose-file': async () => {
      const { filePaths } = await doors.dialog.showOpenDialog({
        properties: ['openFile', 'showHiddenFiles'],
        filters: [...JSON_FILES, { name: '*', extensions: ['*'] }],
      })
      const [path] = filePaths
      return path === undefined ? null : openPath(path)
    },
    'transfer.open-source': async ({ index }) => {
      const path = doors.knownSources()[index]
      if (path === undefined) throw unreadable('unreadable', '', 'ENOENT')
      return openPath(path)
    },
    'transfer.read-text': ({ text }) => openText(text, null),
    'transfer.unlock': async ({ importId, passphrase }) => {
      const waiting = pending.get(importId)
      if (waiting.kind !== 'sealed') throw new AppError('transfer-gone', 'This import is open already')
      const opened = await openText(await unseal(waiting.sealed, passphrase), waiting.fileName)
      pending.drop(importId)
      if (opened.kind !== 'preview') throw unreadable('broken', waiting.fileName ?? '')
      return opened.preview
    },
    'transfer.import': async ({ importId, choices, storage }) => {
      const waiting = pending.get(importId)
      if (waiting.kind !== 'entries') throw new AppError('transfer-gone', 'This import is not open yet')
      const profiles = profilesToSave(waiting, choices, storage, doors.listProfiles(), doors.shelf)
      await doors.saveProfiles(profiles)
      pending.drop(importId)
      return resultOf(profiles)
    },
    'transfer.discard': ({ importId }) => {
      pending.drop(importId)
    },
    'transfer.export': async ({ profileIds, passphrase }) => {
      const profiles = doors.listProfiles().filter(({ id }) => profileIds.includes(id))
      const { text, leftOut } = await exportText(profiles, passphrase, doors)
      const { canceled, filePath } = await doors.dialog.showSaveDialog({ defaultPath: 'pubscope-profiles.json', filters: JSON_FILES })
      if (canceled || filePath === '') return null
      await writeWhole(filePath, (write) => write(text), PRIVATE_MODE)
      return { fileName: basename(filePath), profiles: profiles.length, leftOut }
    },
  }
}
