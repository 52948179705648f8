import { defineStore } from 'pinia'
import { ref, shallowReactive } from 'vue'
import { NO_ENVIRONMENTS, type Environments } from '@shared/template/environments'
import { request } from '../../bridge/client'

/** The environments of the open tabs. Main keeps them; the page has a copy. */
export const useEnvironmentsStore = defineStore('environments', () => {
  const known = shallowReactive(new Map<string, Environments>())
  /** Whether the dialog that edits them is open. */
  const isOpen = ref(false)

  /** None until they are loaded. */
  const environmentsOf = (connectionId: string): Environments => known.get(connectionId) ?? NO_ENVIRONMENTS

  /** Asks main for them, once. @throws {AppError} */
  async function load(connectionId: string): Promise<void> {
    if (known.has(connectionId)) return
    const environments = await request('environments.read', { connectionId })
    if (!known.has(connectionId)) known.set(connectionId, environments)
  }

  /** Changes them at once, and takes that back when main cannot keep them. @throws {AppError} */
  async function change(connectionId: string, environments: Environments): Promise<void> {
    const before = environmentsOf(connectionId)
    known.set(connectionId, environments)
    try {
      await request('environments.update', { connectionId, environments })
    } catch (error) {
      if (known.get(connectionId) === environments) known.set(connectionId, before)
      throw error
    }
  }

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const id of [...known.keys()]) if (!connectionIds.has(id)) known.delete(id)
  }

  return { environmentsOf, load, change, keepOnly, isOpen }
})
