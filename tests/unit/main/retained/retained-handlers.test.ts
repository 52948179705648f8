import { expect, it, vi } from 'vitest'
import { retainedHandlers, type RetainedSource } from '../../../../src-main/retained/retained-handlers'
import { UndoShelf } from '../../../../src-main/retained/undo-shelf'
import { message } from '../support/retained-message'

const connectionId = '7d3a4c1e-5a50-4b0e-9d8e-0a6b6c2f1a11'
const choice = { kind: 'selected' as const }

/** Handlers of one tab, whose engine gives these answers. */
function handlersOf(answers: Record<string, unknown>) {
  const call = vi.fn((method: string) => Promise.resolve(answers[method]))
  const source = { call, describe: () => ({ source: { kind: 'demo' as const }, address: 'mqtt://broker:1883' }) }
  return { call, handlers: retainedHandlers(() => source as unknown as RetainedSource, new UndoShelf()) }
}

it('keeps what a deletion took until it is brought back, all of it', async () => {
  const messages = [message('a'), message('b')]
  const { call, handlers } = handlersOf({ deleteRetained: { filters: ['#'], undoable: messages }, restoreRetained: ['b'] })
  await handlers['retained.delete']({ connectionId, choice })
  const [undoable] = await handlers['retained.list-undoable']({ connectionId })
  expect(undoable).toMatchObject({ count: 2, filters: ['#'] })
  const deletionId = undoable?.deletionId ?? 0
  await handlers['retained.undo']({ connectionId, deletionId })
  expect(call).toHaveBeenCalledWith('restoreRetained', messages, ['#'])
  expect(await handlers['retained.list-undoable']({ connectionId })).toMatchObject([{ deletionId, count: 1 }])
})

it('says what a deletion would displace', async () => {
  const plan = { count: 1, bytes: 1, undoable: 1, undoableBytes: 300 * 1024 * 1024, sample: ['a'] }
  const { handlers } = handlersOf({ deleteRetained: { filters: ['#'], undoable: [message('a')] }, planRetained: plan })
  await handlers['retained.delete']({ connectionId, choice })
  expect(await handlers['retained.plan']({ connectionId, choice })).toEqual({ ...plan, displaces: 1 })
})

it('says that a deletion is no longer there to be undone', async () => {
  const { handlers } = handlersOf({})
  await expect(async () => handlers['retained.undo']({ connectionId, deletionId: 7 })).rejects.toMatchObject({ code: 'retained-undo-gone' })
})
