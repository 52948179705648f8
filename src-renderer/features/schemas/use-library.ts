import { ref, shallowRef, watch, type Ref } from 'vue'
import { NO_RULES, type PayloadRules } from '@shared/schemas/payload-rules'
import type { ListedSchema } from '@shared/schemas/schema-file'
import { request } from '../../bridge/client'
import { useReport } from '../../i18n/report'
import { useSchemasStore } from './schemas-store'

/** The rules and schemas of a connection, while they are looked at. */
export interface Library {
  readonly rules: Readonly<Ref<PayloadRules>>
  readonly schemas: Readonly<Ref<readonly ListedSchema[]>>
  readonly loading: Readonly<Ref<boolean>>
  /** Why there is nothing to see; null: there is. */
  readonly error: Readonly<Ref<unknown>>
  /** Changes the rules at once, and takes that back, and says so, when they cannot be kept. */
  readonly change: (edit: (rules: PayloadRules) => PayloadRules) => Promise<void>
  /** Asks for the schemas again: one was added, changed or deleted. */
  readonly schemasChanged: () => Promise<void>
}

export function useLibrary(connectionId: Readonly<Ref<string>>): Library {
  const store = useSchemasStore()
  const report = useReport()
  const rules = shallowRef<PayloadRules>(NO_RULES)
  const schemas = shallowRef<readonly ListedSchema[]>([])
  const loading = ref(true)
  const error = shallowRef<unknown>(null)

  async function load(): Promise<void> {
    loading.value = true
    const id = connectionId.value
    try {
      const [foundRules, foundSchemas] = await Promise.all([
        request('payload-rules.read', { connectionId: id }),
        request('schemas.list', { connectionId: id }),
      ])
      rules.value = foundRules
      schemas.value = foundSchemas
      error.value = null
    } catch (reason) {
      error.value = reason
    } finally {
      loading.value = false
    }
  }

  async function change(edit: (before: PayloadRules) => PayloadRules): Promise<void> {
    const before = rules.value
    const edited = edit(before)
    rules.value = edited
    try {
      await store.saveRules(connectionId.value, edited)
    } catch (reason) {
      if (rules.value === edited) rules.value = before
      report(reason)
    }
  }

  async function schemasChanged(): Promise<void> {
    store.changed(connectionId.value)
    try {
      schemas.value = await request('schemas.list', { connectionId: connectionId.value })
    } catch (reason) {
      report(reason)
    }
  }

  watch(connectionId, load, { immediate: true })
  return { rules, schemas, loading, error, change, schemasChanged }
}
