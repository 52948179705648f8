import { computed, watch, type Ref } from 'vue'
import type { StatisticsFrame } from '@shared/views/view-frame'
import { useView } from '../bridge/use-view'
import { useConnectionsStore } from '../features/connections/store'

const SPEC = { kind: 'statistics' } as const

/** The running numbers of the tab in front; null while it has none. Also notes which tabs have a topic tree to show. */
export function useStatistics(): Readonly<Ref<StatisticsFrame | null>> {
  const connections = useConnectionsStore()

  // A tab that has never been connected has no engine, and looking would start one.
  const watchedId = computed(() => {
    const { active } = connections
    if (active === null) return null
    const { phase } = active.status
    return phase === 'offline' || phase === 'failed'
      ? connections.withTopics.has(active.id) ? active.id : null
      : active.id
  })
  const { frame } = useView(
    computed(() => (watchedId.value === null ? null : { connectionId: watchedId.value, spec: SPEC })),
  )

  watch(frame, (now) => {
    if (now !== null && now.topicsKnown > 0 && watchedId.value !== null) connections.rememberTopics(watchedId.value)
  })
  return frame
}
