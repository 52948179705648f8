import { parentPort, workerData } from 'node:worker_threads'
import { toWireError } from '@shared/ipc/app-error'
import { Engine } from './engine'
import type { EngineConfig } from './engine-api'
import type { EngineCall, EnginePost } from './engine-port'

// The thread an engine lives in. Main is the only one who posts here, so calls are trusted.
if (parentPort === null) throw new Error('engine-worker runs in a worker thread')
const port = parentPort
const post = (message: EnginePost): void => port.postMessage(message)

const engine = new Engine(workerData as EngineConfig, (event) => post({ kind: 'event', event }))

port.on('message', ({ callId, method, args }: EngineCall) => {
  const fail = (error: unknown): void => post({ kind: 'error', callId, error: toWireError(error) })
  try {
    const call = engine[method] as (...args: readonly unknown[]) => unknown
    const value = call.apply(engine, [...args])
    if (value instanceof Promise) value.then(() => post({ kind: 'answer', callId, value: undefined }), fail)
    // Answered in the same turn: news that the call causes comes after its answer.
    else post({ kind: 'answer', callId, value })
  } catch (error) {
    fail(error)
  }
})
