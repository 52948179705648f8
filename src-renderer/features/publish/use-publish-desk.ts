import { computed, shallowRef, watch, type Ref } from 'vue'
import { topicNameFault, type TopicFault } from '@shared/mqtt/topic'
import type { PayloadFormat } from '@shared/payload/format'
import type { Encoded } from '@shared/payload/payload-codec'
import { payloadOf, withFormat, type FormatFault } from '../../mqtt/payload-text'
import type { Draft } from './draft'
import { usePublishStore, type PublishDesk } from './publish-store'

/** The publish panel's state and what can be done with it. */
export interface PublishDeskUse {
  readonly desk: Readonly<Ref<PublishDesk>>
  readonly draft: Readonly<Ref<Draft>>
  readonly payload: Readonly<Ref<Encoded>>
  readonly topicFault: Readonly<Ref<TopicFault | null>>
  /** Whether the user has tried to publish: then an empty topic is worth a word. */
  readonly attempted: Ref<boolean>
  /** Why the payload cannot be shown in the format last asked for. */
  readonly refusedFormat: Readonly<Ref<{ format: PayloadFormat; fault: FormatFault } | null>>
  change(change: (draft: Draft) => Draft): void
  /** Begins another message; what became of the one before is no longer of interest. */
  startAnew(draft: Draft): void
  changeFormat(format: PayloadFormat): void
  /** Publishes the draft as it is. */
  send(): Promise<void>
  clearRetained(topic: string): Promise<void>
  cancelWaiting(): Promise<void>
}

/** The desk of the connection in front. */
export function usePublishDesk(connectionId: Readonly<Ref<string>>): PublishDeskUse {
  const store = usePublishStore()
  const desk = computed(() => store.deskOf(connectionId.value))
  const draft = computed(() => desk.value.draft)
  const payload = computed(() => payloadOf(draft.value))
  const attempted = shallowRef(false)
  const refusedFormat = shallowRef<{ format: PayloadFormat; fault: FormatFault } | null>(null)

  watch(connectionId, () => {
    attempted.value = false
    refusedFormat.value = null
  })

  return {
    desk,
    draft,
    payload,
    topicFault: computed(() => topicNameFault(draft.value.topic)),
    attempted,
    refusedFormat,
    change(change) {
      desk.value.draft = change(draft.value)
      refusedFormat.value = null
    },
    startAnew(next) {
      desk.value.draft = next
      desk.value.outcome = null
      attempted.value = false
      refusedFormat.value = null
    },
    changeFormat(format) {
      const changed = withFormat(draft.value, format)
      if (changed.ok) desk.value.draft = changed.draft
      refusedFormat.value = changed.ok ? null : { format, fault: changed.fault }
    },
    async send() {
      const { topic, qos, retain } = draft.value
      if (!payload.value.ok) return
      attempted.value = false
      const clears = retain && payload.value.bytes.byteLength === 0
      await store.publish(connectionId.value, { topic, payload: new Uint8Array(payload.value.bytes), qos, retain }, clears)
    },
    clearRetained: (topic) =>
      store.publish(connectionId.value, { topic, payload: new Uint8Array(), qos: 1, retain: true }, true),
    cancelWaiting: () => store.cancelWaiting(connectionId.value),
  }
}
