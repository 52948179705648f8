import { z } from '@shared/schema'
import { itemNameSchema, savedMessageSchema, type SavedMessage } from './saved-message'

/** How deep folders may lie in each other; those at the top are at depth 1. */
export const MAX_FOLDER_DEPTH = 5
/** Most folders and messages together. */
export const MAX_ITEMS = 2_000

export interface Folder {
  readonly kind: 'folder'
  readonly id: string
  readonly name: string
  readonly children: readonly Item[]
}
export type Item = Folder | SavedMessage

const itemSchema: z.ZodType<Item> = z.lazy(() => z.union([savedMessageSchema, folderSchema]))
export const folderSchema: z.ZodType<Folder> = z.strictObject({
  kind: z.literal('folder'),
  id: z.uuid(),
  name: itemNameSchema,
  children: z.array(itemSchema).max(MAX_ITEMS),
})

/** All saved messages, in folders, in the order they are shown. */
export const collectionSchema = z.array(itemSchema).max(MAX_ITEMS)
export type Collection = readonly Item[]

/** Where an item stands: in which folder (null: at the top), and at which place there. */
export const placeSchema = z.strictObject({ folderId: z.uuid().nullable(), index: z.number().int().min(0) })
export type Place = z.infer<typeof placeSchema>

/** A change the user makes; main and page make it alike. */
export const collectionChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('insert'), place: placeSchema, item: itemSchema }),
  z.strictObject({ kind: z.literal('rename'), id: z.uuid(), name: itemNameSchema }),
  z.strictObject({ kind: z.literal('rewrite'), message: savedMessageSchema }),
  z.strictObject({ kind: z.literal('move'), id: z.uuid(), place: placeSchema }),
  z.strictObject({ kind: z.literal('remove'), id: z.uuid() }),
])
export type CollectionChange = z.infer<typeof collectionChangeSchema>
