import { createServer } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { Aedes } from 'aedes'
import { allSensorMessages, sensorMessage, statusMessages, type FleetMessage } from './fleet'

// A broker on the loopback interface and a small fleet that publishes to it, in a thread of their own:
// the app's main thread stays free, and both end with it.
const SENSOR_INTERVAL_MS = 150
const STATUS_INTERVAL_MS = 15_000

/** What this thread tells main. */
export type DemoBrokerPost = { kind: 'listening'; port: number } | { kind: 'failed'; detail: string }

async function start(): Promise<void> {
  const broker = await Aedes.createBroker()
  const publish = ({ topic, payload, retain }: FleetMessage): void => {
    broker.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain, dup: false }, () => undefined)
  }
  const server = createServer(broker.handle)
  server.on('error', (error) => tell({ kind: 'failed', detail: error.message }))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') tell({ kind: 'listening', port: address.port })
  })
  statusMessages(new Date()).forEach(publish)
  // A newcomer sees every sensor at once rather than one by one.
  broker.on('subscribe', () => allSensorMessages(new Date()).forEach(publish))
  setInterval(() => publish(sensorMessage(new Date())), SENSOR_INTERVAL_MS)
  setInterval(() => statusMessages(new Date()).forEach(publish), STATUS_INTERVAL_MS)
}

function tell(post: DemoBrokerPost): void {
  parentPort?.postMessage(post)
}

start().catch((error: unknown) => tell({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) }))
