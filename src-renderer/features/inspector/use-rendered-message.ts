import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { AppError } from '@shared/ipc/app-error'
import type { RequestResult } from '@shared/ipc/contract'
import type { Reading } from '@shared/payload/reading'
import { request } from '../../bridge/client'
import { latestOnly } from '../../ui/latest-only'

/** Which message to show, and how. */
export interface MessageToRender {
  readonly connectionId: string
  readonly topic: string
  readonly sequence: number
  /** Null: as the user's rules say, or else as it looks. */
  readonly reading: Reading | null
  readonly maxBytes: number
  /** Another number: what the rules say may have changed. */
  readonly revision: number
}

export type RenderedMessage = RequestResult<'messages.render'>

/** Ten new values a second are as many as anyone can read. */
const RENDER_PAUSE_MS = 100

/**
 * The wanted message as text. While a newer one of the same topic is fetched the one before stays, so that a live value
 * changes without flicker.
 */
export function useRenderedMessage(wanted: Readonly<Ref<MessageToRender | null>>): {
  rendered: Readonly<Ref<RenderedMessage | null>>
  error: Readonly<Ref<unknown>>
} {
  const rendered = shallowRef<RenderedMessage | null>(null)
  const error = shallowRef<unknown>(null)

  const renderer = latestOnly(
    ({ connectionId, sequence, reading, maxBytes }: MessageToRender) =>
      request('messages.render', { connectionId, sequence, reading, maxBytes }),
    ({ topic }, outcome) => {
      if (outcome.ok && outcome.result.topic === topic) {
        rendered.value = outcome.result
        error.value = null
      } else {
        // Numbers start anew with a new engine: another topic's message is not the one that was meant.
        error.value = outcome.ok ? new AppError('message-evicted', 'The number is now another message’s') : outcome.error
      }
    },
    RENDER_PAUSE_MS,
  )

  watch(
    wanted,
    (now, before) => {
      const isSameDocument =
        now !== null && now.connectionId === before?.connectionId && now.topic === before.topic
      if (!isSameDocument) {
        renderer.forget()
        rendered.value = null
        error.value = null
      } else if (now.reading !== before?.reading || now.maxBytes !== before.maxBytes || now.revision !== before.revision) {
        // Asked for by hand: at once, and nothing older may come after it.
        renderer.forget()
      }
      if (now !== null) renderer.ask(now)
    },
    { immediate: true },
  )
  onScopeDispose(() => renderer.forget())
  return { rendered, error }
}
