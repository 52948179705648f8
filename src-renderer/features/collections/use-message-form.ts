import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { savedMessageSchema, type MessageContent, type SavedMessage } from '@shared/collections/saved-message'
import { useReport } from '../../i18n/report'
import { useCollectionsStore } from './collections-store'
import { isSame } from './message-form'

/** How long the user may go on typing before what is typed is written down. */
const SAVE_AFTER_MS = 400

/** A saved message while it is edited: what is typed is saved by itself. */
export interface MessageForm {
  readonly message: Readonly<Ref<SavedMessage>>
  /** Whether what stands there can be saved. */
  readonly isValid: Readonly<Ref<boolean>>
  change(change: Partial<MessageContent>): void
  /** Saves what is not saved yet. */
  flush(): Promise<void>
}

export function useMessageForm(saved: Readonly<Ref<SavedMessage>>): MessageForm {
  const store = useCollectionsStore()
  const report = useReport()
  const message = shallowRef(saved.value)
  let timer: number | undefined

  async function save(changed: SavedMessage): Promise<void> {
    const parsed = savedMessageSchema.safeParse(changed)
    if (parsed.success) await store.rewrite(parsed.data)
  }

  async function flush(): Promise<void> {
    window.clearTimeout(timer)
    if (timer === undefined) return
    timer = undefined
    await save(message.value)
  }

  watch(saved, (now, before) => {
    // Another one: what was typed goes to where it was typed.
    if (now.id !== before.id) {
      void flush().catch(report)
      message.value = now
    } else if (timer === undefined && !isSame(now, message.value)) message.value = now
    else if (now.name !== before.name) message.value = { ...message.value, name: now.name }
  })
  onScopeDispose(() => void flush().catch(report))

  return {
    message,
    isValid: computed(() => savedMessageSchema.safeParse(message.value).success),
    change(change) {
      message.value = { ...message.value, ...change }
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void flush().catch(report), SAVE_AFTER_MS)
    },
    flush,
  }
}
