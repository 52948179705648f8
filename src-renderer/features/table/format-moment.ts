import { formatClock } from '../../ui/format'

const day = new Intl.DateTimeFormat('en', { month: 'short', day: '2-digit' })

/** A moment of any day, to the millisecond: the day only where it is not today. */
export function formatMoment(ms: number, nowMs = Date.now()): string {
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString()
  return isToday ? formatClock(ms) : `${day.format(ms)} ${formatClock(ms)}`
}
