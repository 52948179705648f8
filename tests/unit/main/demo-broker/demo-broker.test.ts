import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DemoBroker } from '../../../../src-main/demo-broker/demo-broker'
import type { DemoBrokerPost } from '../../../../src-main/demo-broker/demo-broker-worker'

class FakeWorker extends EventEmitter {
  terminated = 0
  terminate(): Promise<number> {
    this.terminated += 1
    return Promise.resolve(0)
  }
  post(post: DemoBrokerPost): void {
    this.emit('message', post)
  }
}
const workers = vi.hoisted((): FakeWorker[] => [])

vi.mock('./demo-broker-worker?nodeWorker', () => ({
  default: () => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  },
}))

const FAILED = (detail: string) => expect.objectContaining({ code: 'demo-broker-failed', details: { detail } }) as Error

beforeEach(() => {
  workers.length = 0
})

describe('DemoBroker', () => {
  it('starts once, however often it is asked for', async () => {
    const broker = new DemoBroker()
    const ports = [broker.start(), broker.start()]
    workers[0]?.post({ kind: 'listening', port: 4_711 })
    expect(await Promise.all([...ports, broker.start()])).toEqual([4_711, 4_711, 4_711])
    expect(workers).toHaveLength(1)
  })

  it.each([
    ['it says so', (worker: FakeWorker) => worker.post({ kind: 'failed', detail: 'EADDRINUSE' }), 'EADDRINUSE'],
    ['its thread throws', (worker: FakeWorker) => worker.emit('error', new Error('boom')), 'boom'],
    ['its thread ends', (worker: FakeWorker) => worker.emit('exit', 3), 'exit code 3'],
  ])('fails when %s, and can be asked for again', async (_what, fail, detail) => {
    const broker = new DemoBroker()
    const first = broker.start()
    if (workers[0] !== undefined) fail(workers[0])
    await expect(first).rejects.toEqual(FAILED(detail))
    const second = broker.start()
    workers[1]?.post({ kind: 'listening', port: 1 })
    expect(await second).toBe(1)
  })

  it('is started anew after its thread died', async () => {
    const broker = new DemoBroker()
    const first = broker.start()
    workers[0]?.post({ kind: 'listening', port: 1 })
    await first
    workers[0]?.emit('exit', 1)
    const second = broker.start()
    workers[1]?.post({ kind: 'listening', port: 2 })
    expect(await second).toBe(2)
  })

  it('is not forgotten because an earlier one ends late', async () => {
    const broker = new DemoBroker()
    const first = broker.start()
    workers[0]?.post({ kind: 'failed', detail: 'x' })
    await expect(first).rejects.toEqual(FAILED('x'))
    const second = broker.start()
    workers[1]?.post({ kind: 'listening', port: 2 })
    await second
    workers[0]?.emit('exit', 1)
    expect(await Promise.race([broker.start(), Promise.resolve(0)])).toBe(2)
    expect(workers).toHaveLength(2)
  })

  it('leaves no thread behind', async () => {
    const broker = new DemoBroker()
    await broker.stop()
    const first = broker.start()
    workers[0]?.post({ kind: 'failed', detail: 'x' })
    await expect(first).rejects.toEqual(FAILED('x'))
    expect(workers[0]?.terminated).toBe(1)
    void broker.start()
    await broker.stop()
    expect(workers[1]?.terminated).toBe(1)
  })
})
