import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import type { PayloadFormat } from '@shared/payload/format'

/** `auto` shows what the payload looks like. */
export type ShownFormat = PayloadFormat | 'auto'

/** Choices remembered while the app runs; more would be a leak. */
const MOST_CHOICES = 500

/** What the user chose in the inspector and should not have to choose again. */
export const useInspectorStore = defineStore('inspector', () => {
  const formats = reactive(new Map<string, ShownFormat>())
  const wrapLines = ref(true)

  // A topic cannot hold NUL, and a connection's id does not.
  const keyOf = (connectionId: string, topic: string) => `${connectionId}\0${topic}`

  /** The format chosen for a topic. */
  function formatOf(connectionId: string, topic: string): ShownFormat {
    return formats.get(keyOf(connectionId, topic)) ?? 'auto'
  }

  /** Remembers the format for a topic. */
  function chooseFormat(connectionId: string, topic: string, format: ShownFormat): void {
    const key = keyOf(connectionId, topic)
    formats.delete(key)
    if (format !== 'auto') formats.set(key, format)
    const [oldest] = formats.keys()
    if (formats.size > MOST_CHOICES && oldest !== undefined) formats.delete(oldest)
  }

  return { formatOf, chooseFormat, wrapLines }
})
