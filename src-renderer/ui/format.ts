const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1, minimumFractionDigits: 0 })

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A number of bytes for reading: `198 B`, `48.2 kB`, `256 MB` (1 kB = 1,024 B). */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  // 1,023.95 would be rounded to "1,024": move on to the next unit just before.
  while (value >= 1023.95 && unit < BYTE_UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${(unit === 0 ? count : oneDecimal).format(value)} ${BYTE_UNITS[unit] ?? 'B'}`
}

/** A whole number with thousands separated: `1,284,220`. */
export function formatCount(value: number): string {
  return count.format(value)
}

/** A rate with one decimal below ten: `0.4`, `9.5`, `12,480`. */
export function formatRate(value: number): string {
  return (value < 10 ? oneDecimal : count).format(value)
}

/** How long ago something was: `now`, `0.4 s`, `12 s`, `3 min`, `2 h`, `5 d`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 0.1) return 'now'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${count.format(Math.floor(seconds / 86_400))} d`
}

/** How long something took: `3 ms`, `1.2 s`, `12 s`, `3 min`. */
export function formatDuration(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : formatAge(ms)
}

/** The local time of day: `14:02:51`. */
export function formatTime(ms: number): string {
  const date = new Date(ms)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => String(value).padStart(2, '0')).join(':')
}

/** The local time of day to the millisecond: `14:02:51.204`. */
export function formatClock(ms: number): string {
  return `${formatTime(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, '0')}`
}

export { useNow } from './use-now'
