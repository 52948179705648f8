import { errorCodeSchema } from '@shared/ipc/app-error'
import { z } from '@shared/schema'

export const exportFormatSchema = z.enum(['json-lines', 'csv', 'files'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** Most files that raw payloads are written to at a time. */
export const MAX_EXPORT_FILES = 100_000

/** Most pieces that the chosen rows may be in. */
export const MAX_ROW_SPANS = 10_000

/** Rows from one to before another. */
export const rowSpanSchema = z.strictObject({ from: z.number().int().min(0), to: z.number().int().min(0) })
export type RowSpan = z.infer<typeof rowSpanSchema>

/** How an export goes. `name` is that of the file, or of the folder. */
export const exportProgressSchema = z.strictObject({
  exportId: z.number().int(),
  name: z.string(),
  format: exportFormatSchema,
  messages: z.number().int(),
  totalMessages: z.number().int(),
  /** Of them, those that the log let go before they were written. */
  goneMessages: z.number().int(),
  /** Bytes written. */
  bytes: z.number().int(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('running') }),
    z.strictObject({ kind: z.literal('done') }),
    z.strictObject({ kind: z.literal('cancelled') }),
    z.strictObject({ kind: z.literal('failed'), code: errorCodeSchema, details: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ]),
  /** What an export that was cancelled or failed left behind, because it could not be removed; null: nothing. */
  leftover: z.string().nullable(),
})
export type ExportProgress = z.infer<typeof exportProgressSchema>
