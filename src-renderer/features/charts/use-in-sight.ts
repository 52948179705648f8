import { onScopeDispose, readonly, shallowRef, watch, type Ref } from 'vue'

/** Whether a part of an element is in the window, or near it. */
export function useInSight(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const inSight = shallowRef(false)
  const observer = new IntersectionObserver(
    (entries) => {
      inSight.value = entries.at(-1)?.isIntersecting ?? false
    },
    { rootMargin: '200px' },
  )
  watch(element, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  onScopeDispose(() => observer.disconnect())
  return readonly(inSight)
}
