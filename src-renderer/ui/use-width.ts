import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** The width of an element in px, as it changes; null while it is not known. */
export function useWidth(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number | null>> {
  const width = ref<number | null>(null)
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) width.value = entry.contentRect.width
  })
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before)
      if (now !== null) observer.observe(now)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => observer.disconnect())
  return width
}
