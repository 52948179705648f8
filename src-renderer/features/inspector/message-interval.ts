import type { MessageSummary } from '@shared/message/message'

/** How regularly messages come, in milliseconds. */
export interface MessageInterval {
  readonly meanMs: number
  /** Standard deviation. */
  readonly spreadMs: number
}

const FEWEST_INTERVALS = 3

/** The rhythm of live messages, newest first; null when too few are known. Retained ones came when we subscribed. */
export function messageInterval(history: readonly MessageSummary[]): MessageInterval | null {
  const times = history.filter((message) => !message.retain).map((message) => message.receivedAtMs)
  const intervals = times.slice(1).map((time, index) => (times[index] ?? time) - time)
  if (intervals.length < FEWEST_INTERVALS) return null
  const meanMs = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length
  const variance = intervals.reduce((sum, interval) => sum + (interval - meanMs) ** 2, 0) / intervals.length
  return { meanMs, spreadMs: Math.sqrt(variance) }
}

/** A span of time in the unit that suits it: `48 ms`, `5.0 s`, `2.5 min`, `1.2 h`. */
export function formatSpan(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return `${(ms / 60_000).toFixed(1)} min`
  return `${(ms / 3_600_000).toFixed(1)} h`
}
