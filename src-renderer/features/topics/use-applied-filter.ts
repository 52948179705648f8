import { readonly, shallowRef, watch, type Ref } from 'vue'
import { topicFilterFault } from '@shared/mqtt/topic'

/** Long enough not to search at every key, short enough to feel immediate. */
const DEBOUNCE_MS = 100

/** Whether the engine can take `text` as a filter: a part of a topic, or a valid topic filter. */
function isUsable(text: string): boolean {
  return !/[+#]/.test(text) || topicFilterFault(text) === null
}

/**
 * The filter to use for what is typed: a moment later, and only when it is valid, so that the tree
 * does not empty itself half-way through `a/+/b`. An emptied box, or another connection's text, counts at once.
 */
export function useAppliedFilter(typed: Readonly<Ref<string>>, connectionId: Readonly<Ref<string>>): Readonly<Ref<string>> {
  const applied = shallowRef(isUsable(typed.value) ? typed.value : '')
  watch(
    [typed, connectionId],
    ([text, id], [, idBefore], onCleanup) => {
      if (!isUsable(text)) {
        if (id !== idBefore) applied.value = ''
        return
      }
      if (text === '' || id !== idBefore) {
        applied.value = text
        return
      }
      const timer = setTimeout(() => (applied.value = text), DEBOUNCE_MS)
      onCleanup(() => clearTimeout(timer))
    },
    { flush: 'sync' },
  )
  return readonly(applied)
}
