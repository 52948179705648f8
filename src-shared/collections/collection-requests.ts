import { connectionIdSchema } from '@shared/connection/connection'
import { z } from '@shared/schema'
import { collectionChangeSchema, collectionSchema, folderSchema } from './collection'
import { exchangeOptionsSchema } from './exchange'
import { rowsFileSchema } from './rows'
import { runActionSchema, runFaultSchema, runOptionsSchema } from './run'
import { sendFileFormatSchema } from './send-log'

const nothing = z.undefined()
const connectionId = z.strictObject({ connectionId: connectionIdSchema })

/** What the page may ask of main about saved messages: channel → schema of its argument and of its result. */
export const collectionRequests = {
  /** The saved messages in their folders, which all profiles share. */
  'collections.read': { args: nothing, result: collectionSchema },
  'collections.change': { args: collectionChangeSchema, result: nothing },
  /** Writes a folder to a file the user chooses; null when they chose none. */
  'collections.export': {
    args: z.strictObject({ folderId: z.uuid() }),
    result: z.strictObject({ name: z.string(), messages: z.number().int() }).nullable(),
  },
  /** Lets the user choose a file with a folder and reads it; nothing is kept of it until it is inserted. Null when they chose none. */
  'collections.choose-import': { args: nothing, result: z.strictObject({ file: z.string(), folder: folderSchema }).nullable() },
  /** Lets the user choose a CSV file; null when they chose none. */
  'collections.choose-rows': { args: nothing, result: rowsFileSchema.nullable() },
  /** Sends a saved message, or those of a folder one after another. */
  'collections.start-run': {
    args: connectionId.extend({ itemId: z.uuid(), rowsId: z.uuid().nullable(), options: runOptionsSchema }),
    result: z.strictObject({ runId: z.number().int() }),
  },
  'collections.control-run': { args: connectionId.extend({ runId: z.number().int(), action: runActionSchema }), result: nothing },
  /** Sends a saved message as a request and awaits the answers; says why it could not be made, or null. */
  'collections.ask': { args: connectionId.extend({ itemId: z.uuid(), options: exchangeOptionsSchema }), result: runFaultSchema.nullable() },
  'collections.control-ask': { args: connectionId.extend({ action: z.enum(['cancel', 'dismiss']) }), result: nothing },
  /** Writes the send log to a file the user chooses; null when they chose none. */
  'collections.save-sends': {
    args: connectionId.extend({ failedOnly: z.boolean(), format: sendFileFormatSchema }),
    result: z.strictObject({ name: z.string(), sends: z.number().int() }).nullable(),
  },
  'collections.clear-sends': { args: connectionId, result: nothing },
} as const
