import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { TreeSort } from '@shared/views/view-spec'

/** How one connection's tree is looked at; kept while its tab is not in front. */
export interface TreeLook {
  filter: string
  sort: TreeSort
}

/** The looks of all connections' trees. */
export const useTreeStore = defineStore('topics', () => {
  const looks = reactive(new Map<string, TreeLook>())

  /** The look of a connection's tree; changes to it are kept. */
  function lookOf(connectionId: string): TreeLook {
    const known = looks.get(connectionId)
    if (known !== undefined) return known
    looks.set(connectionId, { filter: '', sort: 'name' })
    return lookOf(connectionId)
  }

  return { lookOf }
})
