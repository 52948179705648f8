// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askedOf } from '@shared/connection/asked'
import type { Connection } from '@shared/connection/connection'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { AppError } from '@shared/ipc/app-error'
import { useConnectionsStore } from '../../../../../src-renderer/features/connections/store'
import { BROKER, ONLINE, someFailure } from '../../../../support/connection-status'

const bridge = vi.hoisted(() => ({
  request: vi.fn<(channel: string, args: unknown) => Promise<unknown>>(),
  changed: (_connections: unknown): void => undefined,
}))
vi.mock('../../../../../src-renderer/bridge/client', () => ({
  request: bridge.request,
  listen: (_channel: string, listener: (connections: unknown) => void) => {
    bridge.changed = listener
    return () => undefined
  },
}))

const connection = (id: string, patch: Partial<Connection> = {}): Connection => ({
  id,
  name: id,
  source: { kind: 'profile', profileId: `profile of ${id}` },
  address: 'mqtt://localhost:1883',
  routes: ['direct'],
  tlsChecks: null,
  username: '',
  clientId: 'x',
  asked: askedOf(defaultProfileDraft('x')),
  status: { phase: 'offline' },
  subscriptions: [],
  outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
  paused: false,
  ...patch,
})

async function storeWith(ids: string[], selected: string | null) {
  bridge.request.mockImplementation((channel) =>
    Promise.resolve(channel === 'connections.list' ? ids.map((id) => connection(id)) : undefined),
  )
  const store = useConnectionsStore()
  await store.start(selected)
  return store
}

describe('the connections store', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    bridge.request.mockReset()
  })

  it('starts with the tab that was in front, or the first', async () => {
    expect((await storeWith(['a', 'b', 'c'], 'b')).activeId).toBe('b')
    setActivePinia(createPinia())
    expect((await storeWith(['a', 'b', 'c'], 'gone')).activeId).toBe('a')
  })

  it.each([
    ['b', ['a', 'c'], 'c'],
    ['c', ['a', 'b'], 'b'],
    ['a', [], null],
  ])('when %s is closed its neighbour comes to the front', async (closed, left, expected) => {
    const store = await storeWith(['a', 'b', 'c'], closed)
    bridge.changed(left.map((id) => connection(id)))
    expect(store.activeId).toBe(expected)
    expect(bridge.request).toHaveBeenCalledWith('connections.select', { connectionId: expected })
  })

  it('asks before it closes a tab with messages still to be published', async () => {
    const store = await storeWith(['a'], 'a')
    bridge.changed([connection('a', { outbox: { queued: 1, inFlight: 0, unconfirmed: 1 } })])
    bridge.request.mockResolvedValue([])
    await store.close('a')
    expect(store.closing?.id).toBe('a')
    expect(bridge.request).not.toHaveBeenCalledWith('connections.close', expect.anything())
    await store.closeAnyway('a')
    expect(bridge.request).toHaveBeenCalledWith('connections.close', { connectionId: 'a' })
  })

  it('asks before it closes a tab with runs under way, which end with it', async () => {
    const store = await storeWith(['a'], 'a')
    bridge.request.mockImplementation((channel) => Promise.resolve(channel === 'connections.list-runs' ? [{ name: 'Both', sent: 3, total: null }] : undefined))
    await store.close('a')
    expect(store.closing).toEqual({ id: 'a', name: 'a', unfinished: 0, runs: [{ name: 'Both', sent: 3, total: null }] })
    expect(bridge.request).not.toHaveBeenCalledWith('connections.close', expect.anything())
    bridge.request.mockResolvedValue([])
    await store.close('a')
    expect(bridge.request).toHaveBeenCalledWith('connections.close', { connectionId: 'a' })
  })

  it.each(['password', 'passphrase', 'proxyPassword', 'headers', 'authenticationData'])('asks for a %s that was kept only until the app closed', async (secret) => {
    const store = await storeWith(['a'], 'a')
    bridge.request.mockRejectedValue(new AppError('password-needed', '', { profile: 'a', secret }))
    await store.connect('a')
    expect(store.secretNeeded).toEqual({ profileId: 'profile of a', secret })
    bridge.request.mockRejectedValue(new AppError('internal', ''))
    await expect(store.connect('a')).rejects.toThrow()
  })

  it('remembers that a tab was online while it comes and goes, until the user or the broker ends it', async () => {
    const store = await storeWith(['a'], 'a')
    const failure = someFailure({ code: 'connection-lost' })
    const seen = (status: Connection['status']) => {
      bridge.changed([connection('a', { status })])
      return store.hasBeenOnline.has('a')
    }
    const connecting = { phase: 'connecting', attempt: 1, broker: BROKER, lastFailure: null } as const
    expect(seen(connecting)).toBe(false)
    expect(seen(ONLINE)).toBe(true)
    expect(seen({ phase: 'reconnecting', attempt: 1, nextAttemptAtMs: 0, failure, broker: BROKER, failures: [] })).toBe(true)
    expect(seen(connecting)).toBe(true)
    expect(seen({ phase: 'offline' })).toBe(false)
    expect(seen(connecting)).toBe(false)
  })

  it('forgets the topics of a tab whose engine crashed, and only then', async () => {
    const store = await storeWith(['a'], 'a')
    store.rememberTopics('a')
    const failed = (code: 'refused' | 'engine-crashed') =>
      connection('a', { status: { phase: 'failed', attempts: 1, failure: someFailure({ code }), broker: BROKER, failures: [] } })
    bridge.changed([failed('refused')])
    expect(store.withTopics.has('a')).toBe(true)
    bridge.changed([failed('engine-crashed')])
    expect(store.withTopics.has('a')).toBe(false)
  })
})
