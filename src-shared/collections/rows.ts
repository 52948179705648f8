import { z } from '@shared/schema'

/** Largest file of rows, in bytes, and what may be in it. */
export const MAX_ROWS_BYTES = 16 * 1024 * 1024
export const MAX_ROWS = 100_000
export const MAX_COLUMNS = 200
/** Rows that are shown before a run. */
export const PREVIEW_ROWS = 5

/** The rows of a CSV file: names of the columns, and as many texts in each row. */
export interface Rows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What the page sees of a file of rows, which main keeps. */
export const rowsFileSchema = z.strictObject({
  rowsId: z.uuid(),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  firstRows: z.array(z.array(z.string())),
})
export type RowsFile = z.infer<typeof rowsFileSchema>
