import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { requests, type RequestChannel } from '@shared/ipc/contract'
import type { Reply } from '@shared/ipc/reply'
import type { Handlers } from '../../../../src-main/ipc/handlers'
import { registerRequests } from '../../../../src-main/ipc/register'

type Listener = Parameters<IpcMain['handle']>[1]
const CHANNELS = Object.keys(requests) as RequestChannel[]
const CANARY = 'canary-7f3a'
const UUID = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'

function setUp(handlers: Partial<Handlers> = {}, isOurPage: (event: IpcMainInvokeEvent) => boolean = () => true) {
  const listeners = new Map<string, Listener>()
  const called: string[] = []
  const others = Object.fromEntries(CHANNELS.map((channel) => [channel, () => called.push(channel)])) as unknown as Handlers
  registerRequests(
    {
      handle: (channel, listener) => {
        if (listeners.has(channel)) throw new Error(`${channel} is registered twice`)
        listeners.set(channel, listener)
      },
    },
    { ...others, ...handlers },
    isOurPage,
  )
  return {
    listeners,
    called,
    invoke: async (channel: RequestChannel, argument?: unknown): Promise<Reply> => {
      const event = { senderFrame: { url: 'app://pubscope/index.html' } } as unknown as IpcMainInvokeEvent
      return (await listeners.get(channel)?.(event, argument)) as Reply
    },
  }
}

describe('registerRequests', () => {
  it('registers every channel of the contract, and no other', () => {
    expect([...setUp().listeners.keys()].sort()).toEqual([...CHANNELS].sort())
  })

  it('hands the parsed argument over and the result back', async () => {
    const { invoke } = setUp({ 'views.open': ({ connectionId, spec }) => ({ viewId: connectionId === UUID && spec.kind === 'statistics' ? 7 : 0 }) })
    const reply = await invoke('views.open', { connectionId: UUID, spec: { kind: 'statistics' } })
    expect(reply).toEqual({ ok: true, value: { viewId: 7 } })
  })

  it('waits for a handler that takes its time', async () => {
    const { invoke } = setUp({ 'connections.list': () => Promise.resolve([]) })
    expect(await invoke('connections.list')).toEqual({ ok: true, value: [] })
  })

  it('trims what the schema trims', async () => {
    const names: string[] = []
    const { invoke } = setUp({
      'profiles.duplicate': ({ name }) => {
        names.push(name)
        throw new AppError('profile-not-found', 'gone')
      },
    })
    await invoke('profiles.duplicate', { profileId: UUID, name: '  Kitchen ' })
    expect(names).toEqual(['Kitchen'])
  })
})

describe('a sender that is not our page', () => {
  it.each(CHANNELS)('is refused: %s', async (channel) => {
    const { invoke, called } = setUp({}, () => false)
    expect(await invoke(channel)).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    expect(called).toEqual([])
  })

  it('is refused also when the question itself fails', async () => {
    const { invoke, called } = setUp({}, () => {
      throw new TypeError('Invalid URL')
    })
    expect((await invoke('app.read-info')).ok).toBe(false)
    expect(called).toEqual([])
  })
})

describe('an argument that does not fit', () => {
  it.each(CHANNELS)('never reaches the handler of %s', async (channel) => {
    const { invoke, called } = setUp()
    for (const argument of [{ [CANARY]: 1 }, null, 5, [CANARY]]) {
      const reply = await invoke(channel, argument)
      expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-arguments' } })
    }
    expect(called).toEqual([])
  })

  it.each([
    ['a password of the wrong type', { kind: 'set', password: [CANARY], storage: 'plain' }],
    ['a password with an unknown place to keep it', { kind: 'set', password: CANARY, storage: 'cloud' }],
    ['a password where none belongs', { kind: 'keep', password: CANARY }],
    ['a password that is too long', { kind: 'set', password: CANARY.repeat(10_000), storage: 'plain' }],
    ['a lone surrogate in it', { kind: 'set', password: `${CANARY}\uD800`, storage: 'plain' }],
  ])('is named by its place, never by its value: %s', async (_what, password) => {
    const { invoke } = setUp()
    const reply = await invoke('profiles.save', { profileId: null, draft: { name: CANARY, host: ` ${CANARY} ` }, password })
    expect(reply.ok).toBe(false)
    expect(JSON.stringify(reply)).not.toContain(CANARY)
    expect(reply).toMatchObject({ error: { message: expect.stringContaining('profiles.save: ') as string } })
  })
})

describe('what a handler throws', () => {
  it('keeps its code, message and details when it is meant for the user', async () => {
    const error = new AppError('too-many', 'Too many views are open', { limit: 200 })
    const thrown = setUp({
      'connections.list': () => {
        throw error
      },
    })
    const rejected = setUp({ 'connections.list': () => Promise.reject(error) })
    for (const { invoke } of [thrown, rejected]) {
      expect(await invoke('connections.list')).toEqual({
        ok: false,
        error: { code: 'too-many', message: 'Too many views are open', details: { limit: 200 } },
      })
    }
  })

  it.each([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['an error with a code of another kind', Object.assign(new Error('no such file'), { code: 'not-allowed' }), 'no such file'],
  ])('is a fault of ours else: %s', async (_what, thrown, message) => {
    const { invoke } = setUp({
      'connections.list': () => Promise.reject(thrown),
    })
    expect(await invoke('connections.list')).toEqual({ ok: false, error: { code: 'internal', message, details: {} } })
  })
})
