import { computed, shallowRef, watch, type Ref } from 'vue'
import type { TopicFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { usePageVisible } from '../../ui/use-page-visible'

/** Which messages of a topic to fetch, as the view's spec has it. */
export type HistoryWindow = Omit<SpecOf<'topic'>, 'kind' | 'topic'>

/**
 * The counters and some messages of a topic, live; null until they are known. Without a window, and while the page is
 * hidden, none are fetched; what a hidden page shows stays.
 */
export function useTopicFrame(
  connectionId: Readonly<Ref<string>>,
  topic: Readonly<Ref<string | null>>,
  historyWindow: Readonly<Ref<HistoryWindow | null>>,
): { frame: Readonly<Ref<TopicFrame | null>>; error: Readonly<Ref<unknown>> } {
  const pageVisible = usePageVisible()
  const target = computed<ViewTarget<'topic'>>(() =>
    topic.value === null || historyWindow.value === null || !pageVisible.value
      ? null
      : {
          connectionId: connectionId.value,
          spec: { kind: 'topic', topic: topic.value, ...historyWindow.value },
        },
  )
  const { frame, error } = useView<'topic'>(target)
  const held = shallowRef<TopicFrame | null>(null)
  const forget = () => (held.value = null)
  watch([connectionId, topic, () => historyWindow.value === null], forget, { flush: 'sync' })
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
