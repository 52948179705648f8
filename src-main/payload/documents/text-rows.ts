import type { FoundText, TextRows } from '@shared/payload/outline'

/** Where a long line is parted if it can be: after a space or a comma this near to the end of the row. */
const LOOK_BACK = 60

/** A text by rows of at most `rowLength` UTF-16 units, so that a line of any length can be scrolled through. */
export class TextRowIndex {
  /** Where each row starts. */
  #starts = new Uint32Array(1_024)
  /** Which rows begin a line, as the number of the line; 0: the row goes on with the one before. */
  #lines = new Uint32Array(1_024)
  #rows = 0
  #lineCount = 0

  constructor(
    private readonly text: string,
    readonly rowLength: number,
  ) {
    let at = 0
    for (;;) {
      const newline = text.indexOf('\n', at)
      const end = newline < 0 ? text.length : newline
      this.#lineCount += 1
      this.#add(at, this.#lineCount)
      for (at = this.#pieceEnd(at, end); at < end; at = this.#pieceEnd(at, end)) this.#add(at, 0)
      if (newline < 0) return
      at = newline + 1
    }
  }

  window(firstRow: number, rowCount: number): TextRows {
    const first = Math.max(0, Math.min(firstRow, this.#rows - rowCount))
    const count = Math.min(rowCount, this.#rows - first)
    const rows = Array.from({ length: count }, (_, offset) => {
      const row = first + offset
      return { line: this.#lines[row] || null, text: this.text.slice(this.#startOf(row), this.#startOf(row + 1)).replace(/\r?\n$/, '') }
    })
    return { firstRow: first, rows, totalRows: this.#rows, lines: this.#lineCount }
  }

  /** The next place of `sought`, whatever its case, after or before a place; goes on at the other end. Null where there is none. */
  find(sought: string, from: { readonly row: number; readonly column: number }, isBackwards: boolean): FoundText | null {
    if (sought === '') return null
    // Not by lower case, which changes the length of some texts.
    const pattern = new RegExp(sought.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi')
    const start = this.#startOf(Math.min(from.row, this.#rows)) + from.column
    const at = isBackwards ? this.#lastBefore(pattern, start) : firstFrom(pattern, this.text, start)
    if (at === null) return null
    const row = this.#rowAt(at)
    return { row, start: at - this.#startOf(row), end: at - this.#startOf(row) + sought.length }
  }

  #lastBefore(pattern: RegExp, before: number): number | null {
    let last: number | null = null
    let lastOfAll: number | null = null
    for (const { index } of this.text.matchAll(pattern)) {
      if (index < before) last = index
      lastOfAll = index
    }
    return last ?? lastOfAll
  }

  /** Between words where that can be, and never between the halves of a surrogate pair. */
  #pieceEnd(start: number, lineEnd: number): number {
    const end = start + this.rowLength
    if (end >= lineEnd) return lineEnd
    for (let at = end; at > Math.max(start + this.rowLength / 2, end - LOOK_BACK); at -= 1) {
      if (' ,\t'.includes(this.text.charAt(at - 1))) return at
    }
    const isHalf = (this.text.charCodeAt(end) & 0xfc00) === 0xdc00
    return isHalf ? end - 1 : end
  }

  #startOf(row: number): number {
    return row >= this.#rows ? this.text.length : (this.#starts[row] ?? 0)
  }

  #rowAt(offset: number): number {
    let [low, high] = [0, this.#rows - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#startOf(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  #add(start: number, line: number): void {
    if (this.#rows === this.#starts.length) {
      this.#starts = doubled(this.#starts)
      this.#lines = doubled(this.#lines)
    }
    this.#starts[this.#rows] = start
    this.#lines[this.#rows] = line
    this.#rows += 1
  }
}

function firstFrom(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from
  const after = pattern.exec(text)
  if (after !== null) return after.index
  pattern.lastIndex = 0
  return pattern.exec(text)?.index ?? null
}

function doubled(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(column.length * 2)
  larger.set(column)
  return larger
}
