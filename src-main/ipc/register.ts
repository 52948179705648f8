import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { AppError, toWireError } from '@shared/ipc/app-error'
import { requests, type ParsedArgs, type RequestChannel } from '@shared/ipc/contract'
import type { Reply } from '@shared/ipc/reply'
import type { Handlers } from './handlers'

/**
 * Registers every request of the contract: the sender must be our page, the argument must fit its schema,
 * and whatever is thrown crosses as an error with a code.
 */
export function registerRequests(
  ipc: Pick<IpcMain, 'handle'>,
  handlers: Handlers,
  isOurPage: (event: IpcMainInvokeEvent) => boolean,
): void {
  for (const channel of Object.keys(requests) as RequestChannel[]) {
    ipc.handle(channel, async (event, raw: unknown): Promise<Reply> => {
      try {
        if (!isOurPage(event)) throw new AppError('not-allowed', `${channel}: not our page`)
        return { ok: true, value: await answer(handlers, channel, raw) }
      } catch (error) {
        return { ok: false, error: toWireError(error) }
      }
    })
  }
}

function answer<C extends RequestChannel>(handlers: Handlers, channel: C, raw: unknown): unknown {
  const parsed = requests[channel].args.safeParse(raw)
  if (!parsed.success) {
    // Paths and codes, not values: an argument may hold a password.
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ')
    throw new AppError('invalid-arguments', `${channel}: ${problems}`)
  }
  return handlers[channel](parsed.data as ParsedArgs<C>)
}
