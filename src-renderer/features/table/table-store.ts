import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { AppError } from '@shared/ipc/app-error'
import type { FieldPath } from '@shared/payload/field-path'
import { DEFAULT_TABLE_SETTINGS, MAX_COLUMN_SETTINGS, type TableSettings } from '@shared/table/table-settings'
import { request } from '../../bridge/client'
import { withPinned } from './columns'

/** Which tabs show a table, of which topics, and how their tables look. Main keeps the looks; the page has a copy. */
export const useTableStore = defineStore('table', () => {
  /** Connection → the topic filter of its table. */
  const open = shallowReactive(new Map<string, string>())
  const known = shallowReactive(new Map<string, TableSettings>())

  const settingsOf = (connectionId: string): TableSettings => known.get(connectionId) ?? DEFAULT_TABLE_SETTINGS

  /** Asks main for the looks of a tab's tables, once. @throws {AppError} */
  async function load(connectionId: string): Promise<TableSettings> {
    const before = known.get(connectionId)
    if (before !== undefined) return before
    const settings = await request('tables.read', { connectionId })
    // Another call may have been quicker, and its settings changed since.
    const now = known.get(connectionId) ?? settings
    known.set(connectionId, now)
    return now
  }

  /** Changes them at once, and takes that back when main cannot keep them. @throws {AppError} */
  async function change(connectionId: string, edit: (settings: TableSettings) => TableSettings): Promise<void> {
    const before = await load(connectionId)
    const settings = edit(before)
    if (settings.pinned.length > MAX_COLUMN_SETTINGS || settings.columns.length > MAX_COLUMN_SETTINGS) {
      throw new AppError('too-many', 'Too many columns')
    }
    known.set(connectionId, settings)
    try {
      await request('tables.update', { connectionId, settings })
    } catch (error) {
      if (known.get(connectionId) === settings) known.set(connectionId, before)
      throw error
    }
  }

  /** Gives a field a column in the tables of these topics. @throws {AppError} */
  function pinField(connectionId: string, path: FieldPath, topics: string): Promise<void> {
    return change(connectionId, (settings) => withPinned(settings, path, topics))
  }

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const map of [open, known]) for (const id of [...map.keys()]) if (!connectionIds.has(id)) map.delete(id)
  }

  return { open, settingsOf, load, change, pinField, keepOnly }
})
