import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { MAX_LISTED_TOPICS } from '@shared/acl/matrix'
import type { Connection } from '@shared/connection/connection'
import { request } from '../../bridge/client'
import { useView } from '../../bridge/use-view'
import { latestOnly } from '../../ui/latest-only'

/** Least time between two questions for topics. */
const PAUSE_MS = 1_500
const SPEC = { kind: 'statistics' } as const

/** The topics seen on a connection with a text in them; asked for anew when their number changed, or on demand. */
export function useSeenTopics(connection: Readonly<Ref<Connection | null>>, text: Readonly<Ref<string>>) {
  const found = shallowRef<{ readonly connectionId: string; readonly topics: readonly string[]; readonly total: number } | null>(null)
  const error = shallowRef<unknown>(null)
  const isAsking = shallowRef(false)
  // A tab that has never been connected has no engine, and looking would start one.
  const watchedId = computed(() => {
    const phase = connection.value?.status.phase
    return connection.value === null || phase === 'offline' || phase === 'failed' ? null : connection.value.id
  })
  const { frame } = useView(computed(() => (watchedId.value === null ? null : { connectionId: watchedId.value, spec: SPEC })))
  const count = computed(() => frame.value?.topicsKnown ?? null)

  const questions = latestOnly(
    async ({ connectionId, sought }: { connectionId: string; sought: string }) => {
      isAsking.value = true
      return { connectionId, ...(await request('topics.list-names', { connectionId, text: sought.slice(0, 1_000), limit: MAX_LISTED_TOPICS })) }
    },
    ({ connectionId }, outcome) => {
      isAsking.value = false
      if (connectionId !== watchedId.value) return
      if (outcome.ok) found.value = outcome.result
      error.value = outcome.ok ? null : outcome.error
    },
    PAUSE_MS,
  )

  function refresh(): void {
    if (watchedId.value !== null) questions.ask({ connectionId: watchedId.value, sought: isCut.value || text.value === '' ? text.value : '' })
  }

  /** Whether there are more than are listed: then the text is sought among all of them, not among those listed. */
  const isCut = computed(() => (count.value ?? 0) > MAX_LISTED_TOPICS)
  watch([watchedId, count], ([id, topics]) => {
    if (id !== null && found.value !== null && found.value.connectionId !== id) found.value = null
    if (topics !== null) refresh()
  }, { immediate: true })
  watch(text, () => {
    if (isCut.value) refresh()
  })
  onScopeDispose(() => {
    questions.forget()
  })

  return { found, error, isAsking, isCut, refresh }
}
