import { describe, expect, it, vi } from 'vitest'
import type { TreeRow } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { TreeModel } from '../unit/main/support/tree-model'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver, topicsOf, type DrivenView } from '../support/engine-driver'
import { mosquittoPub } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

/** A second engine that does nothing but publish. */
async function publisher(port: number): Promise<EngineDriver> {
  const made = bench.driver()
  await made.online(connectionConfig(port, { subscriptions: [] }))
  return made
}

function rowOf({ frame }: DrivenView<'tree'>, topic: string): TreeRow {
  const row = frame?.rows.find((each) => each.topic === topic)
  if (row === undefined) throw new Error(`no row for ${JSON.stringify(topic)}: ${JSON.stringify(topicsOf(frame?.rows ?? []))}`)
  return row
}

/** The newest message of a topic, as the topic view lists it. */
async function newestOf(app: EngineDriver, topic: string) {
  const view = app.openView<'topic'>({ kind: 'topic', topic, newest: null, firstRow: 0, rowCount: 1 })
  const { history } = await view.waitFor(`a message on ${topic}`, (frame) => frame.history.length > 0)
  view.close()
  const [newest] = history
  if (newest === undefined) throw new Error(`no message on ${topic}`)
  return newest
}

describe('the tree', () => {
  it('counts what was published, topic by topic, empty levels and all', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(port))
    const sender = await publisher(port)
    const topics = ['a', '/a', 'a/', 'a//b', 'a/b', '/', '//', 'a//b', 'a', 'küche/😀', '__proto__/constructor', 'a', ' ']
    for (const topic of topics) await sender.publish({ topic, payload: Buffer.from(`${topics.indexOf(topic)}`), qos: 1 })
    const { rows } = await tree.waitFor('all messages', (frame) => {
      return frame.rows.reduce((sum, row) => sum + (row.level === 1 ? row.messages : 0), 0) === topics.length
    })
    const shown = rows.map(({ topic, level, position, siblings, expanded, messages, subtopics }) => {
      return { topic, level, position, siblings, expanded, messages, subtopics }
    })
    const expected = new TreeModel(topics).rows({ sort: 'name', filter: null, isExpanded: () => true })
    expect(shown).toEqual(
      expected.map(({ topic, level, position, siblings, expanded, messages, subtopics }) => {
        return { topic, level, position, siblings, expanded, messages, subtopics }
      }),
    )
    for (const topic of topics) expect(rowOf(tree, topic).preview).toBe(String(topics.indexOf(topic)))
  })

  it('previews what an independent client sent, and has its bytes', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(port))
    const allBytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const payloads: [topic: string, payload: Uint8Array | string, kind: string, preview: string][] = [
      ['json', '{"temperature": 21.50}', 'json', '{"temperature": 21.50}'],
      ['text', 'grüß\ndich', 'text', 'grüß dich'],
      ['binary', allBytes, 'binary', Buffer.from(allBytes.subarray(0, 24)).toString('hex').replace(/..(?=.)/g, '$& ') + ' …'],
      ['empty', '', 'empty', ''],
    ]
    for (const [topic, payload] of payloads) await mosquittoPub({ port, topic, payload, qos: 1 })
    await tree.waitFor('all topics', ({ rows }) => rows.length === payloads.length)
    for (const [topic, payload, previewKind, preview] of payloads) {
      expect(rowOf(tree, topic)).toMatchObject({ previewKind, preview })
      const { sequence } = await newestOf(app, topic)
      expect(Buffer.from(app.engine.readWhole(sequence).payload)).toEqual(Buffer.from(payload))
      const rendered = app.engine.readMessage(sequence, 100)
      expect(rendered.message).toMatchObject({ totalBytes: payload.length + (topic === 'text' ? 2 : 0) })
    }
  })

  it('takes two thousand retained topics that come all at once', async () => {
    const { port } = await bench.mosquitto()
    const sender = await publisher(port)
    for (let index = 0; index < 2_000; index += 1) {
      const message = { topic: `site/${index % 20}/device-${index}`, payload: Buffer.from(String(index)), retain: true }
      if (index % 100 === 99) await sender.publish({ ...message, qos: 1 })
      else sender.engine.publish({ ...message, qos: 0 })
    }
    await sender.publish({ topic: 'site/last', payload: Buffer.from('end'), qos: 1, retain: true })

    const app = bench.driver()
    const tree = app.openView<'tree'>({ kind: 'tree', firstRow: 0, rowCount: 50, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null })
    const statistics = app.openView<'statistics'>({ kind: 'statistics' })
    await app.online(connectionConfig(port))
    await statistics.waitFor('all messages', ({ messagesReceived }) => messagesReceived === 2_001)
    expect(statistics.frame).toMatchObject({ topicsKnown: 2_001, evictedMessages: 0, refusedMessages: 0 })
    await tree.waitFor('the folder', ({ rows }) => rows[0]?.messages === 2_001)
    expect(tree.frame).toMatchObject({ totalRows: 1, rows: [{ topic: 'site', subtopics: 2_001, expanded: false }] })
    // What nobody looks at costs nothing: a closed folder is one row, whatever came below it.
    expect(tree.frames).toBeLessThan(100)

    app.engine.setExpanded(null, true, true)
    tree.update({ kind: 'tree', firstRow: 100_000, rowCount: 3, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null })
    const { rows } = await tree.waitFor('the last rows', ({ totalRows }) => totalRows === 2_022)
    expect(topicsOf(rows)).toEqual(['site/19/device-1979', 'site/19/device-1999', 'site/last'])
    expect(rows[1]).toMatchObject({ preview: '1999', retain: true, messages: 1 })
  })
})

