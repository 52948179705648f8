import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { TreeSort } from '@shared/views/view-spec'

/** A moment up to which everything has been seen. */
export interface SeenMoment {
  /** The number of the last message seen. */
  readonly sequence: number
  readonly atMs: number
}

/** How one connection's tree is looked at; kept while its tab is not in front. */
export interface TreeLook {
  filter: string
  sort: TreeSort
  /** Whether rows sorted by a number move by themselves. */
  liveSort: boolean
  /** Only topics that changed since then show; null: all. */
  changedSince: SeenMoment | null
}

/** The looks of all connections' trees. */
export const useTreeStore = defineStore('topics', () => {
  const looks = reactive(new Map<string, TreeLook>())

  /** The look of a connection's tree; changes to it are kept. */
  function lookOf(connectionId: string): TreeLook {
    const known = looks.get(connectionId)
    if (known !== undefined) return known
    looks.set(connectionId, { filter: '', sort: 'name', liveSort: true, changedSince: null })
    return lookOf(connectionId)
  }

  return { lookOf }
})
