import { computed, shallowRef, watch, type Ref } from 'vue'
import type { Reading } from '@shared/payload/reading'
import type { History } from './use-history'
import { useRenderedMessage, type MessageToRender, type RenderedMessage } from './use-rendered-message'

/** A payload up to this size is shown whole; of a larger one only its start, which is there at once, until all is asked for. */
const SHOWN_BYTES = 256 * 1024
const START_BYTES = 64 * 1024
/** Longer texts would keep the page busy for too long: they are not given to the editor, but read row by row. */
const EDITOR_BYTES = 1024 * 1024

/** The message the inspector shows: the latest, until another one is held open. */
export interface ShownMessage {
  readonly rendered: Readonly<Ref<RenderedMessage | null>>
  readonly error: Readonly<Ref<unknown>>
  /** Whether all of a text is wanted that is too long for the editor. */
  readonly isLong: Readonly<Ref<boolean>>
  /** Shows the whole payload, and so holds its message. */
  loadAll(): void
}

/** Has the message of a topic that is to be shown rendered. */
export function useShownMessage(
  connectionId: Readonly<Ref<string>>,
  topic: Readonly<Ref<string | null>>,
  history: History,
  reading: Readonly<Ref<Reading | null>>,
  /** Grows when the rules that payloads are read by change. */
  revision: Readonly<Ref<number>>,
): ShownMessage {
  /** The message of which all bytes are wanted, and the one whose bytes the page gets for that. */
  const whole = shallowRef<number | null>(null)
  const loaded = shallowRef<number | null>(null)
  watch([connectionId, topic], () => (whole.value = loaded.value = null), { flush: 'sync' })

  const isLongText = (message: RenderedMessage): boolean =>
    message.payload.body.kind === 'text' && message.payload.unwrappedBytes > EDITOR_BYTES
  const newest = computed(() => history.latest.value?.history[0])
  const sequence = computed(() => history.opened.value?.sequence ?? newest.value?.sequence ?? null)
  const summary = computed(() => (history.opened.value === null ? newest.value : history.rowAt(history.opened.value.row)))
  const shownBytes = computed(() => ((summary.value?.payloadBytes ?? 0) > SHOWN_BYTES ? START_BYTES : SHOWN_BYTES))
  const wanted = computed<MessageToRender | null>(() => {
    if (topic.value === null || sequence.value === null) return null
    return {
      connectionId: connectionId.value,
      topic: topic.value,
      sequence: sequence.value,
      reading: reading.value,
      maxBytes: loaded.value === sequence.value ? Number.MAX_SAFE_INTEGER : shownBytes.value,
      revision: revision.value,
    }
  })
  const { rendered, error } = useRenderedMessage(wanted)

  return {
    rendered,
    error,
    isLong: computed(() => rendered.value !== null && whole.value === rendered.value.summary.sequence && isLongText(rendered.value)),
    loadAll() {
      if (rendered.value === null) return
      const { sequence: shown } = rendered.value.summary
      history.openSequence(shown)
      whole.value = shown
      if (!isLongText(rendered.value)) loaded.value = shown
    },
  }
}
