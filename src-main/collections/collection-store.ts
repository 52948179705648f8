import { changeCollection } from '@shared/collections/change-collection'
import { collectionSchema, type Collection, type CollectionChange, type Item } from '@shared/collections/collection'
import { findItem } from '@shared/collections/collection-tree'
import { AppError } from '@shared/ipc/app-error'
import { z } from '@shared/schema'

export const COLLECTIONS_SCHEMA_VERSION = 1

export const collectionsDocumentSchema = z.strictObject({ schemaVersion: z.literal(COLLECTIONS_SCHEMA_VERSION), items: collectionSchema })
export interface CollectionsDocument {
  readonly schemaVersion: typeof COLLECTIONS_SCHEMA_VERSION
  readonly items: Collection
}

export const NO_COLLECTIONS: CollectionsDocument = { schemaVersion: COLLECTIONS_SCHEMA_VERSION, items: [] }

/** Where the document lies. */
interface Storage {
  readonly document: CollectionsDocument
  write(document: CollectionsDocument): void
}

/** The saved messages, which all profiles share. */
export class CollectionStore {
  constructor(private readonly storage: Storage) {}

  get items(): Collection {
    return this.storage.document.items
  }

  /** @throws {AppError} `collection-item-gone` */
  item(id: string): Item {
    const item = findItem(this.items, id)
    if (item === null) throw new AppError('collection-item-gone', 'There is no such item')
    return item
  }

  /** @throws {AppError} `collection-full`, `too-many`, `storage-failed`; nothing is changed then. */
  change(change: CollectionChange): void {
    this.storage.write({ schemaVersion: COLLECTIONS_SCHEMA_VERSION, items: changeCollection(this.items, change) })
  }
}
