import { z } from '@shared/schema'

export const unitSchema = z.enum(['msg/s', '×', 'ms', 'B', 'MB', '%', 'fps', ''])
export type Unit = z.infer<typeof unitSchema>

const targetSchema = z.strictObject({ kind: z.enum(['at-least', 'at-most']), value: z.number() })
export type Target = z.infer<typeof targetSchema>

/** One thing that was measured, once a round. */
export const figureSchema = z.strictObject({
  /** What figures of one table have in common, e.g. the transport. */
  group: z.string(),
  label: z.string(),
  unit: unitSchema,
  values: z.array(z.number()).min(1),
  /** What it should be; null: it is only told. */
  target: targetSchema.nullable(),
  /** Whether README shows it too. */
  inReadme: z.boolean(),
})
export type Figure = z.infer<typeof figureSchema>

export const machineSchema = z.strictObject({
  processors: z.number().int(),
  processorModel: z.string(),
  memoryGigabytes: z.number(),
  system: z.string(),
  node: z.string(),
  /** Of the app under test; null where there was none. */
  electron: z.string().nullable(),
})
export type Machine = z.infer<typeof machineSchema>

export const benchNameSchema = z.enum(['ingest', 'topics', 'acl', 'app'])
export type BenchName = z.infer<typeof benchNameSchema>

/** What one benchmark found; a file of it lies in out/bench. */
export const benchResultSchema = z.strictObject({
  bench: benchNameSchema,
  startedAt: z.iso.datetime(),
  /** A smoke test: the figures are not to be relied on. */
  quick: z.boolean(),
  rounds: z.number().int(),
  machine: machineSchema,
  figures: z.array(figureSchema),
})
export type BenchResult = z.infer<typeof benchResultSchema>

/** What a figure should reach; such figures are told in README. */
export const atLeast = (value: number): Pick<Figure, 'target' | 'inReadme'> => ({ target: { kind: 'at-least', value }, inReadme: true })
export const atMost = (value: number): Pick<Figure, 'target' | 'inReadme'> => ({ target: { kind: 'at-most', value }, inReadme: true })
/** It is only told. */
export const noTarget: Pick<Figure, 'target' | 'inReadme'> = { target: null, inReadme: false }
