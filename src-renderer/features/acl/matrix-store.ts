import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { brokerVersionSchema, type BrokerVersion } from '@shared/acl/question'
import type { PatternClient } from '@shared/acl/pattern'
import { readPolicy } from '@shared/acl/policy-document'
import { useAclStore } from './acl-store'

/** Which rows of the matrix are shown: all, where clients differ, where any may do anything, where another version decides otherwise. */
export type MatrixRows = 'all' | 'differing' | 'granted' | 'changed'

/** Another version of the file, or the same by other rules. */
export interface ComparedFile {
  /** Of a file; null: pasted, or the editor's text by the rules of another version. */
  readonly name: string | null
  readonly text: string
  readonly version: BrokerVersion
}

/** Most topics that may be typed. */
export const MAX_TYPED_TOPICS = 5_000

/** Clients and topics of the matrix, and what it is compared with; kept until the app ends. */
export const useMatrixStore = defineStore('acl-matrix', () => {
  const acl = useAclStore()
  const typedText = ref('')
  const addedClients = shallowRef<readonly PatternClient[]>([])
  const sought = ref('')
  const rows = ref<MatrixRows>('all')
  const descending = ref(false)
  const compared = shallowRef<ComparedFile | null>(null)
  const comparing = ref(false)

  const typedTopics = computed(() => [...new Set(typedText.value.split(/\r?\n/).filter((line) => line !== ''))].slice(0, MAX_TYPED_TOPICS))
  const comparedDocument = computed(() => (compared.value === null ? null : readPolicy(compared.value.text, compared.value.version)))

  /** Anonymous clients, the users of the file with the client id that is asked about, and those that were added. */
  const clients = computed<readonly PatternClient[]>(() => {
    const { clientId } = acl.question
    const names = [null, ...acl.document.policy.users, ...(comparedDocument.value?.policy.users ?? [])]
    const all = [...names.map((username) => ({ username, clientId })), ...addedClients.value]
    return [...new Map(all.map((client) => [JSON.stringify([client.username, client.clientId]), client])).values()]
  })

  function addClient(client: PatternClient): void {
    addedClients.value = [...addedClients.value, client]
  }

  function removeClient(client: PatternClient): void {
    addedClients.value = addedClients.value.filter((other) => other !== client)
  }

  /** Compares with the editor's text by the rules of the other version. */
  function compareVersions(): void {
    const other = brokerVersionSchema.options.find((version) => version !== acl.version) ?? acl.version
    compared.value = { name: null, text: acl.text, version: other }
  }

  return { typedText, typedTopics, addedClients, clients, sought, rows, descending, compared, comparedDocument, comparing, addClient, removeClient, compareVersions }
})
