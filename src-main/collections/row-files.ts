import { randomUUID } from 'node:crypto'
import { PREVIEW_ROWS, type Rows, type RowsFile } from '@shared/collections/rows'
import { AppError } from '@shared/ipc/app-error'

/** Most files that are remembered at a time. */
const MOST_FILES = 4
const MOST_SHOWN_CHARACTERS = 200

/** The rows the user chose, as long as they may be run again. */
export class RowFiles {
  readonly #files = new Map<string, Rows>()

  /** Keeps the rows of a file, and says what the page may see of them. */
  add(name: string, { columns, rows }: Rows): RowsFile {
    const rowsId = randomUUID()
    this.#files.set(rowsId, { columns, rows })
    for (const oldest of [...this.#files.keys()].slice(0, -MOST_FILES)) this.#files.delete(oldest)
    const firstRows = rows.slice(0, PREVIEW_ROWS).map((row) => row.map((value) => value.slice(0, MOST_SHOWN_CHARACTERS)))
    return { rowsId, name, columns: [...columns], rows: rows.length, firstRows }
  }

  /** @throws {AppError} `rows-unreadable` */
  get(rowsId: string): Rows {
    const rows = this.#files.get(rowsId)
    if (rows === undefined) throw new AppError('rows-unreadable', 'these rows are no longer kept', { fault: 'forgotten', at: 0 })
    return rows
  }
}
