import { z } from '@shared/schema'

/** Shortest interval, in ms. */
export const MIN_INTERVAL_MS = 10
export const MAX_INTERVAL_MS = 24 * 3_600_000
export const MAX_ROUNDS = 10_000_000

/** How long to wait after a message, in ms. */
export const pauseMsSchema = z.number().int().min(0).max(MAX_INTERVAL_MS)

/** How a run goes: its messages in order are a round; with rows, a round is all messages for each row. */
const optionsSchema = z.strictObject({
  /** Between one message and the next, in ms, where the message has no pause of its own. */
  pauseMs: pauseMsSchema,
  /** How often: null is until stopped, which needs an interval, or as long a pause between rounds. */
  rounds: z.number().int().min(1).max(MAX_ROUNDS).nullable(),
  /** From the start of one round to that of the next; null: the next follows the end of the one before. */
  intervalMs: z.number().int().min(MIN_INTERVAL_MS).max(MAX_INTERVAL_MS).nullable(),
  /** Without an interval: from the last message of a round to the first of the next, at the least. */
  roundPauseMs: pauseMsSchema,
})
export type RunOptions = z.infer<typeof optionsSchema>

export const runOptionsSchema = optionsSchema.refine(
  ({ rounds, intervalMs, roundPauseMs }) => rounds !== null || intervalMs !== null || roundPauseMs >= MIN_INTERVAL_MS,
)

export const ONCE: RunOptions = { pauseMs: 0, rounds: 1, intervalMs: null, roundPauseMs: 0 }

/** Why a message could not be made. */
export const runFaultSchema = z.discriminatedUnion('kind', [
  /** The topic is none to publish to. */
  z.strictObject({ kind: z.literal('topic'), topic: z.string(), fault: z.string() }),
  z.strictObject({ kind: z.literal('payload'), reason: z.string() }),
  /** `name`: of the variable or function. */
  z.strictObject({ kind: z.literal('template'), part: z.enum(['topic', 'payload']), fault: z.string(), name: z.string() }),
])
export type RunFault = z.infer<typeof runFaultSchema>

/** How a run stands. */
export const runStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('paused') }),
  /** For the broker to acknowledge, or for the network or the outbox to take more. */
  z.strictObject({ kind: z.literal('waiting'), for: z.enum(['broker', 'outbox']) }),
  z.strictObject({ kind: z.literal('finished') }),
  z.strictObject({ kind: z.literal('stopped') }),
  z.strictObject({ kind: z.literal('disconnected') }),
  /** A message could not be made: which one, and in which row (from 1). */
  z.strictObject({ kind: z.literal('failed'), message: z.string(), row: z.number().int().nullable(), fault: runFaultSchema }),
])
export type RunState = z.infer<typeof runStateSchema>

export const hasEnded = ({ kind }: RunState): boolean => !['running', 'paused', 'waiting'].includes(kind)

export const runProgressSchema = z.strictObject({
  runId: z.number().int(),
  name: z.string(),
  state: runStateSchema,
  /** Messages sent, of those to send; null: until it is stopped. */
  sent: z.number().int(),
  total: z.number().int().nullable(),
  /** Of those sent: acknowledged (QoS 0: written), and refused or without an answer for good. */
  confirmed: z.number().int(),
  failed: z.number().int(),
  /** Rounds begun. */
  round: z.number().int(),
  intervalMs: z.number().int().nullable(),
  /** Rows of a round; null without. */
  rows: z.number().int().nullable(),
  /** Times at which a round was due and the one before, or the broker, was not ready. */
  missedTicks: z.number().int(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
})
export type RunProgress = z.infer<typeof runProgressSchema>

/** What would be lost with a run that has not come to its end. */
export const runUnderWaySchema = runProgressSchema.pick({ name: true, sent: true, total: true })
export type RunUnderWay = z.infer<typeof runUnderWaySchema>

export const runActionSchema = z.enum(['pause', 'resume', 'stop', 'dismiss'])
export type RunAction = z.infer<typeof runActionSchema>
