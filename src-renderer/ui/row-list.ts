/** The row that a key goes to from row `at`, which may lie beyond either end; null for a key that goes nowhere. */
export function rowForKey(key: string, at: number, pageRows: number, totalRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return at - 1
    case 'PageDown':
      return at + pageRows
    case 'PageUp':
      return at - pageRows
    case 'Home':
      return 0
    case 'End':
      return totalRows - 1
    default:
      return null
  }
}

/** The `data-index` of the row that an event happened in; null outside of the rows. */
export function rowIndexAt({ target }: Event): number | null {
  const row = target instanceof Element ? target.closest('[data-index]') : null
  return row instanceof HTMLElement ? Number(row.dataset['index']) : null
}
