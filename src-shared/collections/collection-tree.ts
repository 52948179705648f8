import type { Collection, Folder, Item, Place } from './collection'
import type { SavedMessage } from './saved-message'

/** Every item, each folder before what is in it. */
export function* everyItem(items: Collection): Generator<Item> {
  for (const item of items) {
    yield item
    if (item.kind === 'folder') yield* everyItem(item.children)
  }
}

export function countOf(items: Collection): number {
  return [...everyItem(items)].length
}

/** How many folders lie in each other, at the most. */
export function folderDepth(items: Collection): number {
  return Math.max(0, ...items.map((item) => (item.kind === 'folder' ? 1 + folderDepth(item.children) : 0)))
}

export function findItem(items: Collection, id: string): Item | null {
  for (const item of everyItem(items)) if (item.id === id) return item
  return null
}

/** The messages of an item, in order: itself, or all below a folder. */
export function messagesOf(item: Item): SavedMessage[] {
  return [...everyItem([item])].filter((one) => one.kind === 'message')
}

export function placeOf(items: Collection, id: string, folderId: string | null = null): Place | null {
  const index = items.findIndex((item) => item.id === id)
  if (index >= 0) return { folderId, index }
  for (const item of items) {
    const place = item.kind === 'folder' ? placeOf(item.children, id, item.id) : null
    if (place !== null) return place
  }
  return null
}

/** What stands in a folder; null: at the top. */
export function childrenOf(items: Collection, folderId: string | null): Collection {
  if (folderId === null) return items
  const folder = findItem(items, folderId)
  return folder?.kind === 'folder' ? folder.children : []
}

/** The same with ids of its own. */
export function withNewIds(item: Folder, newId: () => string): Folder
export function withNewIds(item: Item, newId: () => string): Item
export function withNewIds(item: Item, newId: () => string): Item {
  if (item.kind === 'message') return { ...item, id: newId() }
  return { ...item, id: newId(), children: item.children.map((child) => withNewIds(child, newId)) }
}
