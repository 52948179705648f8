import type { Collection, Place } from '@shared/collections/collection'
import { childrenOf, findItem } from '@shared/collections/collection-tree'
import type { CollectionRow } from './tree-rows'

/** Where a dragged item falls: beside a row, or into the folder of a row: as its first, or as its last. */
export interface DropPlace {
  readonly rowId: string
  readonly side: 'before' | 'after' | 'first' | 'last'
  /** The place among those that stay: without the dragged item. */
  readonly place: Place
}

/** The share of a folder's row, at either end, that means beside it. */
const EDGE = 0.25

/**
 * Where an item falls that is held over a row, at that share of its height; null where that changes nothing, or it would fall
 * into itself.
 */
export function dropPlace(items: Collection, row: CollectionRow, share: number, isOpen: boolean, draggedId: string): DropPlace | null {
  const { item, parentId, position } = row
  const side = sideOf(item.kind === 'folder', isOpen, share)
  const into = side === 'first' || side === 'last'
  const folderId = into ? item.id : parentId
  const dragged = findItem(items, draggedId)
  if (dragged === null || (folderId !== null && findItem([dragged], folderId) !== null)) return null
  const siblings = childrenOf(items, folderId)
  const index = side === 'before' ? position - 1 : side === 'after' ? position : side === 'first' ? 0 : siblings.length
  const own = siblings.findIndex(({ id }) => id === draggedId)
  if (own === index || (own >= 0 && own + 1 === index)) return null
  return { rowId: item.id, side, place: { folderId, index: own >= 0 && own < index ? index - 1 : index } }
}

function sideOf(isFolder: boolean, isOpen: boolean, share: number): DropPlace['side'] {
  if (!isFolder) return share < 0.5 ? 'before' : 'after'
  if (share < EDGE) return 'before'
  if (share <= 1 - EDGE) return 'last'
  // What stands below an open folder is its first item.
  return isOpen ? 'first' : 'after'
}
