/** Chromium lays nothing out beyond 2^25 px: the element of a taller list is this tall, and the list is mapped onto it. */
export const TALLEST_ELEMENT_PX = 16_000_000

/** So much of a mapped list at either end is scrolled as if it were not mapped, so that the ends are reached pixel by pixel. */
export const EXACT_END_PX = 40_000

/** How tall a list is, and the part of it that is in sight. */
export interface ScrollSize {
  readonly totalPx: number
  readonly viewportPx: number
}

/** Where a list is scrolled to: the element's `scrollTop`, and the list's own pixel at the top of what is in sight. */
export interface ScrollPlace {
  readonly scrollTop: number
  readonly topPx: number
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))

/** The farthest that the list, and the element it is mapped onto, can be scrolled. */
function travels({ totalPx, viewportPx }: ScrollSize): { list: number; element: number } {
  const elementPx = Math.min(totalPx, TALLEST_ELEMENT_PX)
  return { list: Math.max(0, totalPx - viewportPx), element: Math.max(0, elementPx - viewportPx) }
}

/** A point of a way of length `from` on one of length `to`: alike near both ends, by proportion between. */
function mapped(at: number, from: number, to: number): number {
  if (from === to || at <= EXACT_END_PX) return at
  if (at >= from - EXACT_END_PX) return to - (from - at)
  return EXACT_END_PX + ((at - EXACT_END_PX) / (from - 2 * EXACT_END_PX)) * (to - 2 * EXACT_END_PX)
}

/** The place that shows the list from `topPx` on, with the scroll bar where the proportion says. */
export function placeAt(topPx: number, size: ScrollSize): ScrollPlace {
  const { list, element } = travels(size)
  const top = clamp(topPx, list)
  return { scrollTop: list === element ? top : Math.round(mapped(top, list, element)), topPx: top }
}

/**
 * The place after the element was scrolled to `scrollTop`. Short ways (wheel, keys) move the list pixel by pixel; long ones
 * (the thumb of the scroll bar moves by no less than the element's length over the viewport's) go by proportion.
 */
export function placeAfterScroll(before: ScrollPlace, scrollTop: number, size: ScrollSize): ScrollPlace {
  const { list, element } = travels(size)
  if (list === element) return { scrollTop, topPx: clamp(scrollTop, list) }
  const way = scrollTop - before.scrollTop
  const thumbStepPx = element / Math.max(1, size.viewportPx)
  if (Math.abs(way) >= thumbStepPx / 2) return { scrollTop, topPx: mapped(clamp(scrollTop, element), element, list) }
  return reconciled({ scrollTop, topPx: clamp(clamp(before.topPx, list) + way, list) }, size)
}

/** A place brought together with the element where one is near its end and the other is not, so that neither stops short. */
export function reconciled(place: ScrollPlace, size: ScrollSize): ScrollPlace {
  const { list, element } = travels(size)
  const isNearEnd = (at: number, length: number): boolean => at <= EXACT_END_PX || at >= length - EXACT_END_PX
  const isPlain = list === element
  return isPlain || isNearEnd(place.scrollTop, element) || isNearEnd(place.topPx, list) ? placeAt(place.topPx, size) : place
}
