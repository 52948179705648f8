import { parentPort, workerData } from 'node:worker_threads'
import { answerCall } from '../threads/calls'
import { Engine } from './engine'
import type { EngineConfig } from './engine-api'
import type { EngineMessage, EnginePost } from './engine-port'
import { RemoteEncoder } from './remote-encoder'

// The thread an engine lives in. Main is the only one who posts here, so calls are trusted.
if (parentPort === null) throw new Error('engine-worker runs in a worker thread')
const port = parentPort
const post = (message: EnginePost): void => port.postMessage(message)

const encoder = new RemoteEncoder((encodeId, text, format) => post({ kind: 'encode', encodeId, text, format }))
const engine = new Engine(
  workerData as EngineConfig,
  (event) => post({ kind: 'event', event }),
  (text, format) => encoder.encode(text, format),
)

port.on('message', (message: EngineMessage) => {
  if ('encodeId' in message) encoder.answered(message.encodeId, message.encoding)
  else answerCall(engine, message, post)
})
