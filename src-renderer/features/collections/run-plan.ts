import { runOptionsSchema, type RunOptions } from '@shared/collections/run'

export type RepeatKind = 'once' | 'times' | 'forever'

/** How a run is to go, while it is chosen. Numbers are null while they are empty. */
export interface RunPlan {
  readonly repeat: RepeatKind
  readonly times: number | null
  /** What there is between rounds: from start to start, or from the end of one to the start of the next. */
  readonly between: 'interval' | 'pause'
  readonly intervalMs: number | null
  readonly roundPauseMs: number | null
  readonly pauseMs: number | null
}

export const FIRST_PLAN: RunPlan = { repeat: 'once', times: 10, between: 'interval', intervalMs: 1_000, roundPauseMs: 1_000, pauseMs: 0 }

/** The options a plan stands for; null while a number is missing or out of bounds. */
export function optionsOf({ repeat, times, between, intervalMs, roundPauseMs, pauseMs }: RunPlan): RunOptions | null {
  const rounds = { once: 1, times, forever: null }[repeat]
  const options = {
    pauseMs,
    rounds,
    intervalMs: repeat !== 'once' && between === 'interval' ? intervalMs : null,
    roundPauseMs: repeat !== 'once' && between === 'pause' ? roundPauseMs : 0,
  }
  const lacks = repeat !== 'once' && (between === 'interval' ? intervalMs : roundPauseMs) === null
  if (lacks || (repeat === 'times' && times === null)) return null
  const parsed = runOptionsSchema.safeParse(options)
  return parsed.success ? parsed.data : null
}

/**
 * How many messages a run sends (null: no end), and how long that takes at the least, in ms. `pauses`: each message's own;
 * null: as the run says.
 */
export function extentOf(options: RunOptions, pauses: readonly (number | null)[], rows: number): { total: number | null; leastMs: number | null } {
  const { rounds, intervalMs, pauseMs, roundPauseMs } = options
  if (rounds === null) return { total: null, leastMs: null }
  const last = pauses.at(-1) ?? pauseMs
  const roundMs = pauses.reduce<number>((sum, own) => sum + (own ?? pauseMs), 0) * rows - last
  const between = intervalMs === null ? roundMs + Math.max(last, roundPauseMs) : Math.max(intervalMs, roundMs)
  return { total: pauses.length * rows * rounds, leastMs: (rounds - 1) * between + roundMs }
}