describe('a message is shown as it was received', () => {
  it('retained when it was stored before we subscribed, not when it comes live', async () => {
    const { port } = await bench.mosquitto()
    await mosquittoPub({ port, topic: 'state', payload: 'old', retain: true, qos: 1 })
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(port))
    await tree.waitFor('the stored value', ({ rows }) => rows[0]?.preview === 'old')
    expect(rowOf(tree, 'state').retain).toBe(true)
    expect(await newestOf(app, 'state')).toMatchObject({ retain: true, sequence: 1 })
    await mosquittoPub({ port, topic: 'state', payload: 'new', retain: true, qos: 1 })
    await tree.waitFor('the live value', ({ rows }) => rows[0]?.preview === 'new')
    expect(rowOf(tree, 'state').retain).toBe(false)
    expect(app.engine.readMessage(1, 10).summary.retain).toBe(true)
    expect(app.engine.readMessage(2, 10).summary.retain).toBe(false)
  })

  it.each([
    [0, 2, 0],
    [1, 2, 1],
    [2, 2, 2],
    [2, 1, 1],
    [2, 0, 0],
  ] as const)('subscribed with QoS %i, a message sent with QoS %i comes with QoS %i', async (subscribed, sent, received) => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { subscriptions: [{ filter: '#', qos: subscribed }] }))
    await mosquittoPub({ port, topic: 'q', payload: 'x', qos: sent })
    expect(await newestOf(app, 'q')).toMatchObject({ qos: received, dup: false, payloadBytes: 1 })
  })

  it('with its MQTT 5.0 properties', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { mqttVersion: '5.0' }))
    const property = (...args: string[]) => ['-D', 'publish', ...args]
    const extraArgs = [
      ...property('content-type', 'application/json'),
      ...property('user-property', 'room', 'kitchen'),
      ...property('user-property', 'room', 'cellar'),
      ...property('response-topic', 'answers/1'),
      ...property('correlation-data', 'id-7'),
      ...property('payload-format-indicator', '1'),
      ...property('message-expiry-interval', '90'),
    ]
    await mosquittoPub({ port, topic: 'p', payload: '{"a":1.0}', extraArgs })
    const { sequence } = await newestOf(app, 'p')
    const { properties, message } = app.engine.readMessage(sequence, 100)
    // Brokers put them in an order of their own; only that of user properties is to be kept [MQTT-3.3.2-18].
    const texts = properties.map(({ name, value }) => `${name}: ${value}`)
    expect(texts.filter((text) => text.startsWith('User'))).toEqual(['User Property room: kitchen', 'User Property room: cellar'])
    expect(texts.filter((text) => !text.startsWith('User')).sort()).toEqual([
      'Content Type: application/json',
      `Correlation Data: ${Buffer.from('id-7').toString('hex')}`,
      expect.stringMatching(/^Message Expiry Interval: (90|89)$/),
      'Payload Format Indicator: 1 (UTF-8)',
      'Response Topic: answers/1',
    ])
    expect(message).toMatchObject({ topic: 'p', contentType: 'application/json', payloadFormatIndicator: 1 })
    expect(app.engine.readWhole(sequence).properties).toMatchObject({
      contentType: 'application/json',
      payloadFormatIndicator: 1,
      responseTopic: 'answers/1',
      correlationData: Uint8Array.from(Buffer.from('id-7')),
      userProperties: [
        { name: 'room', value: 'kitchen' },
        { name: 'room', value: 'cellar' },
      ],
    })
  })

  it('without any from a 3.1.1 connection', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { mqttVersion: '3.1.1' }))
    await mosquittoPub({ port, topic: 'p', payload: 'x', extraArgs: ['-D', 'publish', 'content-type', 'text/plain'] })
    const { sequence } = await newestOf(app, 'p')
    expect(app.engine.readMessage(sequence, 10).properties).toEqual([])
  })
})

