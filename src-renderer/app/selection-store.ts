import { defineStore } from 'pinia'
import { reactive } from 'vue'

const MOST_JUMPS = 12

/** The selected topic of each connection, and where one went by name lately. */
export const useSelectionStore = defineStore('selection', () => {
  const topics = reactive(new Map<string, string>())
  const jumps = reactive(new Map<string, readonly string[]>())

  const topicOf = (connectionId: string): string | null => topics.get(connectionId) ?? null
  const select = (connectionId: string, topic: string): void => void topics.set(connectionId, topic)

  /** Newest first. */
  const jumpsOf = (connectionId: string): readonly string[] => jumps.get(connectionId) ?? []

  function rememberJump(connectionId: string, topic: string): void {
    const others = jumpsOf(connectionId).filter((other) => other !== topic)
    jumps.set(connectionId, [topic, ...others].slice(0, MOST_JUMPS))
  }

  return { topicOf, select, jumpsOf, rememberJump }
})
