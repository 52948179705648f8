import type { MessageSummary } from '@shared/message/message'

/** How regularly messages come, in milliseconds. */
export interface MessageInterval {
  readonly meanMs: number
  /** Standard deviation. */
  readonly spreadMs: number
}

const FEWEST_INTERVALS = 3
/** Times are those of whole reads from the network: faster than this they tell no rhythm. */
const SHORTEST_MEAN_MS = 1

/** The rhythm of live messages, newest first; null when too few are known, or they come too fast to tell. Retained ones came when we subscribed. */
export function messageInterval(history: readonly MessageSummary[]): MessageInterval | null {
  const times = history.filter((message) => !message.retain).map((message) => message.receivedAtMs)
  const intervals = times.slice(1).map((time, index) => (times[index] ?? time) - time)
  if (intervals.length < FEWEST_INTERVALS) return null
  const meanMs = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length
  if (meanMs < SHORTEST_MEAN_MS) return null
  const variance = intervals.reduce((sum, interval) => sum + (interval - meanMs) ** 2, 0) / intervals.length
  return { meanMs, spreadMs: Math.sqrt(variance) }
}

const UNITS = [
  { name: 'h', ms: 3_600_000, digits: 1 },
  { name: 'min', ms: 60_000, digits: 1 },
  { name: 's', ms: 1_000, digits: 1 },
] as const

/** A rhythm in the unit that suits its mean: mean `5.0 s`, spread `0.1`. */
export function formatInterval({ meanMs, spreadMs }: MessageInterval): { mean: string; spread: string } {
  const unit = UNITS.find(({ ms }) => meanMs >= ms) ?? { name: 'ms', ms: 1, digits: meanMs < 10 ? 1 : 0 }
  const inUnit = (ms: number) => (ms / unit.ms).toFixed(unit.digits)
  return { mean: `${inUnit(meanMs)} ${unit.name}`, spread: inUnit(spreadMs) }
}
