import type { ExportResult, ImportChoice, ImportResult, Opened, Preview } from '@shared/transfer/preview'
import type { PasswordStorage } from '@shared/profile/profile'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { request } from '../../bridge/client'

/** Which dialog stands open, and on what. */
export type OpenDialog =
  | { readonly kind: 'import' }
  /** The profiles checked at first. */
  | { readonly kind: 'export'; readonly profileIds: readonly string[] }
  | { readonly kind: 'command'; readonly profileId: string; readonly connectionId: string | null }

/** Bringing profiles in and out. What was read stays in main; here is only what may be seen of it. */
export const useTransferStore = defineStore('transfer', () => {
  const dialog = shallowRef<OpenDialog | null>(null)
  const opened = shallowRef<Opened | null>(null)
  /** While main reads or writes. */
  const busy = ref(false)
  /** What went wrong last, or null. */
  const problem = shallowRef<unknown>(null)

  const preview = computed<Preview | null>(() => (opened.value?.kind === 'preview' ? opened.value.preview : null))

  function startImport(): void {
    opened.value = null
    problem.value = null
    dialog.value = { kind: 'import' }
  }

  function startExport(profileIds: readonly string[]): void {
    problem.value = null
    dialog.value = { kind: 'export', profileIds }
  }

  function showCommand(profileId: string, connectionId: string | null): void {
    dialog.value = { kind: 'command', profileId, connectionId }
  }

  /** Closes the dialog; main forgets what it read. */
  function close(): void {
    dialog.value = null
    forget()
  }

  function forget(): void {
    const left = opened.value
    opened.value = null
    problem.value = null
    if (left === null) return
    const importId = left.kind === 'preview' ? left.preview.importId : left.importId
    void request('transfer.discard', { importId }).catch(() => undefined)
  }

  /** Does some work with `busy` set; a failure is kept as `problem`, and null comes back. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    if (busy.value) return null
    busy.value = true
    problem.value = null
    try {
      return await work()
    } catch (error) {
      problem.value = error
      return null
    } finally {
      busy.value = false
    }
  }

  async function open(read: () => Promise<Opened | null>): Promise<void> {
    const found = await attempt(read)
    if (found === null) return
    opened.value = found
    // It was closed meanwhile.
    if (dialog.value?.kind !== 'import') forget()
  }

  const findSources = () => request('transfer.find-sources')
  const chooseFile = () => open(() => request('transfer.choose-file'))
  const openSource = (index: number) => open(() => request('transfer.open-source', { index }))
  const readText = (text: string) => open(() => request('transfer.read-text', { text }))

  async function unlock(passphrase: string): Promise<void> {
    const sealed = opened.value
    if (sealed?.kind !== 'sealed') return
    await open(async () => ({
      kind: 'preview',
      preview: await request('transfer.unlock', { importId: sealed.importId, passphrase }),
    }))
  }

  /** Brings the chosen profiles in; null when it failed (see `problem`). */
  async function importChosen(
    choices: readonly ImportChoice[],
    storage: Exclude<PasswordStorage, 'none'>,
  ): Promise<ImportResult | null> {
    const importId = preview.value?.importId
    if (importId === undefined) return null
    const result = await attempt(() => request('transfer.import', { importId, choices: [...choices], storage }))
    if (result === null) return null
    opened.value = null
    dialog.value = null
    return result
  }

  /** Writes profiles to a file the user chooses; null when they chose none, or it failed (see `problem`). */
  async function exportProfiles(profileIds: readonly string[], passphrase: string | null): Promise<ExportResult | null> {
    const result = await attempt(() => request('transfer.export', { profileIds: [...profileIds], passphrase }))
    if (result !== null) dialog.value = null
    return result
  }

  const copy = (text: string) => request('app.copy-text', { text })

  return {
    dialog,
    opened,
    preview,
    busy,
    problem,
    startImport,
    startExport,
    showCommand,
    close,
    forget,
    findSources,
    chooseFile,
    openSource,
    readText,
    unlock,
    importChosen,
    exportProfiles,
    copy,
  }
})
