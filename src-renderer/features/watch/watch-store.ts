import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'

/** Most topics of one tab that are watched side by side. */
export const MOST_PINS = 6

/** The share of what stands above the pinned topics, in per cent, unless the user chose another. */
export const ABOVE_PERCENT = 72

/** The topics of each tab that are pinned, in the order of pinning; they last as long as the tab. */
export const useWatchStore = defineStore('watch', () => {
  const pins = reactive(new Map<string, readonly string[]>())
  const abovePercent = ref(ABOVE_PERCENT)
  const collapsed = ref(false)

  const pinsOf = (connectionId: string): readonly string[] => pins.get(connectionId) ?? []
  const isPinned = (connectionId: string, topic: string): boolean => pinsOf(connectionId).includes(topic)

  function unpin(connectionId: string, topic: string): void {
    pins.set(connectionId, pinsOf(connectionId).filter((pinned) => pinned !== topic))
  }

  /** Pins a topic, or unpins it; false when there are {@link MOST_PINS} already. */
  function toggle(connectionId: string, topic: string): boolean {
    if (isPinned(connectionId, topic)) {
      unpin(connectionId, topic)
      return true
    }
    const before = pinsOf(connectionId)
    if (before.length >= MOST_PINS) return false
    pins.set(connectionId, [...before, topic])
    collapsed.value = false
    return true
  }

  const unpinAll = (connectionId: string): void => void pins.delete(connectionId)

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const id of [...pins.keys()]) if (!connectionIds.has(id)) pins.delete(id)
  }

  return { abovePercent, collapsed, pinsOf, isPinned, toggle, unpin, unpinAll, keepOnly }
})
