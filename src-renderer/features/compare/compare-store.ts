import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** What the shown message is compared with. */
export type Against = 'previous' | 'kept' | 'topic' | 'pasted'

/** A message that others are compared with. */
export interface KeptMessage {
  readonly connectionId: string
  readonly topic: string
  readonly sequence: number
  readonly receivedAtMs: number
}

/** What the user chose to compare with; it stays while they go from message to message. */
export const useCompareStore = defineStore('compare', () => {
  const against = ref<Against>('previous')
  const kept = shallowRef<KeptMessage | null>(null)
  const otherTopic = ref('')
  const pasted = ref('')
  const view = ref<'text' | 'changes'>('text')
  /** As typed. */
  const tolerance = ref('0')
  return { against, kept, otherTopic, pasted, view, tolerance }
})
