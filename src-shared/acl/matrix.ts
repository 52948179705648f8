import { z } from '@shared/schema'

/** Most topics that are listed at a time. */
export const MAX_LISTED_TOPICS = 5_000
/** Most cells that are written to a file or the clipboard. */
export const MAX_MATRIX_CELLS = 250_000

/** A matrix as it is shown: a digit a client for each topic, the sum of `READ` and `WRITE` in `decision-table.ts`. */
export const matrixSchema = z
  .strictObject({
    /** What the columns are called. */
    clients: z.array(z.string().max(200_000)).max(MAX_MATRIX_CELLS),
    rows: z.array(z.strictObject({ topic: z.string().max(65_535), rights: z.string().regex(/^[0-3]*$/) })).max(MAX_MATRIX_CELLS),
  })
  .refine(({ clients, rows }) => rows.every(({ rights }) => rights.length === clients.length), 'A right for each client')
  .refine(({ clients, rows }) => rows.length * clients.length <= MAX_MATRIX_CELLS, 'Too many cells')
export type Matrix = z.infer<typeof matrixSchema>

/** What a cell says, by its rights. */
export const RIGHTS_TEXT = ['–', 'r·', '·w', 'rw'] as const
