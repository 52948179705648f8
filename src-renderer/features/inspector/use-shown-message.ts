import { computed, shallowRef, watch, type Ref } from 'vue'
import type { TopicFrame } from '@shared/views/view-frame'
import type { ShownFormat } from './inspector-store'
import { useRenderedMessage, type MessageToRender, type RenderedMessage } from './use-rendered-message'

/** What is shown of a payload unless all of it is asked for. */
const SHOWN_BYTES = 256 * 1024

/** The message the inspector shows: the latest, until another one is held open. */
export interface ShownMessage {
  /** The message held open, or null while following the latest. */
  readonly pinned: Readonly<Ref<number | null>>
  readonly sequence: Readonly<Ref<number | null>>
  readonly rendered: Readonly<Ref<RenderedMessage | null>>
  readonly error: Readonly<Ref<unknown>>
  /** Holds a message open; with null, follows the latest again. */
  open(sequence: number | null): void
  /** Shows the whole payload, and so holds its message. */
  loadAll(): void
}

/** Chooses which message of a topic is shown and has it rendered. */
export function useShownMessage(
  connectionId: Readonly<Ref<string>>,
  topic: Readonly<Ref<string | null>>,
  frame: Readonly<Ref<TopicFrame | null>>,
  format: Readonly<Ref<ShownFormat>>,
): ShownMessage {
  const pinned = shallowRef<number | null>(null)
  /** The message of which all bytes are wanted. */
  const whole = shallowRef<number | null>(null)

  watch(
    [connectionId, topic],
    () => {
      pinned.value = null
      whole.value = null
    },
    { flush: 'sync' },
  )

  const sequence = computed(() => pinned.value ?? frame.value?.history[0]?.sequence ?? null)
  const wanted = computed<MessageToRender | null>(() => {
    if (topic.value === null || sequence.value === null) return null
    return {
      connectionId: connectionId.value,
      topic: topic.value,
      sequence: sequence.value,
      format: format.value,
      maxBytes: whole.value === sequence.value ? Number.MAX_SAFE_INTEGER : SHOWN_BYTES,
    }
  })
  const { rendered, error } = useRenderedMessage(wanted)

  return {
    pinned,
    sequence,
    rendered,
    error,
    open: (next) => (pinned.value = next),
    loadAll() {
      const shown = rendered.value?.summary.sequence ?? null
      pinned.value = shown
      whole.value = shown
    },
  }
}
