import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Dialog } from 'electron'
import { collectionText, MAX_COLLECTION_FILE_BYTES, readCollection } from '@shared/collections/collection-file'
import { messagesOf, withNewIds } from '@shared/collections/collection-tree'
import { MAX_ROWS_BYTES, type Rows } from '@shared/collections/rows'
import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import type { EncodeText, EngineApi, RunMessage } from '../engine/engine-api'
import { PRIVATE_MODE, writeWhole } from '../files/write-whole'
import type { Handlers } from '../ipc/handlers'
import { chooseFile } from './chosen-file'
import type { CollectionStore } from './collection-store'
import { RowFiles } from './row-files'
import { runMessage } from './run-messages'
import { saveSends } from './save-sends'

type CollectionHandlers = Pick<Handlers, Extract<keyof Handlers, `collections.${string}`>>
type SendingMethod = 'startRun' | 'controlRun' | 'startExchange' | 'controlExchange' | 'readSends' | 'clearSends'

/** A tab, as far as sending goes. */
export interface SendingTab extends Pick<Connection, 'id' | 'source'> {
  call<Method extends SendingMethod>(method: Method, ...args: Parameters<EngineApi[Method]>): Promise<Awaited<ReturnType<EngineApi[Method]>>>
}

/** What collections ask of the other rooms. */
export interface CollectionDoors {
  /** @throws {AppError} `connection-not-found` */
  readonly tabOf: (connectionId: string) => SendingTab
  /** Makes bytes of a text, with the schemas the tab has. */
  readonly encode: (connectionId: string, ...args: Parameters<EncodeText>) => ReturnType<EncodeText>
  readonly readRows: (bytes: Uint8Array) => Promise<Rows>
  /** What templates may ask for on this tab besides. */
  readonly variablesOf: (tab: SendingTab) => Readonly<Record<string, string>>
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
}

const SEND_FILES = { csv: { extension: 'csv', name: 'CSV' }, 'json-lines': { extension: 'jsonl', name: 'JSON Lines' } } as const

/** The page names saved messages by their ids, and files not at all: main has both. */
export function collectionHandlers(store: CollectionStore, doors: CollectionDoors): CollectionHandlers {
  const rowFiles = new RowFiles()

  function messagesToSend(connectionId: string, itemId: string): Promise<RunMessage[]> {
    const encode: EncodeText = (text, format) => doors.encode(connectionId, text, format)
    return Promise.all(messagesOf(store.item(itemId)).map((saved) => runMessage(saved, encode)))
  }

  async function chooseToSave(defaultPath: string, name: string, extension: string): Promise<string | null> {
    const { canceled, filePath } = await doors.dialog.showSaveDialog({ defaultPath, filters: [{ name, extensions: [extension] }] })
    return canceled || filePath === '' ? null : filePath
  }

  return {
    'collections.read': () => [...store.items],
    'collections.change': (change) => {
      store.change(change)
    },
    'collections.export': async ({ folderId }) => {
      const folder = store.item(folderId)
      if (folder.kind !== 'folder') throw new AppError('collection-item-gone', 'a message is no folder')
      const path = await chooseToSave(`${folder.name.replace(/[^\p{L}\p{N} _-]/gu, '-')}.json`, 'JSON', 'json')
      if (path === null) return null
      await writeWhole(path, (write) => write(collectionText(folder)), PRIVATE_MODE)
      return { name: basename(path), messages: messagesOf(folder).length }
    },
    'collections.choose-import': async () => {
      const file = await chooseFile(doors.dialog, ['json'], MAX_COLLECTION_FILE_BYTES, 'collection-unreadable')
      if (file === null) return null
      const read = readCollection(Buffer.from(file.bytes).toString('utf8'))
      if (!read.ok) throw new AppError('collection-unreadable', `${read.fault} ${read.where}`, { fault: read.fault, file: file.name, reason: read.where })
      // Those it was exported with may be here already.
      return { file: file.name, folder: withNewIds(read.folder, randomUUID) }
    },
    'collections.choose-rows': async () => {
      const file = await chooseFile(doors.dialog, ['csv', 'tsv', 'txt'], MAX_ROWS_BYTES, 'rows-unreadable')
      return file === null ? null : rowFiles.add(file.name, await doors.readRows(file.bytes))
    },
    'collections.start-run': async ({ connectionId, itemId, rowsId, options }) => {
      const tab = doors.tabOf(connectionId)
      const { name } = store.item(itemId)
      const rows = rowsId === null ? null : rowFiles.get(rowsId)
      const messages = await messagesToSend(connectionId, itemId)
      if (messages.length === 0) throw new AppError('saved-message-invalid', 'an empty folder', { fault: 'empty-folder', name })
      return { runId: await tab.call('startRun', { name, messages, rows, variables: doors.variablesOf(tab), options }) }
    },
    'collections.control-run': async ({ connectionId, runId, action }) => {
      await doors.tabOf(connectionId).call('controlRun', runId, action)
    },
    'collections.ask': async ({ connectionId, itemId, options }) => {
      const tab = doors.tabOf(connectionId)
      const [message] = await messagesToSend(connectionId, itemId)
      const { name } = store.item(itemId)
      if (message === undefined) throw new AppError('saved-message-invalid', 'an empty folder', { fault: 'empty-folder', name })
      return tab.call('startExchange', { name, message, variables: doors.variablesOf(tab), options })
    },
    'collections.control-ask': async ({ connectionId, action }) => {
      await doors.tabOf(connectionId).call('controlExchange', action)
    },
    'collections.save-sends': async ({ connectionId, failedOnly, format }) => {
      const tab = doors.tabOf(connectionId)
      const { extension, name } = SEND_FILES[format]
      const path = await chooseToSave(`sends.${extension}`, name, extension)
      if (path === null) return null
      return { name: basename(path), sends: await saveSends(path, format, (after) => tab.call('readSends', failedOnly, after)) }
    },
    'collections.clear-sends': async ({ connectionId }) => {
      await doors.tabOf(connectionId).call('clearSends')
    },
  }
}
