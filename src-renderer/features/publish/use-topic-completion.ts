import { computed, shallowRef, watch, type Ref } from 'vue'
import { request } from '../../bridge/client'
import { useTopicsLike } from '../../bridge/use-topics-like'

/** A topic that may be meant, and where it is known from. */
export interface TopicCompletion {
  readonly topic: string
  readonly from: 'tree' | 'history'
}

const MOST_COMPLETIONS = 8

/** Topics that what is typed may become: those published on before, then those of the tree. `typed` null: nobody asks. */
export function useTopicCompletion(
  connectionId: Readonly<Ref<string>>,
  typed: Readonly<Ref<string | null>>,
): Readonly<Ref<readonly TopicCompletion[]>> {
  const published = shallowRef<readonly string[]>([])
  const found = useTopicsLike(connectionId, typed, MOST_COMPLETIONS)

  async function readHistory(): Promise<void> {
    const entries = await request('publish-history.list', { connectionId: connectionId.value }).catch(() => [])
    published.value = [...new Set(entries.map(({ topic }) => topic))]
  }

  watch([connectionId, () => typed.value === null], ([, isIdle]) => {
    if (!isIdle) void readHistory()
  })

  return computed(() => {
    if (typed.value === null) return []
    const text = typed.value.toLowerCase()
    const before = published.value.filter((topic) => topic.toLowerCase().includes(text)).slice(0, MOST_COMPLETIONS / 2)
    const others = found.value.filter((topic) => !before.includes(topic))
    const all = [
      ...before.map((topic) => ({ topic, from: 'history' as const })),
      ...others.map((topic) => ({ topic, from: 'tree' as const })),
    ].slice(0, MOST_COMPLETIONS)
    return all.length === 1 && all[0]?.topic === typed.value ? [] : all
  })
}
