import { defineStore } from 'pinia'
import { reactive } from 'vue'

/** The selected topic of each connection. */
export const useSelectionStore = defineStore('selection', () => {
  const topics = reactive(new Map<string, string>())

  const topicOf = (connectionId: string): string | null => topics.get(connectionId) ?? null
  const select = (connectionId: string, topic: string): void => void topics.set(connectionId, topic)

  return { topicOf, select }
})
