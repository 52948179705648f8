import { computed, type Ref } from 'vue'
import { useWidth } from '../../ui/use-width'

/** Of a glyph of the monospaced face at 12 px, and what stands beside the text: line number and scroll bar. */
const GLYPH_PX = 7.2
const BESIDE_PX = 56 + 16
/** So that not every pixel of a resize means other rows. */
const STEP = 10

/** How many characters of text fit in a row of `element`. */
export function useRowLength(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = useWidth(element)
  return computed(() => {
    if (width.value === null) return 80
    const fitting = Math.floor((width.value - BESIDE_PX) / GLYPH_PX / STEP) * STEP
    return Math.max(20, Math.min(1_000, fitting))
  })
}
