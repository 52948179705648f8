import { rowForKey } from '../../ui/row-list'

/** A cell of a grid, counted from 0. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** The cell that a key goes to, as in the ARIA pattern of a grid; it may lie beyond its edges. Null: the key goes nowhere. */
export function placeForKey(
  key: string,
  withModifier: boolean,
  { row, column }: CellPlace,
  pageRows: number,
  size: { readonly rows: number; readonly columns: number },
): CellPlace | null {
  switch (key) {
    case 'ArrowLeft':
      return { row, column: column - 1 }
    case 'ArrowRight':
      return { row, column: column + 1 }
    case 'Home':
      return { row: withModifier ? 0 : row, column: 0 }
    case 'End':
      return { row: withModifier ? size.rows - 1 : row, column: size.columns - 1 }
    default: {
      const to = withModifier ? null : rowForKey(key, row, pageRows, size.rows)
      return to === null ? null : { row: to, column: Math.max(0, column) }
    }
  }
}
