import type { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { EngineApi, EngineEvent } from '../../../../src-main/engine/engine-api'
import type { EnginePost } from '../../../../src-main/engine/engine-port'

interface Thread {
  readonly posts: EnginePost[]
  port: EventEmitter
  emit: (event: EngineEvent) => void
  config: unknown
}
const thread = vi.hoisted((): Thread => ({ posts: [], port: null as unknown as EventEmitter, emit: () => undefined, config: null }))

vi.mock('node:worker_threads', async (importActual) => {
  const { EventEmitter: Emitter } = await import('node:events')
  thread.port = Object.assign(new Emitter(), { postMessage: (post: EnginePost) => thread.posts.push(post) })
  return { ...(await importActual<object>()), parentPort: thread.port, workerData: { logBudgetBytes: 5, forgetClearedTopics: false, expandedTopics: [] } }
})

vi.mock('../../../../src-main/engine/engine', () => ({
  Engine: class {
    readonly #name = 'engine'
    constructor(config: unknown, emit: (event: EngineEvent) => void) {
      thread.config = config
      thread.emit = emit
    }
    dropPublishes([publishId]: number[]): boolean {
      thread.emit({ kind: 'publish', publishId: publishId ?? 0, state: { kind: 'dropped' } })
      return this.#name === 'engine'
    }
    readWhole(sequence: number): never {
      throw new AppError('message-evicted', 'gone', { sequence })
    }
    readMessage(): never {
      throw new TypeError('oops')
    }
    disconnect(): Promise<void> {
      return Promise.resolve()
    }
  },
}))

const call = (method: keyof EngineApi, ...args: unknown[]): void => {
  thread.port.emit('message', { callId: 9, method, args })
}

beforeEach(async () => {
  await import('../../../../src-main/engine/engine-worker')
  thread.posts.length = 0
})

describe('the thread of an engine', () => {
  it('makes the engine with what it was started with', () => {
    expect(thread.config).toEqual({ logBudgetBytes: 5, forgetClearedTopics: false, expandedTopics: [] })
  })

  it('calls the engine and answers; news of the call come in the order they happened', () => {
    call('dropPublishes', [3])
    expect(thread.posts).toEqual([
      { kind: 'event', event: { kind: 'publish', publishId: 3, state: { kind: 'dropped' } } },
      { kind: 'answer', callId: 9, value: true },
    ])
  })

  it('answers with the error, its code and details', () => {
    call('readWhole', 4)
    expect(thread.posts).toEqual([
      { kind: 'error', callId: 9, error: { code: 'message-evicted', message: 'gone', details: { sequence: 4 } } },
    ])
  })

  it('survives a fault of its own', () => {
    call('readMessage')
    expect(thread.posts).toEqual([{ kind: 'error', callId: 9, error: { code: 'internal', message: 'oops', details: {} } }])
  })

  it('answers a method that takes time when it is done', async () => {
    call('disconnect')
    expect(thread.posts).toEqual([])
    await vi.waitFor(() => expect(thread.posts).toEqual([{ kind: 'answer', callId: 9, value: undefined }]), { interval: 1 })
  })
})
