import { basename, join } from 'node:path'
import type { Dialog } from 'electron'
import { AppError } from '@shared/ipc/app-error'
import type { FieldPath } from '@shared/payload/field-path'
import { MAX_EXPORT_FILES, type ExportFormat } from '@shared/table/export'
import { writeError } from '../files/write-error'
import type { Handlers } from '../ipc/handlers'
import type { ExportDesk, ExportSource } from './export-desk'
import { FileTarget, FolderTarget, type ExportTarget } from './export-target'
import { safeName } from './file-names'
import { csv, jsonLines } from './line-formats'

type Dialogs = Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>

/** `sourceOf` throws `connection-not-found`. */
export function exportHandlers(
  sourceOf: (connectionId: string) => ExportSource,
  desk: ExportDesk,
  dialog: Dialogs,
): Pick<Handlers, 'exports.start' | 'exports.cancel'> {
  return {
    'exports.start': async ({ connectionId, viewId, spans, fields, format, topics }) => {
      const source = sourceOf(connectionId)
      // Before the dialog opens: what the user saw is what they get.
      const { exportId: engineId, messages } = await source.call('beginExport', viewId, spans, fields)
      const target = await chosenTarget(format, messages, nameFor(topics), fields, dialog).catch(async (error: unknown) => {
        await source.call('endExport', engineId)
        throw error
      })
      if (target !== null) return desk.start({ source, engineId, messages, format }, target)
      await source.call('endExport', engineId)
      return null
    },
    'exports.cancel': ({ exportId }) => {
      desk.cancel(exportId)
    },
  }
}

/** Null when the user chose none. */
async function chosenTarget(format: ExportFormat, messages: number, name: string, fields: readonly FieldPath[], dialog: Dialogs): Promise<ExportTarget | null> {
  if (format === 'files') {
    if (messages > MAX_EXPORT_FILES) throw new AppError('too-many-files', 'Too many files', { count: messages, limit: MAX_EXPORT_FILES })
    const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
    const [folder] = filePaths
    return canceled || folder === undefined ? null : opened(name, FolderTarget.open(join(folder, name)))
  }
  const extension = format === 'csv' ? 'csv' : 'jsonl'
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: `${name}.${extension}`,
    filters: [{ name: format === 'csv' ? 'CSV' : 'JSON Lines', extensions: [extension] }],
  })
  if (canceled || !filePath) return null
  return opened(basename(filePath), FileTarget.open(filePath, format === 'csv' ? csv(fields) : jsonLines(fields)))
}

async function opened<Target>(name: string, target: Promise<Target>): Promise<Target> {
  try {
    return await target
  } catch (error) {
    throw writeError(error, name)
  }
}

/** A name for messages on these topics, to begin with. */
function nameFor(topics: string): string {
  const above = topics.replace(/\/?#$/, '')
  return above === '' ? 'messages' : safeName(above)
}
