import { AppError } from '@shared/ipc/app-error'
import { MAX_FOLDER_DEPTH, MAX_ITEMS, type Collection, type CollectionChange, type Item, type Place } from './collection'
import { countOf, everyItem, findItem, folderDepth, placeOf } from './collection-tree'

/**
 * The collection after a change. What is to be changed and is gone stays gone.
 * @throws {AppError} `collection-full` where there would be too many items or folders too deep in each other
 */
export function changeCollection(collection: Collection, change: CollectionChange): Collection {
  switch (change.kind) {
    case 'insert':
      return checked(inserted(collection, change.place, withoutKnownIds(collection, change.item)))
    case 'rename':
      return mapped(collection, change.id, (item) => ({ ...item, name: change.name }))
    case 'rewrite':
      return mapped(collection, change.message.id, () => change.message)
    case 'remove':
      return removed(collection, change.id)
    case 'move': {
      const item = findItem(collection, change.id)
      // A folder cannot go into itself.
      if (item === null || (change.place.folderId !== null && findItem([item], change.place.folderId) !== null)) return collection
      return checked(inserted(removed(collection, change.id), change.place, item))
    }
  }
}

/** What undoes a change; null for one that changes nothing. */
export function inverseOf(collection: Collection, change: CollectionChange): CollectionChange | null {
  if (change.kind === 'insert') return { kind: 'remove', id: change.item.id }
  const id = change.kind === 'rewrite' ? change.message.id : change.id
  const item = findItem(collection, id)
  const place = placeOf(collection, id)
  if (item === null || place === null) return null
  switch (change.kind) {
    case 'rename':
      return { kind: 'rename', id, name: item.name }
    case 'rewrite':
      return item.kind === 'message' ? { kind: 'rewrite', message: item } : null
    case 'move':
      return { kind: 'move', id, place }
    case 'remove':
      return { kind: 'insert', place, item }
  }
}

function checked(collection: Collection): Collection {
  if (countOf(collection) > MAX_ITEMS) throw new AppError('collection-full', 'too many items', { reason: 'items' })
  if (folderDepth(collection) > MAX_FOLDER_DEPTH) throw new AppError('collection-full', 'folders too deep', { reason: 'depth' })
  return collection
}

/** What comes in twice would be two items that nobody can tell apart. */
function withoutKnownIds(collection: Collection, item: Item): Item {
  const known = new Set([...everyItem(collection)].map(({ id }) => id))
  const ids = [...everyItem([item])].map(({ id }) => id)
  if (ids.some((id) => known.has(id)) || new Set(ids).size < ids.length) {
    throw new AppError('invalid-arguments', 'an item of this id is there already')
  }
  return item
}

function inserted(items: Collection, { folderId, index }: Place, item: Item): Collection {
  if (folderId === null) return [...items.slice(0, index), item, ...items.slice(index)]
  return items.map((one) => {
    if (one.kind === 'message') return one
    const children = inserted(one.children, { folderId: one.id === folderId ? null : folderId, index }, item)
    return one.id === folderId || children.some((child, at) => child !== one.children[at]) ? { ...one, children } : one
  })
}

function mapped(items: Collection, id: string, change: (item: Item) => Item): Collection {
  return items.map((item) => {
    if (item.id === id) return change(item)
    return item.kind === 'folder' ? { ...item, children: mapped(item.children, id, change) } : item
  })
}

function removed(items: Collection, id: string): Collection {
  return items
    .filter((item) => item.id !== id)
    .map((item) => (item.kind === 'folder' ? { ...item, children: removed(item.children, id) } : item))
}
