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
