import { formatClock, formatTime } from '../../ui/format'
import type { TimeSpan } from './use-chart-range'

const SECOND_MS = 1_000
const DAY_MS = 86_400_000
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })

/** A moment beside the time axis, as exact as the time shown asks for: `14:02:51`, `14:02:51.204`, `5 Nov 14:02`. */
export function axisTimeText(ms: number, { fromMs, toMs }: TimeSpan): string {
  const length = toMs - fromMs
  if (length >= DAY_MS) return `${date.format(ms)} ${formatTime(ms).slice(0, 5)}`
  if (length < 10 * SECOND_MS) return formatClock(ms)
  return length >= 20 * 60 * SECOND_MS ? formatTime(ms).slice(0, 5) : formatTime(ms)
}

/** From when to when. */
export function spanText(span: TimeSpan): string {
  return `${axisTimeText(span.fromMs, span)} – ${axisTimeText(span.toMs, span)}`
}

const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
/** Distances between two labels of a time axis that are easy to read. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24, 48].map((hours) => hours * HOUR_MS),
]

/** Round local times in a span, at most so many. */
export function timeTicks({ fromMs, toMs }: TimeSpan, most: number): number[] {
  const least = (toMs - fromMs) / Math.max(1, Math.floor(most))
  const stepMs = STEPS_MS.find((step) => step >= least) ?? Math.ceil(least / DAY_MS) * DAY_MS
  const offsetMs = new Date(fromMs).getTimezoneOffset() * MINUTE_MS
  const first = Math.ceil((fromMs - offsetMs) / stepMs) * stepMs + offsetMs
  return Array.from({ length: Math.max(0, Math.floor((toMs - first) / stepMs) + 1) }, (_, index) => first + index * stepMs)
}