describe('while messages flow', () => {
  /** Publishes to these topics in turn until stopped; resolves with how many went to each. */
  function flow(sender: EngineDriver, topics: readonly string[]): { stop(): Map<string, number> } {
    const sent = new Map<string, number>()
    let next = 0
    const timer = setInterval(() => {
      const topic = topics[next % topics.length] ?? ''
      next += 1
      sent.set(topic, (sent.get(topic) ?? 0) + 1)
      sender.engine.publish({ topic, payload: Buffer.from(String(next)), qos: 1, retain: false })
    }, 2)
    const stop = () => {
      clearInterval(timer)
      return sent
    }
    bench.atEnd(stop)
    return { stop }
  }

  it('filter and sort change at once, and in the end every message is counted', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(port))
    const sender = await publisher(port)
    const topics = ['x/temp', 'y/temp', 'y/hum', 'y/temp', 'z/hum', 'y/temp']
    const stream = flow(sender, topics)
    const spec = { kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null } satisfies SpecOf<'tree'>
    await tree.waitFor('all topics', ({ rows }) => rows.length === 7)

    tree.update({ ...spec, search: 'temp' })
    const filtered = await tree.waitFor('two matches', ({ matches }) => matches === 2)
    expect(topicsOf(filtered.rows)).toEqual(['x', 'x/temp', 'y', 'y/temp'])
    tree.update({ ...spec, search: '+/hum', sort: 'messages' })
    const byCount = await tree.waitFor('the other two', ({ rows }) => topicsOf(rows).includes('z/hum'))
    expect(topicsOf(byCount.rows)).toEqual(['y', 'y/hum', 'z', 'z/hum'])
    tree.update({ ...spec, sort: 'recency' })
    await tree.waitFor('a live order', ({ rows }) => {
      const top = rows.filter(({ level }) => level === 1).map(({ lastSequence }) => lastSequence)
      return top.length === 3 && rows[0]?.lastSequence === Math.max(...top)
    })

    const sent = stream.stop()
    tree.update(spec)
    await tree.waitFor('every message', ({ rows }) => {
      return [...sent].every(([topic, count]) => rows.find((row) => row.topic === topic)?.messages === count)
    })
    expect([...sent.keys()].sort()).toEqual(['x/temp', 'y/hum', 'y/temp', 'z/hum'])
  })

  it('a pause freezes what is seen, and what came meanwhile is there after it', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const tree = app.openTree()
    const statistics = app.openView<'statistics'>({ kind: 'statistics' })
    await app.online(connectionConfig(port))
    const sender = await publisher(port)
    const stream = flow(sender, ['a', 'b/c'])
    await tree.waitFor('both topics', ({ rows }) => rows.length === 3)
    app.engine.setPaused(true)
    await waitUntil(() => tree.frame !== null, { what: 'the paused frame' })
    const frozen = tree.frame
    await mosquittoPub({ port, topic: 'new', payload: 'n' })
    await statistics.waitFor('messages behind the pause', ({ messagesSincePause, topicsKnown }) => messagesSincePause > 20 && topicsKnown === 3)
    expect(tree.frame).toEqual(frozen)
    app.engine.setPaused(false)
    const sent = stream.stop()
    await tree.waitFor('every message', ({ rows }) => {
      return [...sent].every(([topic, count]) => rows.find((row) => row.topic === topic)?.messages === count) && topicsOf(rows).includes('new')
    })
    await statistics.waitFor('the end of the pause', ({ messagesSincePause }) => messagesSincePause === 0)
  })
})

