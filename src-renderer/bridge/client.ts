import { AppError } from '@shared/ipc/app-error'
import {
  events,
  requests,
  type EventChannel,
  type EventPayload,
  type RequestArgs,
  type RequestChannel,
  type RequestResult,
} from '@shared/ipc/contract'
import { replySchema, type PreloadApi } from '@shared/ipc/reply'

declare global {
  interface Window {
    readonly pubscope: PreloadApi
  }
}

type ArgsOf<C extends RequestChannel> = RequestArgs<C> extends undefined ? [] : [args: RequestArgs<C>]

/**
 * Asks main for something. Resolves with the checked result.
 * @throws {AppError} with the code main gave; the page words it with `errorText`.
 */
export async function request<C extends RequestChannel>(channel: C, ...[args]: ArgsOf<C>): Promise<RequestResult<C>> {
  const reply = replySchema.parse(await window.pubscope.requests[channel](args))
  if (!reply.ok) throw AppError.from(reply.error)
  return requests[channel].result.parse(reply.value) as RequestResult<C>
}

/** Calls `listener` for each event on `channel` until the returned function is called. */
export function listen<C extends EventChannel>(channel: C, listener: (payload: EventPayload<C>) => void): () => void {
  return window.pubscope.events[channel]((payload) => listener(events[channel].parse(payload) as EventPayload<C>))
}
