import { unparse } from 'papaparse'
import { pathText } from '@shared/payload/field-path'
import { FORMULA } from '@shared/text/formula'
import type { PointsPiece } from '../engine/engine-api'

const END_OF_LINE = '\r\n'

/** The first line of the file (RFC 4180). */
export const CSV_HEAD = `time,topic,field,value${END_OF_LINE}`

/** Points as lines of CSV, one each. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOfPoints({ fields, series, timesMs, values }: PointsPiece): string {
  if (values.length === 0) return ''
  const names = fields.map(({ topic, path }) => [topic, pathText(path)])
  const rows = Array.from(values, (value, row) => [new Date(timesMs[row] ?? 0).toISOString(), ...(names[series[row] ?? 0] ?? []), value])
  return unparse(rows, { escapeFormulae: FORMULA, newline: END_OF_LINE }) + END_OF_LINE
}
