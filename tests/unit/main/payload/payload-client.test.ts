import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AUTOMATIC } from '@shared/payload/reading'
import { PayloadClient } from '../../../../src-main/payload/payload-client'
import type { Call } from '../../../../src-main/threads/calls'
import { bytesOf, messageOf } from '../../../support/read-payload'

/** What the client sees of a thread. */
class FakeWorker extends EventEmitter {
  readonly calls: Call[] = []
  terminated = 0

  postMessage(call: Call): void {
    this.calls.push(call)
  }

  terminate(): Promise<number> {
    this.terminated += 1
    this.emit('exit', 1)
    return Promise.resolve(1)
  }

  answer(value: unknown): void {
    this.emit('message', { kind: 'answer', callId: this.calls.at(-1)?.callId, value })
  }
}
const workers = vi.hoisted((): FakeWorker[] => [])
const options = vi.hoisted((): { resourceLimits?: { maxOldGenerationSizeMb?: number } }[] => [])
const broken = vi.hoisted(() => ({ starts: 0 }))

vi.mock('./payload-worker?nodeWorker', () => ({
  default: (given: object) => {
    options.push(given)
    if (broken.starts > 0) {
      broken.starts -= 1
      throw new Error('no more threads')
    }
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  },
}))

const TOO_LONG = expect.objectContaining({ code: 'payload-took-too-long' }) as Error
const DIED = expect.objectContaining({ code: 'payload-unreadable' }) as Error

function workerAt(index: number): FakeWorker {
  const worker = workers[index]
  if (worker === undefined) throw new Error('no such thread')
  return worker
}

const render = (client: PayloadClient, text: string) =>
  client.call('render', messageOf(bytesOf(text)), { reading: AUTOMATIC, by: null }, 1_000)

/** Lets everything that waits for nothing happen. */
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  workers.length = 0
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the payload thread', () => {
  it('starts when it is needed, and answers one call after the other', async () => {
    const client = new PayloadClient(1_000)
    expect(workers).toHaveLength(0)
    const first = render(client, 'first')
    const second = render(client, 'second')
    expect(workerAt(0).calls).toHaveLength(1)
    workerAt(0).answer('one')
    await expect(first).resolves.toBe('one')
    await settle()
    expect(workerAt(0).calls).toHaveLength(2)
    workerAt(0).answer('two')
    await expect(second).resolves.toBe('two')
    expect(workers).toHaveLength(1)
  })

  it('that hangs is ended, and another one goes on with the next call', async () => {
    const client = new PayloadClient(1_000)
    const hung = expect(render(client, 'hangs')).rejects.toEqual(TOO_LONG)
    const next = render(client, 'next')
    await vi.advanceTimersByTimeAsync(999)
    expect(workerAt(0).terminated).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    await hung
    await settle()
    expect(workerAt(0).terminated).toBe(1)
    workerAt(1).answer('fine')
    await expect(next).resolves.toBe('fine')
    expect(workers).toHaveLength(2)
  })

  it('that cannot be ended at once keeps nobody waiting', async () => {
    const client = new PayloadClient(1_000)
    const hung = expect(render(client, 'hangs')).rejects.toEqual(TOO_LONG)
    const next = render(client, 'next')
    workerAt(0).terminate = () => new Promise(() => undefined)
    await vi.advanceTimersByTimeAsync(1_000)
    await hung
    await settle()
    workerAt(1).answer('fine')
    await expect(next).resolves.toBe('fine')
  })

  it('has a limit of memory, so that a payload takes down no more than itself', () => {
    void render(new PayloadClient(1_000), 'first')
    expect(options.at(-1)?.resourceLimits?.maxOldGenerationSizeMb).toBe(1_024)
  })

  it('that does not start fails its call alone', async () => {
    const client = new PayloadClient(1_000)
    broken.starts = 1
    await expect(render(client, 'first')).rejects.toThrow('no more threads')
    const next = render(client, 'next')
    workerAt(0).answer('fine')
    await expect(next).resolves.toBe('fine')
  })

  it('has its time for each call, however long the ones before took', async () => {
    const client = new PayloadClient(1_000)
    const first = render(client, 'first')
    const second = render(client, 'second')
    await vi.advanceTimersByTimeAsync(900)
    workerAt(0).answer('one')
    await first
    await vi.advanceTimersByTimeAsync(900)
    workerAt(0).answer('two')
    await expect(second).resolves.toBe('two')
  })

  it('that dies fails its call alone', async () => {
    const client = new PayloadClient(1_000)
    const killed = expect(render(client, 'kills')).rejects.toEqual(DIED)
    const next = render(client, 'next')
    workerAt(0).emit('error', new Error('out of memory'))
    workerAt(0).emit('exit', 1)
    await killed
    await settle()
    workerAt(1).answer('fine')
    await expect(next).resolves.toBe('fine')
  })

  it('stops, and fails what waits', async () => {
    const client = new PayloadClient(1_000)
    const running = expect(render(client, 'runs')).rejects.toEqual(DIED)
    const waiting = expect(render(client, 'waits')).rejects.toEqual(DIED)
    await client.stop()
    await running
    await waiting
    expect(workerAt(0).terminated).toBe(1)
    expect(workers).toHaveLength(1)
  })
})
