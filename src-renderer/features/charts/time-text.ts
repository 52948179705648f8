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
