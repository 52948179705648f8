import { parentPort } from 'node:worker_threads'
import { answerCall, type Call } from '../threads/calls'
import { PayloadReader } from './payload-reader'

// The thread that takes payloads apart. Main is the only one who posts here, so calls are trusted; what is in them is not.
if (parentPort === null) throw new Error('payload-worker runs in a worker thread')
const port = parentPort
const reader = new PayloadReader()

port.on('message', (call: Call) => answerCall(reader, call, (answer) => port.postMessage(answer)))
