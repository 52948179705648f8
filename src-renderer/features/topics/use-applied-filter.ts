import { readonly, shallowRef, watch, type Ref } from 'vue'
import { parseSearch } from '@shared/search/parse-search'

/** Long enough not to search at every key, short enough to feel immediate. */
const DEBOUNCE_MS = 100

/** Whether the engine can search for `text`. */
const isUsable = (text: string): boolean => parseSearch(text).ok

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
