import { publishStateSchema, type PublishState } from '@shared/message/publish'
import { qosSchema } from '@shared/mqtt/qos'
import { z } from '@shared/schema'

/** Most sends that are remembered. */
export const MAX_LOGGED_SENDS = 10_000

/** One message that was sent, and what became of it. */
export const loggedSendSchema = z.strictObject({
  /** Counts the sends of a connection from 1. */
  number: z.number().int(),
  atMs: z.number(),
  topic: z.string(),
  payloadBytes: z.number().int(),
  qos: qosSchema,
  retain: z.boolean(),
  /** What sent it: a run, by its name, or null for the publish panel. */
  origin: z.string().nullable(),
  state: publishStateSchema,
})
export type LoggedSend = z.infer<typeof loggedSendSchema>

export const sendFileFormatSchema = z.enum(['csv', 'json-lines'])
export type SendFileFormat = z.infer<typeof sendFileFormatSchema>

/** Whether a publish did not get through, or nobody knows. */
export function isFailed({ kind }: PublishState): boolean {
  return kind === 'refused' || kind === 'not-sent' || kind === 'dropped' || kind === 'unconfirmed'
}

/** Whether nothing more becomes of a publish. */
export function isSettled(state: PublishState): boolean {
  return state.kind === 'sent' || state.kind === 'acknowledged' || isFailed(state)
}
