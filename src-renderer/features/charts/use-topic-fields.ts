import { computed, shallowRef, watch, type Ref } from 'vue'
import { topicNameFault } from '@shared/mqtt/topic'
import { request } from '../../bridge/client'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { numberFieldsOf, type NumberField } from './number-fields'

/** As much of a payload is looked through for numbers. */
const MAX_BYTES = 256 * 1024

/** The numbers in the last message of a topic; null while that is not known, none when the topic has had no message. */
export function useTopicFields(connectionId: Readonly<Ref<string>>, topic: Readonly<Ref<string>>): Readonly<Ref<readonly NumberField[] | null>> {
  const fields = shallowRef<readonly NumberField[] | null>(null)
  const target = computed<ViewTarget<'topic'>>(() =>
    topicNameFault(topic.value) === null
      ? { connectionId: connectionId.value, spec: { kind: 'topic', topic: topic.value, newest: null, firstRow: 0, rowCount: 1 } }
      : null,
  )
  const { frame } = useView<'topic'>(target)
  /** The message whose fields are offered: one is enough. */
  const sequence = computed(() => (frame.value?.topic === topic.value ? (frame.value.history[0]?.sequence ?? 0) : null))
  let asked = ''

  watch(topic, () => (fields.value = null))
  watch(sequence, async (now) => {
    if (now === null) return
    if (now === 0) {
      fields.value = []
      return
    }
    if (fields.value !== null && asked === topic.value) return
    const mine = topic.value
    asked = mine
    const message = await request('messages.render', { connectionId: connectionId.value, sequence: now, reading: null, maxBytes: MAX_BYTES }).catch(() => null)
    if (topic.value === mine) fields.value = message === null ? [] : numberFieldsOf(message.payload).fields
  })
  return fields
}
