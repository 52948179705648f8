import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { EngineClient } from '../../../../src-main/engine/engine-client'
import type { EncodeText, EngineEvent } from '../../../../src-main/engine/engine-api'
import type { EnginePost } from '../../../../src-main/engine/engine-port'
import type { Call } from '../../../../src-main/threads/calls'

/** What the client sees of a thread. */
class FakeWorker extends EventEmitter {
  readonly calls: Call[] = []
  terminated = 0

  constructor(readonly options: { workerData: unknown }) {
    super()
  }

  postMessage(call: Call): void {
    this.calls.push(call)
  }

  terminate(): Promise<number> {
    this.terminated += 1
    this.emit('exit', 1)
    return Promise.resolve(1)
  }

  post(post: EnginePost): void {
    this.emit('message', post)
  }
}
const workers = vi.hoisted((): FakeWorker[] => [])

vi.mock('./engine-worker?nodeWorker', () => ({
  default: (options: { workerData: unknown }) => {
    const worker = new FakeWorker(options)
    workers.push(worker)
    return worker
  },
}))

const CONFIG = { logBudgetBytes: 1, forgetClearedTopics: false, expandedTopics: ['a'] }
const encode: EncodeText = (text) => {
  if (text === 'closed') throw new AppError('connection-not-found', 'closed')
  return text === '' ? Promise.reject(new AppError('payload-not-encoded', 'empty')) : Promise.resolve(Uint8Array.from(Buffer.from(text)))
}
const UNAVAILABLE = expect.objectContaining({ code: 'engine-unavailable' }) as AppError

function setUp() {
  const events: EngineEvent[] = []
  const crashes: string[] = []
  const client = new EngineClient(CONFIG, {
    event: (event) => events.push(event),
    crashed: (detail) => crashes.push(detail),
  }, encode)
  const worker = workers.at(-1)
  if (worker === undefined) throw new Error('no thread was started')
  return {
    client,
    worker,
    events,
    crashes,
    answer: (call: number, value: unknown) => worker.post({ kind: 'answer', callId: worker.calls[call]?.callId ?? -1, value }),
  }
}

/** The error a promise was rejected with, or what it resolved to. */
function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error)
}

beforeEach(() => {
  vi.useFakeTimers()
  workers.length = 0
})
afterEach(() => {
  vi.useRealTimers()
})

describe('EngineClient', () => {
  it('starts a thread with its configuration', () => {
    expect(setUp().worker.options).toEqual({ workerData: CONFIG })
  })

  it('answers the thread with the bytes of a text, or why there are none', async () => {
    const { worker } = setUp()
    worker.post({ kind: 'encode', encodeId: 1, text: 'x', format: { kind: 'cbor' } })
    worker.post({ kind: 'encode', encodeId: 2, text: '', format: { kind: 'cbor' } })
    await vi.waitFor(() => expect(worker.calls).toHaveLength(2))
    expect(worker.calls).toMatchObject([
      { encodeId: 1, encoding: { ok: true, bytes: Uint8Array.of(0x78) } },
      { encodeId: 2, encoding: { ok: false, error: { code: 'payload-not-encoded' } } },
    ])
  })

  it('answers the thread also where its tab is closed already', async () => {
    const { worker } = setUp()
    worker.post({ kind: 'encode', encodeId: 3, text: 'closed', format: { kind: 'cbor' } })
    await vi.waitFor(() => expect(worker.calls).toMatchObject([{ encodeId: 3, encoding: { ok: false, error: { code: 'connection-not-found' } } }]))
  })

  it('gives each call its own answer, in whatever order they come', async () => {
    const { client, worker, answer } = setUp()
    const reveal = client.call('reveal', 1, 'a')
    const cancel = client.call('dropPublishes', [7])
    expect(worker.calls).toMatchObject([
      { method: 'reveal', args: [1, 'a'] },
      { method: 'dropPublishes', args: [[7]] },
    ])
    answer(1, 1)
    answer(0, 42)
    expect(await cancel).toBe(1)
    expect(await reveal).toBe(42)
  })

  it('gives errors back with their codes and details', async () => {
    const { client, worker } = setUp()
    const read = outcome(client.call('readWhole', 3))
    const error = { code: 'message-evicted' as const, message: 'gone', details: { sequence: 3 } }
    worker.post({ kind: 'error', callId: worker.calls[0]?.callId ?? -1, error })
    expect(await read).toBeInstanceOf(AppError)
    expect(await read).toMatchObject(error)
  })

  it('passes news on', () => {
    const { worker, events } = setUp()
    const event = { kind: 'outbox' as const, counts: { queued: 2, inFlight: 0, unconfirmed: 0 } }
    worker.post({ kind: 'event', event })
    expect(events).toEqual([event])
  })

  it('is not troubled by an answer to nothing', async () => {
    const { client, worker, answer } = setUp()
    worker.post({ kind: 'answer', callId: 999, value: 1 })
    const call = client.call('dropPublishes', null)
    answer(0, 0)
    answer(0, 1)
    expect(await call).toBe(0)
  })
})

describe('a crash', () => {
  it.each([
    ['an error', (worker: FakeWorker) => worker.emit('error', new Error('heap out of memory')), 'heap out of memory'],
    ['something thrown that is no error', (worker: FakeWorker) => worker.emit('error', 'boom'), 'boom'],
    ['an exit', (worker: FakeWorker) => worker.emit('exit', 134), 'exit code 134'],
  ])('by %s fails all calls and is told once', async (_what, crash, detail) => {
    const { client, worker, crashes } = setUp()
    const calls = [outcome(client.call('reveal', 1, 'a')), outcome(client.call('readWhole', 1))]
    crash(worker)
    worker.emit('exit', 1)
    expect(await Promise.all(calls)).toEqual([UNAVAILABLE, UNAVAILABLE])
    expect(crashes).toEqual([detail])
  })

  it('fails every later call without a word to the thread', async () => {
    const { client, worker } = setUp()
    worker.emit('exit', 1)
    expect(await outcome(client.call('disconnect'))).toEqual(UNAVAILABLE)
    expect(worker.calls).toEqual([])
    await client.stop()
    expect(worker.terminated).toBe(0)
  })
})

describe('stop', () => {
  it('takes leave of the broker first, and is no crash', async () => {
    const { client, worker, crashes, answer } = setUp()
    const stopped = client.stop()
    expect(worker.calls).toMatchObject([{ method: 'disconnect' }])
    expect(worker.terminated).toBe(0)
    answer(0, undefined)
    await stopped
    expect(worker.terminated).toBe(1)
    expect(crashes).toEqual([])
    expect(await outcome(client.call('dropPublishes', null))).toEqual(UNAVAILABLE)
  })

  it('fails the calls that still wait', async () => {
    const { client, worker, answer } = setUp()
    const call = outcome(client.call('reveal', 1, 'a'))
    const stopped = client.stop()
    answer(worker.calls.findIndex(({ method }) => method === 'disconnect'), undefined)
    await stopped
    expect(await call).toEqual(UNAVAILABLE)
  })

  it('ends a thread that no longer answers, too', async () => {
    const { client, worker, crashes } = setUp()
    const stopped = client.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(worker.terminated).toBe(1)
    await stopped
    expect(crashes).toEqual([])
  })
})
