import { connectionIdSchema } from '@shared/connection/connection'
import { z } from '@shared/schema'
import { probeOrderSchema, probePieceSchema } from './probe'

const connectionId = z.strictObject({ connectionId: connectionIdSchema })

/** What the page may ask of main about what a broker allows: channel → schema of its argument and of its result. */
export const probeRequests = {
  /** Asks the broker, over sessions that nothing remains of; the passwords go to the broker and are kept nowhere. The number of the probe. */
  'acl-probe.start': { args: connectionId.extend({ order: probeOrderSchema }), result: z.number().int() },
  /** The answers that are new, as soon as there are any. */
  'acl-probe.read': { args: connectionId.extend({ probeId: z.number().int() }), result: probePieceSchema },
  /** What is not answered yet will be as cancelled. */
  'acl-probe.cancel': { args: connectionId, result: z.undefined() },
} as const
