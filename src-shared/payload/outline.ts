import { z } from '@shared/schema'
import { fieldPathSchema } from './field-path'

/** Most rows of a structured value, or of a long text, that are asked for at once. */
export const MAX_OUTLINE_ROWS = 500
/** Most values whose expansion differs from that of their level. */
export const MAX_TOGGLED = 1_000

export const valueKindSchema = z.enum(['object', 'array', 'string', 'number', 'boolean', 'null', 'invalid'])
export type ValueKind = z.infer<typeof valueKindSchema>

/** Which values are open. */
export const expansionSchema = z.strictObject({
  /** How many levels are open, `auto`: as many as fit well on a screen. */
  levels: z.union([z.literal('auto'), z.number().int().min(0).max(1_000)]),
  /** Those that are the other way than their level. */
  toggled: z.array(fieldPathSchema).max(MAX_TOGGLED),
})
export type Expansion = z.infer<typeof expansionSchema>

/** One value, as a row of the tree of all values. */
export const outlineRowSchema = z.strictObject({
  /** Null: it lies too deep, or its keys are too long, to be named. */
  path: fieldPathSchema.nullable(),
  /** 1 for the value itself. */
  level: z.number().int(),
  /** Its name in an object, or its index in an array; null for the value itself. */
  key: z.union([z.string(), z.number()]).nullable(),
  kind: valueKindSchema,
  /** As it was written; of objects and arrays, and of long strings, the start. */
  text: z.string(),
  isCut: z.boolean(),
  /** Members or elements. */
  children: z.number().int(),
  /** Null: there is nothing in it. */
  expanded: z.boolean().nullable(),
  /** Which of how many siblings it is, from 1. */
  position: z.number().int(),
  siblings: z.number().int(),
})
export type OutlineRow = z.infer<typeof outlineRowSchema>

/** Some rows of the tree of a structured value. */
export const outlineSchema = z.strictObject({
  firstRow: z.number().int(),
  rows: z.array(outlineRowSchema),
  totalRows: z.number().int(),
  /** How many levels are open by themselves. */
  levels: z.number().int(),
  /** All values there are; with `isCut` there are more. */
  values: z.number().int(),
  isCut: z.boolean(),
})
export type Outline = z.infer<typeof outlineSchema>

/** Most UTF-16 units in a row of a long text: as many as there is room for. */
export const rowLengthSchema = z.number().int().min(20).max(1_000)

/** Some rows of a long text: its lines, of which long ones go over several rows. */
export const textRowsSchema = z.strictObject({
  firstRow: z.number().int(),
  /** `line`: the number of the line that begins here; null where one goes on. */
  rows: z.array(z.strictObject({ line: z.number().int().nullable(), text: z.string() })),
  totalRows: z.number().int(),
  lines: z.number().int(),
})
export type TextRows = z.infer<typeof textRowsSchema>

/** Where a text was found: the row and the columns there, in UTF-16 units. */
export const foundTextSchema = z.strictObject({ row: z.number().int(), start: z.number().int(), end: z.number().int() })
export type FoundText = z.infer<typeof foundTextSchema>
