import { computed, type Ref } from 'vue'
import { useView, type ViewTarget } from '../bridge/use-view'
import { useConnectionsStore } from '../features/connections/store'

/** Whether the tab in front has received anything on a topic or below it; null while that is not known. */
export function useTopicKnown(topic: Readonly<Ref<string | null>>): Readonly<Ref<boolean | null>> {
  const connections = useConnectionsStore()
  const target = computed<ViewTarget<'topic'>>(() =>
    topic.value === null || connections.active === null
      ? null
      : { connectionId: connections.active.id, spec: { kind: 'topic', topic: topic.value, newest: null, firstRow: 0, rowCount: 0 } },
  )
  const { frame } = useView<'topic'>(target)
  return computed(() => {
    const now = frame.value
    return now === null || now.topic !== topic.value ? null : now.messages + now.subtopics > 0
  })
}
