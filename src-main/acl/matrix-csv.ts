import { unparse } from 'papaparse'
import { RIGHTS_TEXT, type Matrix } from '@shared/acl/matrix'
import { FORMULA } from '@shared/text/formula'

/** What a cell is in a file, by its rights: letters alone, and empty for nothing. */
const CELLS = RIGHTS_TEXT.map((text) => text.replaceAll(/[^rw]/g, ''))

/** A matrix as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOfMatrix({ clients, rows }: Matrix): string {
  const lines = rows.map(({ topic, rights }) => [topic, ...Array.from(rights, (digit) => CELLS[Number(digit)] ?? '')])
  return `${unparse([['topic', ...clients], ...lines], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`
}
