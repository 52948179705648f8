import { createConnection } from 'node:net'
import { generate } from 'mqtt-packet'
import { encodePublishes, flood, type EncodedPackets } from '../support/flood'
import { waitUntil } from '../support/wait-until'
import { expect, test, type App } from './support/app'

const MEGABYTE = 1024 * 1024

/** `count` topics of a plant, some dozens of devices in each cell. */
function* plantTopics(count: number): Iterable<string> {
  for (let index = 0; index < count; index += 1) {
    const [line, cell] = [index % 20, Math.floor(index / 20) % 100]
    yield `plant/line-${line}/cell-${cell}/device-${index}/temperature`
  }
}

function* messagesOn(topics: Iterable<string>, retain = false): Iterable<{ topic: string; payload: string; retain: boolean }> {
  let count = 0
  for (const topic of topics) {
    count += 1
    yield { topic, payload: JSON.stringify({ count, value: 21.5, unit: '°C', note: 'x'.repeat(70) }), retain }
  }
}

/** Writes all packets to a broker and waits until it has taken the last. */
async function store(port: number, { bytes }: EncodedPackets): Promise<void> {
  const socket = createConnection({ host: '127.0.0.1', port })
  const acknowledged = new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      if (chunk.includes(Buffer.of(0x40, 2, 0, 7))) resolve()
    })
  })
  socket.write(generate({ cmd: 'connect', clientId: 'store', protocolVersion: 4, protocolId: 'MQTT', clean: true, keepalive: 0 }))
  socket.write(bytes)
  socket.write(generate({ cmd: 'publish', topic: 'last', payload: '', qos: 1, messageId: 7, retain: false, dup: false }))
  await acknowledged
  socket.destroy()
}

/** Memory of each of the app's processes, from the processes themselves. */
async function workingSets(app: App): Promise<{ type: string; bytes: number }[]> {
  return app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, memory }) => ({ type, bytes: memory.workingSetSize * 1024 })),
  )
}

async function count(app: App, id: 'messages-received' | 'topics-known'): Promise<number> {
  return Number(((await app.counter(id).textContent()) ?? '').replace(/\D/g, ''))
}

test('200,000 retained topics arrive at connect, and the tree is of use meanwhile', async ({ start, mosquitto }) => {
  const topics = 200_000
  // Without the limit Mosquitto drops retained messages where the network does not keep up.
  const { port } = await mosquitto({ extraConfig: 'max_queued_messages 0' })
  await store(port, encodePublishes(messagesOn(plantTopics(topics), true), 4))
  const app = await start([`mqtt://127.0.0.1:${port}`])

  const row = await app.reveal('plant/line-3/cell-1')
  await row.click()
  await row.press('ArrowRight')
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await app.page.keyboard.press('ArrowDown')
  await expect(app.inspector).toContainText('device-')

  // The broker's own, below $SYS, are counted too.
  await expect.poll(() => count(app, 'topics-known'), { timeout: 30_000 }).toBeGreaterThanOrEqual(topics)
  await expect(app.topic('plant')).toContainText('200,000 sub-topics')
  await expect(app.topic('plant/line-3/cell-1')).toContainText('100 sub-topics')

  const metrics = await workingSets(app)
  const page = metrics.find(({ type }) => type === 'Tab')
  const main = metrics.find(({ type }) => type === 'Browser')
  // The page holds what is on screen; the engine lives in main's process, with 30 MB of values and as much of topics.
  expect(page?.bytes).toBeLessThan(350 * MEGABYTE)
  expect(main?.bytes).toBeLessThan(600 * MEGABYTE)
})

test('a flood of 100,000 messages a second does not keep anyone from searching and scrolling', async ({ start, rawBroker }) => {
  const broker = await rawBroker()
  const app = await start([broker.url])
  const client = await waitUntil(() => broker.clients[0], { timeoutMs: 10_000, what: () => 'the app' })
  await waitUntil(() => client.packets.some(({ cmd }) => cmd === 'subscribe'), { timeoutMs: 10_000, what: () => 'its subscription' })
  const running = flood(client, encodePublishes(messagesOn(plantTopics(10_000)), 5), 100_000)

  await app.reveal('plant/line-3')
  const search = app.page.getByRole('searchbox')
  await search.pressSequentially('line-3/cell-42', { delay: 30 })
  await expect(app.topic('plant/line-3/cell-42')).toContainText('5 sub-topics')
  await search.fill('')
  await expect(app.topic('plant')).toContainText('10,000 sub-topics')
  await (await app.reveal('plant/line-3/cell-1')).click()
  await app.page.keyboard.press('End')
  await app.page.keyboard.press('Home')
  await expect(app.topic('plant')).toHaveAttribute('aria-selected', 'true')

  const sent = running.stop()
  expect(sent).toBeGreaterThan(100_000)
  await expect.poll(() => count(app, 'messages-received'), { timeout: 20_000 }).toBe(sent)
  await expect(app.topic('plant')).toContainText('10,000 sub-topics')
})
