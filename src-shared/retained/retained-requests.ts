import { connectionIdSchema } from '@shared/connection/connection'
import { z } from '@shared/schema'
import { retainedChoiceSchema, retainedFiltersSchema, retainedPlanSchema, retainedSelectionSchema, undoableSchema } from './retained'

const nothing = z.undefined()
const connectionId = z.strictObject({ connectionId: connectionIdSchema })

/** What the page may ask of main about retained messages: channel → schema of its argument and of its result. */
export const retainedRequests = {
  /** Asks the broker for its retained messages, over a connection of its own; false when they are being dealt with already. */
  'retained.ask': { args: connectionId.extend({ filters: retainedFiltersSchema }), result: z.boolean() },
  /** Ends what is being done with them. */
  'retained.cancel': { args: connectionId, result: nothing },
  /** Forgets the list; what deletes or restores is finished. */
  'retained.leave': { args: connectionId, result: nothing },
  'retained.select': { args: connectionId.extend({ selection: retainedSelectionSchema }), result: nothing },
  /** What deleting would do. */
  'retained.plan': { args: connectionId.extend({ choice: retainedChoiceSchema }), result: retainedPlanSchema },
  /** Deletes, asks the broker again, and keeps what can be undone; what came of it shows in the view. */
  'retained.delete': { args: connectionId.extend({ choice: retainedChoiceSchema }), result: nothing },
  /** The deletions of this broker that can be undone, newest first. */
  'retained.list-undoable': { args: connectionId, result: z.array(undoableSchema) },
  /** Publishes again what a deletion took, and asks the broker again. */
  'retained.undo': { args: connectionId.extend({ deletionId: z.number().int() }), result: nothing },
} as const
