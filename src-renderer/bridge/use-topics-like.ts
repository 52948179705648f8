import { computed, shallowRef, watch, type Ref } from 'vue'
import { request } from './client'

/**
 * Topics of a connection's tree that what is typed may become, best first; none while `typed` is null or there is no connection.
 * One question at a time: who types fast asks for what stands there in the end. A question that fails finds none.
 */
export function useTopicsLike(
  connectionId: Readonly<Ref<string | null>>,
  typed: Readonly<Ref<string | null>>,
  most: number,
): Readonly<Ref<readonly string[]>> {
  const found = shallowRef<{ readonly text: string; readonly topics: readonly string[] } | null>(null)
  let isAsking = false

  async function ask(): Promise<void> {
    const text = typed.value
    if (text === null || connectionId.value === null || isAsking || found.value?.text === text) return
    isAsking = true
    const asked = { connectionId: connectionId.value, text, limit: most }
    const suggestions = text.trim() === '' ? [] : await request('topics.suggest', asked).catch(() => [])
    found.value = { text, topics: suggestions.map(({ topic }) => topic) }
    isAsking = false
    await ask()
  }

  watch([connectionId, () => typed.value === null], () => (found.value = null))
  watch(typed, () => void ask())

  return computed(() => (typed.value === null ? [] : (found.value?.topics ?? [])))
}
