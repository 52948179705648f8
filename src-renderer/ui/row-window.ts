/** Rows `first … first + count - 1`. */
export interface RowRange {
  readonly first: number
  readonly count: number
}

/** The rows that lie, even in part, between `topPx` and `topPx + viewportPx`. */
export function rowsBetween(topPx: number, viewportPx: number, rowPx: number, totalRows: number): RowRange {
  const first = Math.max(0, Math.min(totalRows, Math.floor(topPx / rowPx)))
  const end = Math.max(first, Math.min(totalRows, Math.ceil((topPx + viewportPx) / rowPx)))
  return { first, count: end - first }
}

/**
 * The rows to fetch so that `visible` and as many again on either side are there. Its edges lie on multiples of a step,
 * so that scrolling asks for another window now and then, not at every pixel.
 */
export function windowAround(visible: RowRange, mostRows: number): RowRange {
  const step = 16
  const margin = Math.max(step, Math.min(visible.count, Math.floor((mostRows - visible.count) / 2) - step))
  const first = Math.max(0, Math.floor((visible.first - margin) / step) * step)
  const end = Math.ceil((visible.first + visible.count + margin) / step) * step
  return { first, count: Math.min(mostRows, end - first) }
}

/** Chromium lays nothing out beyond 2^25 px: a taller list is scrolled by proportion. */
export const TALLEST_ELEMENT_PX = 16_000_000

/** Where a list is scrolled to: the element's `scrollTop`, and how much further down the list stands than that says. */
export interface ScrollPlace {
  readonly scrollTop: number
  readonly offsetPx: number
}

/** The place that shows the list from `topPx` on, with the scroll bar where the proportion says. */
export function placeAt(topPx: number, totalPx: number, viewportPx: number): ScrollPlace {
  const top = Math.max(0, Math.min(topPx, totalPx - viewportPx))
  if (totalPx <= TALLEST_ELEMENT_PX) return { scrollTop: top, offsetPx: 0 }
  const scrollTop = Math.round((top / (totalPx - viewportPx)) * (TALLEST_ELEMENT_PX - viewportPx))
  return { scrollTop, offsetPx: top - scrollTop }
}

/**
 * The place after the element scrolled to `scrollTop`. Short ways (wheel, keys) move the list pixel by pixel;
 * long ones (the scroll bar was dragged) go by proportion; at either end of the element the two are reconciled.
 */
export function placeAfterScroll(
  before: ScrollPlace,
  scrollTop: number,
  totalPx: number,
  viewportPx: number,
): ScrollPlace {
  if (totalPx <= TALLEST_ELEMENT_PX) return { scrollTop, offsetPx: 0 }
  const atEnd = scrollTop <= 0 || scrollTop >= TALLEST_ELEMENT_PX - viewportPx
  const isShort = Math.abs(scrollTop - before.scrollTop) < viewportPx * 2
  if (isShort && !atEnd) return { scrollTop, offsetPx: before.offsetPx }
  if (isShort) return placeAt(scrollTop + before.offsetPx, totalPx, viewportPx)
  return placeAt((scrollTop / (TALLEST_ELEMENT_PX - viewportPx)) * (totalPx - viewportPx), totalPx, viewportPx)
}
