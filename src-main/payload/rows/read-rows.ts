import Papa from 'papaparse'
import { MAX_COLUMNS, MAX_ROWS, type Rows } from '@shared/collections/rows'
import { AppError } from '@shared/ipc/app-error'

/** The rows of a CSV file: its first line names the columns. @throws {AppError} `rows-unreadable` */
export function readRows(bytes: Uint8Array): Rows {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable('not-utf8')
  }
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', preview: MAX_ROWS + 2 })
  // That no delimiter is found is no fault: one column has none.
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault !== undefined) throw unreadable('open-quote', (fault.row ?? 0) + 1)
  const [names, ...rows] = data
  if (names === undefined || rows.length === 0) throw unreadable('no-rows')
  if (rows.length > MAX_ROWS) throw unreadable('too-many-rows')
  if (names.length > MAX_COLUMNS) throw unreadable('too-many-columns')
  const columns = names.map((name) => name.trim())
  if (columns.includes('')) throw unreadable('unnamed-column', columns.indexOf('') + 1)
  const twice = columns.find((name, at) => columns.indexOf(name) !== at)
  if (twice !== undefined) throw unreadable('column-twice', columns.lastIndexOf(twice) + 1)
  const uneven = rows.findIndex((row) => row.length !== columns.length)
  if (uneven >= 0) throw unreadable('uneven-row', uneven + 1)
  return { columns, rows }
}

/** `at`: the row or column, from 1. */
function unreadable(fault: string, at = 0): AppError {
  return new AppError('rows-unreadable', `${fault} ${at}`, { fault, at })
}
