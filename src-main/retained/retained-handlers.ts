import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import type { EngineApi } from '../engine/engine-api'
import type { Handlers } from '../ipc/handlers'
import type { UndoShelf } from './undo-shelf'

type RetainedHandlers = Pick<Handlers, Extract<keyof Handlers, `retained.${string}`>>
type RetainedMethod = Extract<keyof EngineApi, `${string}Retained`>

/** A tab, as far as its broker's retained messages go. */
export interface RetainedSource {
  call<Method extends RetainedMethod>(method: Method, ...args: Parameters<EngineApi[Method]>): Promise<Awaited<ReturnType<EngineApi[Method]>>>
  describe(): Pick<Connection, 'source' | 'address'>
}

/** `sourceOf` throws `connection-not-found`. */
export function retainedHandlers(sourceOf: (connectionId: string) => RetainedSource, shelf: UndoShelf): RetainedHandlers {
  return {
    'retained.ask': ({ connectionId, filters }) => sourceOf(connectionId).call('askRetained', filters),
    'retained.cancel': async ({ connectionId }) => {
      await sourceOf(connectionId).call('cancelRetained')
    },
    'retained.leave': async ({ connectionId }) => {
      await sourceOf(connectionId).call('leaveRetained')
    },
    'retained.select': async ({ connectionId, selection }) => {
      await sourceOf(connectionId).call('selectRetained', selection)
    },
    'retained.plan': async ({ connectionId, choice }) => {
      const plan = await sourceOf(connectionId).call('planRetained', choice)
      return { ...plan, displaces: shelf.displacedBy(plan.undoableBytes) }
    },
    'retained.delete': async ({ connectionId, choice }) => {
      const source = sourceOf(connectionId)
      const { filters, undoable } = await source.call('deleteRetained', choice)
      shelf.put(ownerOf(source), filters, undoable)
    },
    'retained.list-undoable': ({ connectionId }) => shelf.list(ownerOf(sourceOf(connectionId))),
    'retained.undo': async ({ connectionId, deletionId }) => {
      const source = sourceOf(connectionId)
      const shelved = shelf.find(ownerOf(source), deletionId)
      if (shelved === undefined) throw new AppError('retained-undo-gone', 'This deletion can no longer be undone', { deletionId })
      const left = await source.call('restoreRetained', shelved.messages, shelved.filters)
      shelf.keepOnly(deletionId, new Set(left))
    },
  }
}

/** A tab that is closed and opened again is the same: it has the same profile and the same broker. */
function ownerOf(source: RetainedSource): string {
  const { source: origin, address } = source.describe()
  return JSON.stringify([origin, address])
}
