import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Expectation, Expectations } from '@shared/acl/expectations/expectation'
import type { ExpectationsFault } from '@shared/acl/expectations/read-expectations'
import type { BrokerVersion } from '@shared/acl/question'
import { expectationsToJson } from '@shared/acl/expectations/write-expectations'
import { MAX_KEPT_LENGTH, type ExpectationsDocument } from '@shared/acl/expectations-requests'
import { request } from '../../bridge/client'
import { useAclStore } from './acl-store'
import { useExpectationsStore } from './expectations-store'
import { readBeside } from './read-beside'

/** The document of the expectations: its name, and what of it is on disk. */
export const useExpectationsFileStore = defineStore('acl-expectations-file', () => {
  const acl = useAclStore()
  const store = useExpectationsStore()
  /** Null: the cases have no file. */
  const name = ref<string | null>(null)
  const savedCases = shallowRef<readonly Expectation[]>([])
  /** A document that could not be used, and why. */
  const refused = shallowRef<{ readonly name: string; readonly faults: readonly ExpectationsFault[] } | null>(null)
  const isDirty = computed(() => store.cases !== savedCases.value && (store.cases.length > 0 || name.value !== null))
  let aclPlace: string | undefined
  let restoring: Promise<void> | null = null

  const present = (): Expectations => ({ ...(aclPlace === undefined ? {} : { acl: aclPlace }), version: acl.version, cases: [...store.cases] })

  /** For which broker it is; null: it has faults, which are shown, and all else stays. */
  async function use(document: ExpectationsDocument, isSaved: boolean): Promise<BrokerVersion | null> {
    const read = await readBeside(document.text)
    if (!read.ok) {
      refused.value = { name: document.name, faults: read.faults }
      return null
    }
    refused.value = null
    aclPlace = read.expectations.acl
    store.show(read.expectations.cases)
    if (isSaved) savedCases.value = read.expectations.cases
    return read.expectations.version
  }

  /** Brings back what was there when the app was left; once. */
  function restore(): Promise<void> {
    restoring ??= (async () => {
      const { file, unsaved } = await request('acl.restore-expectations')
      if (store.cases.length > 0 || (file === null && unsaved === null)) return
      if (unsaved !== null) await use({ name: file?.name ?? '', text: unsaved }, false)
      else if (file !== null && (await use(file, true)) === null) return
      name.value = file?.name ?? null
    })()
    return restoring
  }

  async function open(): Promise<void> {
    const document = await request('acl.open-expectations')
    if (document === null) return
    const version = await use(document, true)
    if (version === null) return
    name.value = document.name
    // The cases were written for its rules.
    acl.version = version
  }

  /** Forgets the cases; their file stays as it is. */
  async function leave(): Promise<void> {
    await request('acl.leave-expectations')
    store.show([])
    savedCases.value = store.cases
    name.value = null
    aclPlace = undefined
  }

  /** Whether it was saved: the user may choose no file. */
  async function save(to: 'same' | 'other'): Promise<boolean> {
    const { cases } = store
    const saved = await request('acl.save-expectations', { expectations: present(), to })
    if (saved === null) return false
    name.value = saved
    savedCases.value = cases
    return true
  }

  /** Has a restart bring back what is not saved. */
  async function keep(): Promise<void> {
    const text = isDirty.value ? expectationsToJson(present()) : null
    await request('acl.keep-expectations', { unsaved: text === null || text.length > MAX_KEPT_LENGTH ? null : text })
  }

  return { name, refused, isDirty, savedCases, restore, open, leave, save, keep }
})
