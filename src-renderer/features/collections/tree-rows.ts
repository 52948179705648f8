import type { Collection, Item } from '@shared/collections/collection'

/** An item as a row of the tree. */
export interface CollectionRow {
  readonly item: Item
  /** 1 at the top, as in aria-level. */
  readonly level: number
  readonly parentId: string | null
  /** Its place among its siblings, from 1, and how many there are. */
  readonly position: number
  readonly siblings: number
}

/** The rows in sight: what is in a closed folder is not. */
export function rowsOf(items: Collection, closed: ReadonlySet<string>, level = 1, parentId: string | null = null): CollectionRow[] {
  return items.flatMap((item, index) => {
    const row = { item, level, parentId, position: index + 1, siblings: items.length }
    return item.kind === 'folder' && !closed.has(item.id) ? [row, ...rowsOf(item.children, closed, level + 1, item.id)] : [row]
  })
}
