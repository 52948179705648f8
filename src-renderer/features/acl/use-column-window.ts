import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** Which columns of one width are in sight, beside a first one that stays. */
export function useColumnWindow(scroller: Readonly<Ref<HTMLElement | null>>, count: Readonly<Ref<number>>, columnPx: number, firstPx: number) {
  const leftPx = shallowRef(0)
  const widthPx = shallowRef(0)

  function onScroll(): void {
    leftPx.value = scroller.value?.scrollLeft ?? 0
  }
  const sizes = new ResizeObserver(() => {
    widthPx.value = scroller.value?.clientWidth ?? 0
    onScroll()
  })
  watch(
    scroller,
    (element, before) => {
      before?.removeEventListener('scroll', onScroll)
      if (before) sizes.unobserve(before)
      if (element === null) return
      element.addEventListener('scroll', onScroll, { passive: true })
      sizes.observe(element)
      widthPx.value = element.clientWidth
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    sizes.disconnect()
    scroller.value?.removeEventListener('scroll', onScroll)
  })

  const first = computed(() => Math.max(0, Math.floor(leftPx.value / columnPx)))
  const end = computed(() => Math.min(count.value, Math.ceil((leftPx.value + Math.max(0, widthPx.value - firstPx)) / columnPx) + 1))
  return {
    leftPx,
    drawn: computed(() => Array.from({ length: Math.max(0, end.value - first.value) }, (_, offset) => first.value + offset)),
    scrollToColumn(column: number): void {
      const element = scroller.value
      if (element === null) return
      const left = column * columnPx
      const right = left + columnPx - (element.clientWidth - firstPx)
      if (left < element.scrollLeft) element.scrollLeft = left
      else if (right > element.scrollLeft) element.scrollLeft = right
    },
  }
}
