import { computed, shallowRef, watch, type Ref } from 'vue'
import type { TopicFrame } from '@shared/views/view-frame'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { usePageVisible } from '../../ui/use-page-visible'

/** How many of a topic's messages are listed. */
export const HISTORY_COUNT = 200

/** The counters and the recent messages of a topic, live; null until they are known. None are fetched while the page is hidden. */
export function useTopicFrame(
  connectionId: Readonly<Ref<string>>,
  topic: Readonly<Ref<string | null>>,
): { frame: Readonly<Ref<TopicFrame | null>>; error: Readonly<Ref<unknown>> } {
  const pageVisible = usePageVisible()
  const target = computed<ViewTarget<'topic'>>(() =>
    topic.value === null || !pageVisible.value
      ? null
      : {
          connectionId: connectionId.value,
          spec: { kind: 'topic', topic: topic.value, newest: null, firstRow: 0, rowCount: HISTORY_COUNT },
        },
  )
  const { frame, error } = useView<'topic'>(target)
  const held = shallowRef<TopicFrame | null>(null)
  watch([connectionId, topic], () => (held.value = null), { flush: 'sync' })
  watch(
    frame,
    (next) => {
      // After a change of topic a frame of the one before may still be on its way.
      if (next !== null && next.topic === topic.value) held.value = next
    },
    { flush: 'sync' },
  )
  return { frame: held, error }
}
