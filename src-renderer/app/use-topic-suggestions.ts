import { computed, shallowRef, watch, type Ref } from 'vue'
import { request } from '../bridge/client'

/** A topic that might be meant, and how many messages it has had. */
export interface Suggestion {
  readonly topic: string
  readonly messages: number
}

const MOST_SUGGESTIONS = 50

/** The topics of a connection that `query` may mean, best first. Those of the query before stay until the new ones are there. */
export function useTopicSuggestions(
  connectionId: Readonly<Ref<string>>,
  query: Readonly<Ref<string>>,
  report: (error: unknown) => void,
): { suggestions: Readonly<Ref<readonly Suggestion[]>>; isSettled: Readonly<Ref<boolean>> } {
  const found = shallowRef<{ readonly query: string; readonly topics: readonly Suggestion[] }>({ query: '', topics: [] })
  let isAsking = false

  /** One question at a time: who types fast asks for what stands there in the end. */
  async function ask(): Promise<void> {
    const text = query.value
    if (isAsking || text === found.value.query) return
    isAsking = true
    try {
      const asked = connectionId.value
      const topics =
        text.trim() === '' ? [] : await request('topics.suggest', { connectionId: asked, text, limit: MOST_SUGGESTIONS })
      found.value = { query: text, topics: asked === connectionId.value ? topics : [] }
    } catch (error) {
      found.value = { query: text, topics: [] }
      report(error)
    } finally {
      isAsking = false
    }
    await ask()
  }
  watch(query, () => void ask())
  watch(connectionId, () => {
    found.value = { query: '', topics: [] }
    void ask()
  })

  return {
    suggestions: computed(() => found.value.topics),
    isSettled: computed(() => found.value.query === query.value),
  }
}
