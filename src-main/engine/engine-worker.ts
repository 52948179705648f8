import { parentPort, workerData } from 'node:worker_threads'
import { answerCall, type Call } from '../threads/calls'
import { Engine } from './engine'
import type { EngineConfig } from './engine-api'
import type { EnginePost } from './engine-port'

// The thread an engine lives in. Main is the only one who posts here, so calls are trusted.
if (parentPort === null) throw new Error('engine-worker runs in a worker thread')
const port = parentPort
const post = (message: EnginePost): void => port.postMessage(message)

const engine = new Engine(workerData as EngineConfig, (event) => post({ kind: 'event', event }))

port.on('message', (call: Call) => answerCall(engine, call, post))
