import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { rowsBetween, type RowRange } from './row-window'
import { placeAfterScroll, placeAt, reconciled, TALLEST_ELEMENT_PX, type ScrollPlace } from './scroll-place'

/** Which rows of a long list with rows of one height are in sight. */
export interface RowWindow {
  readonly visible: Readonly<Ref<RowRange>>
  /** The indices of those in sight and a few more, so that scrolling does not show their coming. */
  readonly drawn: Readonly<Ref<readonly number[]>>
  /** How many rows a page key moves by. */
  readonly pageRows: Readonly<Ref<number>>
  /** Height of the element that is scrolled, and where in sight the layer with the rows begins; both for `RowSpace`. */
  readonly contentPx: Readonly<Ref<number>>
  readonly layerPx: Readonly<Ref<number>>
  /** Where in the layer a row goes. */
  topOfRow(row: number): number
  /** Of a drawn row that stands at its place, says which of how many it is, and is told by `rowIndexAt`. */
  attrsOf(row: number): Record<string, unknown>
  /** Scrolls no more than needed to bring a row in sight, or to the middle. */
  scrollToRow(row: number, align?: 'nearest' | 'center'): void
  /** Moves by whole rows without anything seeming to move: for rows that came or went above. */
  shiftBy(rows: number): void
  readonly isAtTop: Readonly<Ref<boolean>>
}

const EXTRA_ROWS = 4
/** Rows stand at a distance from a multiple of this, so that no number gets too large to be drawn to the pixel. */
const BASE_STEP_PX = 1_000_000

/**
 * Follows the scrolling and the size of `scroller`. Costs nothing per row, however many there are; a general
 * virtualizer would measure each of a million rows again whenever their number changes.
 */
export function useRowWindow(scroller: Readonly<Ref<HTMLElement | null>>, totalRows: Readonly<Ref<number>>, rowPx: number): RowWindow {
  const place = shallowRef<ScrollPlace>({ scrollTop: 0, topPx: 0 })
  const viewportPx = shallowRef(0)
  const totalPx = computed(() => totalRows.value * rowPx)
  const size = computed(() => ({ totalPx: totalPx.value, viewportPx: viewportPx.value }))
  // A list that got shorter is scrolled back by the browser a moment later; until then its end is shown.
  const topPx = computed(() => Math.max(0, Math.min(place.value.topPx, totalPx.value - viewportPx.value)))
  const basePx = computed(() => Math.floor(topPx.value / BASE_STEP_PX) * BASE_STEP_PX)

  function setPlace(next: ScrollPlace): void {
    place.value = next
    const element = scroller.value
    if (element !== null && Math.abs(element.scrollTop - next.scrollTop) >= 1) element.scrollTop = next.scrollTop
  }

  function onScroll(): void {
    const element = scroller.value
    // The event that follows a place set by us says nothing new.
    if (element === null || Math.abs(element.scrollTop - place.value.scrollTop) < 1) return
    setPlace(placeAfterScroll(place.value, element.scrollTop, size.value))
  }

  const sizes = new ResizeObserver(() => {
    viewportPx.value = scroller.value?.clientHeight ?? 0
  })

  watch(
    scroller,
    (element, before) => {
      if (before) {
        before.removeEventListener('scroll', onScroll)
        sizes.unobserve(before)
      }
      if (element === null) return
      element.addEventListener('scroll', onScroll, { passive: true })
      sizes.observe(element)
      viewportPx.value = element.clientHeight
      onScroll()
    },
    { immediate: true, flush: 'post' },
  )
  // A list that grew or shrank may be mapped otherwise. Nothing is touched while a place still fits: the user may be scrolling.
  watch(
    totalPx,
    () => {
      const next = reconciled({ scrollTop: place.value.scrollTop, topPx: topPx.value }, size.value)
      if (Math.abs(next.scrollTop - place.value.scrollTop) >= 1) setPlace(next)
    },
    { flush: 'post' },
  )
  onScopeDispose(() => {
    sizes.disconnect()
    scroller.value?.removeEventListener('scroll', onScroll)
  })

  const range = computed(() => rowsBetween(topPx.value, viewportPx.value, rowPx, totalRows.value))
  const first = computed(() => range.value.first)
  const count = computed(() => range.value.count)

  const topOfRow = (row: number): number => row * rowPx - basePx.value

  return {
    // By way of two numbers, so that a pixel scrolled within one row changes nothing.
    visible: computed(() => ({ first: first.value, count: count.value })),
    drawn: computed(() => {
      const from = Math.max(0, first.value - EXTRA_ROWS)
      const to = Math.min(totalRows.value, first.value + count.value + EXTRA_ROWS)
      return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset)
    }),
    pageRows: computed(() => Math.max(1, count.value - 2)),
    contentPx: computed(() => Math.min(totalPx.value, TALLEST_ELEMENT_PX)),
    layerPx: computed(() => basePx.value - topPx.value),
    isAtTop: computed(() => topPx.value <= 0),
    topOfRow,
    attrsOf: (row) => ({
      'aria-setsize': totalRows.value,
      'aria-posinset': row + 1,
      'data-index': row,
      style: { transform: `translateY(${topOfRow(row)}px)` },
    }),
    scrollToRow(row, align = 'nearest') {
      const rowTop = row * rowPx
      const isAbove = rowTop < topPx.value
      const isBelow = rowTop + rowPx > topPx.value + viewportPx.value
      if (align === 'nearest' && !isAbove && !isBelow) return
      const centred = rowTop - (viewportPx.value - rowPx) / 2
      const nearest = isAbove ? rowTop : rowTop + rowPx - viewportPx.value
      setPlace(placeAt(align === 'center' ? centred : nearest, size.value))
    },
    shiftBy(rows) {
      setPlace(placeAt(topPx.value + rows * rowPx, size.value))
    },
  }
}