describe('several engines', () => {
  it('at once, of one broker and of two, know nothing of each other', async () => {
    const [one, two] = [await bench.mosquitto(), await bench.mosquitto()]
    const configs = [
      connectionConfig(one.port, { subscriptions: [{ filter: 'a/#', qos: 0 }] }),
      connectionConfig(one.port, { subscriptions: [{ filter: 'b/#', qos: 0 }], mqttVersion: '3.1.1' }),
      connectionConfig(two.port),
    ]
    const apps = configs.map(() => bench.driver())
    const trees = apps.map((app) => app.openTree())
    await Promise.all(apps.map((app, index) => app.online(configs[index] ?? connectionConfig(0))))
    await mosquittoPub({ port: one.port, topic: 'a/1', payload: 'x' })
    await mosquittoPub({ port: one.port, topic: 'b/1', payload: 'x' })
    await mosquittoPub({ port: two.port, topic: 'c/1', payload: 'x' })
    const expected = [['a', 'a/1'], ['b', 'b/1'], ['c', 'c/1']]
    for (const [index, tree] of trees.entries()) {
      const { rows } = await tree.waitFor(`${index}`, (frame) => frame.rows.length === 2)
      expect(topicsOf(rows)).toEqual(expected[index])
    }
    apps[0]?.engine.setPaused(true)
    await apps[1]?.engine.disconnect()
    await mosquittoPub({ port: two.port, topic: 'c/2', payload: 'x' })
    await trees[2]?.waitFor('c/2', ({ rows }) => topicsOf(rows).includes('c/2'))
    expect(apps.map(({ status }) => status.phase)).toEqual(['online', 'offline', 'online'])
    expect(trees.slice(0, 2).map(({ frame }) => topicsOf(frame?.rows ?? []))).toEqual(expected.slice(0, 2))
  })
})

describe('the demo broker', () => {
  it('has a whole fleet in the tree as soon as one subscribes', async () => {
    const timers: NodeJS.Timeout[] = []
    const start = globalThis.setInterval
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((...args: Parameters<typeof start>) => {
      const timer = start(...args)
      timers.push(timer)
      return timer
    }))
    const port = new Promise<number>((resolve, reject) => {
      vi.doMock('node:worker_threads', async (importActual) => ({
        ...(await importActual<object>()),
        parentPort: {
          postMessage: (post: { kind: string; port: number }) => (post.kind === 'listening' ? resolve(post.port) : reject(new Error(JSON.stringify(post)))),
        },
      }))
    })
    bench.atEnd(() => timers.forEach((timer) => clearInterval(timer)))
    await import('../../src-main/demo-broker/demo-broker-worker')

    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(await port, { mqttVersion: '3.1.1' }))
    const { rows } = await tree.waitFor('devices and sensors', (frame) => frame.rows.length >= 2 + 8 * 2 + 8 + 8 * 5)
    const statuses = rows.filter(({ topic }) => /^devices\/[^/]+\/status$/.test(topic))
    expect(statuses).toHaveLength(8)
    expect(statuses.every(({ retain, previewKind }) => retain && previewKind === 'json')).toBe(true)
    const before = rowOf(tree, 'sensors').messages
    await tree.waitFor('more of it', () => rowOf(tree, 'sensors').messages > before + 2)
  })
})

describe('a table', () => {
  it('has the messages of a subtree, retained ones too, and exports them as they were sent', async () => {
    const { port } = await bench.mosquitto()
    await mosquittoPub({ port, topic: 'plant/a', payload: '{"n":1}', qos: 1, retain: true })
    const app = bench.driver()
    const table = app.openView<'table'>({
      ...{ kind: 'table', topics: 'plant/#', search: '', fields: [['n']], sort: { by: ['n'], descending: true } },
      ...{ until: null, firstRow: 0, rowCount: 100 },
    })
    await app.online(connectionConfig(port, { mqttVersion: '5.0' }))
    const bytes = Uint8Array.of(0xff, 0, 1)
    await mosquittoPub({ port, topic: 'plant/b', payload: '{"n":3}', qos: 1, extraArgs: ['-D', 'publish', 'content-type', 'application/json'] })
    await mosquittoPub({ port, topic: 'other', payload: '{"n":9}', qos: 1 })
    await mosquittoPub({ port, topic: 'plant/c', payload: bytes, qos: 1 })
    const { rows } = await table.waitFor('three rows', (frame) => frame.totalRows === 3)
    expect(rows.map(({ message }) => [message?.topic, message?.retain, message?.fields])).toEqual([
      ['plant/b', false, ['3']],
      ['plant/a', true, ['1']],
      ['plant/c', false, [null]],
    ])
    const { exportId, messages } = await app.engine.beginExport(table.viewId, null, [['n']])
    expect(messages).toBe(3)
    const piece = await app.engine.readExport(exportId)
    expect(piece).toMatchObject({ gone: 0, isLast: true })
    expect(piece.messages.map(({ topic, payload, fields }) => [topic, Buffer.from(payload).toString('latin1'), fields])).toEqual([
      ['plant/b', '{"n":3}', [3]],
      ['plant/a', '{"n":1}', [1]],
      ['plant/c', Buffer.from(bytes).toString('latin1'), [null]],
    ])
    expect(piece.messages[0]?.properties.contentType).toBe('application/json')
    table.close()
    await expect(app.engine.beginExport(table.viewId, null, [])).rejects.toMatchObject({ code: 'export-gone' })
  })
})
