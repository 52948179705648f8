import { z } from '@shared/schema'
import { brokerVersionSchema } from './question'

/** Most bytes of a file that is opened, in units of one. */
export const MAX_ACL_FILE_BYTES = 16 * 1024 * 1024

const nothing = z.undefined()
/** As `decodeAclBytes` makes it of bytes. */
const aclText = z.string().max(MAX_ACL_FILE_BYTES)
const openedSchema = z.strictObject({ name: z.string(), text: aclText })
/** A file opened before, by its place in the list; `folder` tells files of one name apart. */
export const recentFileSchema = z.strictObject({ name: z.string(), folder: z.string() })
export type RecentFile = z.infer<typeof recentFileSchema>
export type OpenedFile = z.infer<typeof openedSchema>

const restoredSchema = z.strictObject({
  /** The file on disk, or null: the text has none yet, or it is gone. */
  file: openedSchema.nullable(),
  /** What was not saved; null: nothing. */
  unsaved: aclText.nullable(),
  version: brokerVersionSchema,
  recent: z.array(recentFileSchema),
})

/** What the page may ask of main about ACL files. Main has their paths, the page their names. */
export const aclRequests = {
  /** What was open when the app was left. */
  'acl.restore': { args: nothing, result: restoredSchema },
  /** Remembers a text that is not saved, or that there is none, over a restart. */
  'acl.keep': { args: z.strictObject({ unsaved: aclText.nullable(), version: brokerVersionSchema }), result: nothing },
  'acl.list-recent': { args: nothing, result: z.array(recentFileSchema) },
  /** Opens a recent file, or one that the user chooses; null when they chose none. */
  'acl.open': { args: z.strictObject({ recent: z.number().int().min(0).nullable() }), result: openedSchema.nullable() },
  /** From here on the text has no file: it is a new one, or was dropped. */
  'acl.leave-file': { args: nothing, result: nothing },
  /** Writes the file, whole or not at all. `changed`: another program changed it since, and nothing was written. */
  'acl.save': {
    args: z.strictObject({ text: aclText, to: z.enum(['same', 'other']), overwrite: z.boolean() }),
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('saved'), name: z.string() }),
      z.strictObject({ kind: z.literal('changed') }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  },
  /** Whether the file is on disk as it was opened or saved last. */
  'acl.check-disk': { args: nothing, result: z.enum(['same', 'changed', 'gone']) },
  /** The file as it is on disk now. */
  'acl.reload': { args: nothing, result: openedSchema },
} as const
