import { z } from '@shared/schema'
import { expectationsSchema } from './expectations/expectation'
import { MAX_JSON_LENGTH } from './expectations/read-expectations'

/** Longest text of unsaved cases that outlives the app, in UTF-16 units. */
export const MAX_KEPT_LENGTH = 4 * 1024 * 1024

const nothing = z.undefined()
const documentSchema = z.strictObject({ name: z.string(), text: z.string().max(MAX_JSON_LENGTH) })
/** A document of expectations as it is on disk. */
export type ExpectationsDocument = z.infer<typeof documentSchema>

/** What the page may ask of main about expectations of an ACL file. Main has their path, the page their name. */
export const expectationsRequests = {
  /** What was there when the app was left: the file on disk, and what of it was not saved. */
  'acl.restore-expectations': { args: nothing, result: z.strictObject({ file: documentSchema.nullable(), unsaved: z.string().nullable() }) },
  /** Remembers cases that are not saved, as JSON, or that there are none, over a restart. */
  'acl.keep-expectations': { args: z.strictObject({ unsaved: z.string().max(MAX_KEPT_LENGTH).nullable() }), result: nothing },
  /** Opens a document that the user chooses; null when they chose none. */
  'acl.open-expectations': { args: nothing, result: documentSchema.nullable() },
  /** From here on the cases have no file. */
  'acl.leave-expectations': { args: nothing, result: nothing },
  /** Writes them, whole or not at all, as JSON or YAML by the file's name, and tells that name; null when the user names none. */
  'acl.save-expectations': { args: z.strictObject({ expectations: expectationsSchema, to: z.enum(['same', 'other']) }), result: z.string().nullable() },
} as const
