// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { PublishState } from '@shared/message/publish'
import { usePublishStore, waitingOf } from '../../../../../src-renderer/features/publish/publish-store'

type Update = { connectionId: string; publishId: number; state: PublishState }

const bridge = vi.hoisted(() => ({
  request: vi.fn<(channel: string, args: unknown) => Promise<unknown>>(),
  listeners: new Map<string, (news: unknown) => void>(),
}))
vi.mock('../../../../../src-renderer/bridge/client', () => ({
  request: bridge.request,
  listen: (channel: string, listener: (news: unknown) => void) => {
    bridge.listeners.set(channel, listener)
    return () => undefined
  },
}))

const id = 'connection-1'
const message = { topic: 'a', payload: Uint8Array.of(1), qos: 1 as const, retain: false }
const acknowledged: PublishState = { kind: 'acknowledged', reasonCode: 0, elapsedMs: 3 }
const tell = (update: Update) => bridge.listeners.get('publishes.updated')?.(update)
const engineEnds = () => bridge.listeners.get('publishes.lost')?.({ connectionId: id })

describe('the publish store', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    bridge.request.mockReset()
  })

  it('follows a publish from the reply to its acknowledgement', async () => {
    const store = usePublishStore()
    bridge.request.mockResolvedValue({ publishId: 7, state: { kind: 'in-flight' } })
    await store.publish(id, message, false)
    expect(store.deskOf(id).outcome).toMatchObject({ kind: 'state', state: { kind: 'in-flight' } })
    tell({ connectionId: id, publishId: 7, state: acknowledged })
    expect(store.deskOf(id)).toMatchObject({ sent: 1, outcome: { state: acknowledged } })
  })

  it('takes an acknowledgement that overtook the reply', async () => {
    const store = usePublishStore()
    bridge.request.mockImplementation(() => {
      tell({ connectionId: id, publishId: 7, state: acknowledged })
      return Promise.resolve({ publishId: 7, state: { kind: 'in-flight' } })
    })
    await store.publish(id, message, false)
    expect(store.deskOf(id)).toMatchObject({ sent: 1, outcome: { state: acknowledged } })
  })

  it('takes no publish of a new engine for one of an engine that crashed', async () => {
    const store = usePublishStore()
    bridge.request.mockResolvedValueOnce({ publishId: 1, state: { kind: 'queued' } })
    await store.publish(id, message, false)
    engineEnds()
    expect(waitingOf(store.deskOf(id))).toEqual([])
    expect(store.deskOf(id).outcome).toMatchObject({ kind: 'error', error: { code: 'engine-unavailable' } })
    // A saved message that a run of the new engine sends counts from the start, too.
    tell({ connectionId: id, publishId: 1, state: acknowledged })
    expect(store.deskOf(id)).toMatchObject({ sent: 0, outcome: { kind: 'error' } })
  })

  it('keeps what came to an end before its engine crashed', async () => {
    const store = usePublishStore()
    bridge.request.mockResolvedValueOnce({ publishId: 1, state: acknowledged })
    await store.publish(id, message, false)
    engineEnds()
    expect(store.deskOf(id)).toMatchObject({ sent: 1, outcome: { kind: 'state', state: acknowledged } })
  })

  it('counts an earlier publish that is acknowledged while a later one is shown', async () => {
    const store = usePublishStore()
    bridge.request.mockResolvedValueOnce({ publishId: 1, state: { kind: 'in-flight' } })
    bridge.request.mockResolvedValueOnce({ publishId: 2, state: { kind: 'in-flight' } })
    await store.publish(id, message, false)
    await store.publish(id, message, false)
    tell({ connectionId: id, publishId: 1, state: acknowledged })
    expect(store.deskOf(id)).toMatchObject({ sent: 1, outcome: { state: { kind: 'in-flight' } } })
  })

  it('follows one that is sent anew after its session was lost', async () => {
    const store = usePublishStore()
    bridge.request.mockResolvedValue({ publishId: 7, state: { kind: 'in-flight' } })
    await store.publish(id, message, false)
    for (const kind of ['interrupted', 'unconfirmed', 'queued', 'in-flight'] as const) {
      tell({ connectionId: id, publishId: 7, state: { kind } })
      expect(store.deskOf(id).outcome).toMatchObject({ state: { kind } })
    }
    tell({ connectionId: id, publishId: 7, state: acknowledged })
    expect(store.deskOf(id)).toMatchObject({ sent: 1, outcome: { state: acknowledged } })
    expect(store.deskOf(id).open.size).toBe(0)
  })

  it('takes back what waits, and says how many it got', async () => {
    const store = usePublishStore()
    bridge.request.mockResolvedValueOnce({ publishId: 1, state: { kind: 'queued' } })
    bridge.request.mockResolvedValueOnce({ publishId: 2, state: { kind: 'queued' } })
    await store.publish(id, message, false)
    await store.publish(id, message, false)
    expect(waitingOf(store.deskOf(id))).toEqual([1, 2])
    bridge.request.mockResolvedValueOnce(1)
    await store.cancelWaiting(id)
    expect(bridge.request).toHaveBeenLastCalledWith('outbox.drop', { connectionId: id, choice: [1, 2] })
    expect(store.deskOf(id)).toMatchObject({ outcome: { kind: 'cancelled', count: 1 } })
    tell({ connectionId: id, publishId: 1, state: { kind: 'dropped' } })
    expect(waitingOf(store.deskOf(id))).toEqual([2])
  })

  it('shows why main refused', async () => {
    const store = usePublishStore()
    const error = new AppError('too-many', 'full')
    bridge.request.mockRejectedValue(error)
    await store.publish(id, message, false)
    expect(store.deskOf(id)).toMatchObject({ sending: false, outcome: { kind: 'error', error } })
  })
})
