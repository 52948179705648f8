/** The points of a line as the engine sends them: time, value, time, value …, NaN where the line breaks. */
export type SeriesPoints = Float64Array

/** So far apart, on the whole, that each may be marked. */
const MARKED_PIXELS = 10

function countOf(points: SeriesPoints): number {
  return points.length / 2
}

/** Whether there is room to mark each point. */
export function isEachMarked(points: SeriesPoints, msAPixel: number): boolean {
  const count = countOf(points)
  return count < 2 || ((points[2 * count - 2] ?? 0) - (points[0] ?? 0)) / (count - 1) >= MARKED_PIXELS * msAPixel
}

/** The points that no line leads to or from: they would not be seen. */
export function lonePoints(points: SeriesPoints): number[][] {
  const isBreak = (at: number): boolean => at < 0 || at >= points.length || Number.isNaN(points[at + 1])
  const lone: number[][] = []
  for (let at = 0; at < points.length; at += 2) {
    if (!isBreak(at) && isBreak(at - 2) && isBreak(at + 2)) lone.push([points[at] ?? 0, points[at + 1] ?? 0])
  }
  return lone
}

/** Whether there are zeros and ones only: they are switched, not slid between. */
export function isSwitched(points: SeriesPoints): boolean {
  for (let at = 1; at < points.length; at += 2) {
    const value = points[at] ?? 0
    if (value !== 0 && value !== 1 && !Number.isNaN(value)) return false
  }
  return points.length > 0
}

/** The value nearest to a moment, but no further than `withinMs` from it; null for none. */
export function valueNear(points: SeriesPoints, ms: number, withinMs: number): number | null {
  let low = 0
  let high = countOf(points)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle * 2] ?? 0) < ms) low = middle + 1
    else high = middle
  }
  let best: number | null = null
  let bestMs = withinMs
  for (const index of [low - 2, low - 1, low, low + 1]) {
    const atMs = points[index * 2]
    const value = points[index * 2 + 1]
    if (atMs === undefined || value === undefined || Number.isNaN(value) || Math.abs(atMs - ms) > bestMs) continue
    best = value
    bestMs = Math.abs(atMs - ms)
  }
  return best
}
