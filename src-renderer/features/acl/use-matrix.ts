import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { DecisionTable } from '@shared/acl/decision-table'
import { useAclStore } from './acl-store'
import { useCompareStore } from './compare-store'
import { useMatrixStore } from './matrix-store'
import { inSlices } from './slices'

/** The broker's own topics, of which it has many, come after all others. */
const byText = (a: string, b: string): number => Number(a.startsWith('$')) - Number(b.startsWith('$')) || (a < b ? -1 : a > b ? 1 : 0)

/** What the matrix shows: a table of decisions, and which of its topics in which order. */
export function useMatrix(seen: Readonly<Ref<readonly string[]>>) {
  const acl = useAclStore()
  const store = useMatrixStore()
  const compare = useCompareStore()

  const topics = computed(() => [...new Set([...seen.value, ...store.typedTopics])].sort(byText))
  const table = computed(() => new DecisionTable(acl.document.policy, store.clients, topics.value))
  const comparedTable = computed(() => (compare.marked === null ? null : new DecisionTable(compare.marked.policy, store.clients, topics.value)))
  const withText = computed(() => {
    const sought = store.sought.toLowerCase()
    const places = topics.value.flatMap((topic, place) => (topic.toLowerCase().includes(sought) ? [place] : []))
    return store.descending ? places.reverse() : places
  })

  const filtered = shallowRef<readonly number[]>([])
  /** How much of the matrix was looked at, of 1; null: all of it. */
  const progress = shallowRef<number | null>(null)

  function isChanged(topic: number, client: number): boolean {
    return comparedTable.value !== null && comparedTable.value.at(topic, client) !== table.value.at(topic, client)
  }

  function passes(topic: number): boolean {
    const columns = store.clients
    switch (store.rows) {
      case 'all':
        return true
      case 'differing':
        return columns.some((_, client) => table.value.at(topic, client) !== table.value.at(topic, 0))
      case 'granted':
        return columns.some((_, client) => table.value.at(topic, client) !== 0)
      case 'changed':
        return columns.some((_, client) => isChanged(topic, client))
    }
  }

  let generation = 0
  async function filter(): Promise<void> {
    const mine = (generation += 1)
    const places = withText.value
    if (store.rows === 'all') {
      filtered.value = places
      progress.value = null
      return
    }
    const passed: number[] = []
    const look = (index: number): void => {
      const place = places[index]
      if (place !== undefined && passes(place)) passed.push(place)
    }
    const isWhole = await inSlices(places.length, look, () => mine === generation, (done) => (progress.value = done / places.length))
    if (!isWhole) return
    filtered.value = passed
    progress.value = null
  }
  watch([withText, table, comparedTable, () => store.rows], () => void filter(), { immediate: true, flush: 'sync' })
  onScopeDispose(() => {
    generation += 1
  })

  return { topics, table, rows: filtered, progress, isChanged }
}
