import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** Of a glyph of the monospaced face at 12 px, and what stands beside the text: line number and scroll bar. */
const GLYPH_PX = 7.2
const BESIDE_PX = 56 + 16
/** So that not every pixel of a resize means other rows. */
const STEP = 10

/** How many characters of text fit in a row of `element`. */
export function useRowLength(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const rowLength = shallowRef(80)
  const sizes = new ResizeObserver(([entry]) => {
    if (entry === undefined) return
    const fitting = Math.floor((entry.contentRect.width - BESIDE_PX) / GLYPH_PX / STEP) * STEP
    rowLength.value = Math.max(20, Math.min(1_000, fitting))
  })
  watch(
    element,
    (now, before) => {
      if (before) sizes.unobserve(before)
      if (now !== null) sizes.observe(now)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => sizes.disconnect())
  return rowLength
}
