import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whose retained messages are to be shown. */
export interface RetainedPlace {
  readonly connectionId: string
  /** The topic they are at or below; null: all. */
  readonly topic: string | null
}

/** What asks for the list of retained messages, from wherever it is asked. */
export const useRetainedStore = defineStore('retained', () => {
  const place = ref<RetainedPlace | null>(null)

  function show(connectionId: string, topic: string | null): void {
    place.value = { connectionId, topic }
  }

  function hide(): void {
    place.value = null
  }

  return { place, show, hide }
})
