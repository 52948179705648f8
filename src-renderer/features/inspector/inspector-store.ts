import { defineStore } from 'pinia'
import { ref, shallowReactive } from 'vue'
import type { Reading } from '@shared/payload/reading'

/** Choices remembered while the app runs; more would be a leak. */
const MOST_CHOICES = 500

/** What the user chose in the inspector and should not have to choose again. */
export const useInspectorStore = defineStore('inspector', () => {
  // Readings themselves stay plain: they cross to main.
  const readings = shallowReactive(new Map<string, Reading>())
  const wrapLines = ref(true)
  /** How structured values are looked at. */
  const structuredView = ref<'text' | 'tree'>('text')
  const imageZoom = ref<'fit' | 'full'>('fit')

  // A topic cannot hold NUL, and a connection's id does not.
  const keyOf = (connectionId: string, topic: string) => `${connectionId}\0${topic}`

  /** How the user chose to read a topic; null: as their rules say, or else as it looks. */
  function readingOf(connectionId: string, topic: string): Reading | null {
    return readings.get(keyOf(connectionId, topic)) ?? null
  }

  /** Remembers it. */
  function chooseReading(connectionId: string, topic: string, reading: Reading | null): void {
    const key = keyOf(connectionId, topic)
    readings.delete(key)
    if (reading !== null) readings.set(key, reading)
    const [oldest] = readings.keys()
    if (readings.size > MOST_CHOICES && oldest !== undefined) readings.delete(oldest)
  }

  return { readingOf, chooseReading, wrapLines, structuredView, imageZoom }
})
