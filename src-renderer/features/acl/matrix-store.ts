import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PatternClient } from '@shared/acl/pattern'
import { useAclStore } from './acl-store'
import { useCompareStore } from './compare-store'

/** Which rows of the matrix are shown: all, where clients differ, where any may do anything, where the other version decides otherwise. */
export type MatrixRows = 'all' | 'differing' | 'granted' | 'changed'

/** Most topics that may be typed. */
export const MAX_TYPED_TOPICS = 5_000

/** Clients and topics that the file is asked about; kept until the app ends. */
export const useMatrixStore = defineStore('acl-matrix', () => {
  const acl = useAclStore()
  const compare = useCompareStore()
  const typedText = ref('')
  const addedClients = shallowRef<readonly PatternClient[]>([])
  const sought = ref('')
  const rows = ref<MatrixRows>('all')
  const descending = ref(false)
  const reachFilter = ref('')

  const typedTopics = computed(() => [...new Set(typedText.value.split(/\r?\n/).filter((line) => line !== ''))].slice(0, MAX_TYPED_TOPICS))

  /** Anonymous clients, the users of these files with the client id that is asked about, and those that were added. */
  function clientsWith(users: readonly string[]): readonly PatternClient[] {
    const { clientId } = acl.question
    const named = [null, ...users].map((username) => ({ username, clientId }))
    return [...new Map([...named, ...addedClients.value].map((client) => [JSON.stringify([client.username, client.clientId]), client])).values()]
  }
  const clients = computed(() => clientsWith([...acl.document.policy.users, ...(compare.marked?.policy.users ?? [])]))

  function addClient(client: PatternClient): void {
    addedClients.value = [...addedClients.value, client]
  }

  function removeClient(client: PatternClient): void {
    addedClients.value = addedClients.value.filter((other) => other !== client)
  }

  return { typedText, typedTopics, addedClients, clients, clientsWith, sought, rows, descending, reachFilter, addClient, removeClient }
})
