import { MIN_INTERVAL_MS, type RunOptions } from '@shared/collections/run'

export type RepeatKind = 'once' | 'times' | 'forever'

/** How a run is to go, while it is chosen. Numbers are null while they are empty. */
export interface RunPlan {
  readonly repeat: RepeatKind
  readonly times: number | null
  readonly intervalMs: number | null
  readonly pauseMs: number | null
}

export const FIRST_PLAN: RunPlan = { repeat: 'once', times: 10, intervalMs: 1_000, pauseMs: 0 }

/** The options a plan stands for; null while a number is missing or out of bounds. */
export function optionsOf({ repeat, times, intervalMs, pauseMs }: RunPlan): RunOptions | null {
  const isNumber = (value: number | null, least: number): value is number => value !== null && !Number.isNaN(value) && value >= least
  if (!isNumber(pauseMs, 0)) return null
  if (repeat === 'once') return { pauseMs, rounds: 1, intervalMs: null }
  if (!isNumber(intervalMs, MIN_INTERVAL_MS)) return null
  if (repeat === 'forever') return { pauseMs, rounds: null, intervalMs }
  return isNumber(times, 1) ? { pauseMs, rounds: times, intervalMs } : null
}

/** How many messages a run sends (null: no end), and how long that takes at the least, in ms. */
export function extentOf({ rounds, intervalMs, pauseMs }: RunOptions, messages: number, rows: number): { total: number | null; leastMs: number | null } {
  if (rounds === null) return { total: null, leastMs: null }
  const perRound = messages * rows
  const roundMs = (perRound - 1) * pauseMs
  const between = Math.max(intervalMs ?? pauseMs, roundMs)
  return { total: perRound * rounds, leastMs: (rounds - 1) * between + roundMs }
}
