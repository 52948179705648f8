import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { OpenedFile, RecentFile } from '@shared/acl/acl-requests'
import { decodeAclBytes } from '@shared/acl/file-bytes'
import { request } from '../../bridge/client'
import { useAclStore } from './acl-store'

/** The file that is edited: its name, what of it is on disk, and the files opened before. */
export const useAclFileStore = defineStore('acl-file', () => {
  const acl = useAclStore()
  /** Null: the text has no name yet. */
  const name = ref<string | null>(null)
  /** Whether there is a file on disk that Save writes. */
  const hasFile = ref(false)
  /** What is on disk, as far as we know; of a new text, what it began as. */
  const savedText = shallowRef('')
  const recent = shallowRef<readonly RecentFile[]>([])
  /** Whether another program changed or removed the file since. */
  const disk = ref<'same' | 'changed' | 'gone'>('same')
  /** Changes when another document is shown rather than the same one edited. */
  const documentKey = ref(0)
  const isDirty = computed(() => acl.started && acl.text !== savedText.value)
  let restoring: Promise<void> | null = null

  function show(text: string, saved: string, file: string | null, isOnDisk: boolean): void {
    acl.start(text)
    savedText.value = saved
    name.value = file
    hasFile.value = isOnDisk
    disk.value = 'same'
    documentKey.value += 1
  }

  const showOpened = ({ name: file, text }: OpenedFile): void => show(text, text, file, true)

  /** Brings back what was open when the app was left; once. */
  function restore(): Promise<void> {
    restoring ??= (async () => {
      const { file, unsaved, version, recent: files } = await request('acl.restore')
      recent.value = files
      if (acl.started) return
      acl.version = version
      if (file === null && unsaved === null) return
      show(unsaved ?? file?.text ?? '', file?.text ?? '', file?.name ?? null, file !== null)
      if (unsaved !== null) await checkDisk()
    })()
    return restoring
  }

  /** Has a restart bring back what is not saved. */
  async function keep(): Promise<void> {
    if (!acl.started) return
    await request('acl.keep', { unsaved: isDirty.value || !hasFile.value ? acl.text : null, version: acl.version })
  }

  async function open(place: number | null): Promise<void> {
    const opened = await request('acl.open', { recent: place })
    if (opened === null) return
    showOpened(opened)
    recent.value = await request('acl.list-recent')
  }

  /** Begins a text that has no file. */
  async function begin(text: string): Promise<void> {
    await request('acl.leave-file')
    show(text, text, null, false)
    await keep()
  }

  /** Takes over a file that was dropped: it is a copy, as the system does not say where it is. */
  async function drop(file: File): Promise<void> {
    const text = decodeAclBytes(new Uint8Array(await file.arrayBuffer()))
    await request('acl.leave-file')
    show(text, text, file.name, false)
    await keep()
  }

  /** Whether it was saved: the user may choose no file, or be asked first whether to overwrite another's change. */
  async function save(to: 'same' | 'other', overwrite = false): Promise<boolean> {
    const { text } = acl
    const result = await request('acl.save', { text, to, overwrite })
    if (result.kind === 'changed') disk.value = 'changed'
    if (result.kind !== 'saved') return false
    savedText.value = text
    name.value = result.name
    hasFile.value = true
    disk.value = 'same'
    recent.value = await request('acl.list-recent')
    await keep()
    return true
  }

  async function checkDisk(): Promise<void> {
    if (hasFile.value) disk.value = await request('acl.check-disk')
  }

  async function reload(): Promise<void> {
    showOpened(await request('acl.reload'))
  }

  return { name, hasFile, savedText, recent, disk, documentKey, isDirty, restore, keep, open, begin, drop, save, checkDisk, reload }
})
