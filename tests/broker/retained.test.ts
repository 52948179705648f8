import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import { mosquittoPub, type ReceivedMessage } from '../support/mosquitto-clients'
import { retain, RetainedDriver, type Seed } from '../support/retained'

const bench = useBrokerBench()
const run = promisify(execFile)


/** The retained messages that mosquitto_sub is given, all of them: a message published after is the last. */
async function retainedAt(port: number, filter: string, username?: string): Promise<ReceivedMessage[]> {
  const login = username === undefined ? {} : { username, password: username }
  const witness = await bench.subscriber({ port, topic: [filter, 'marker'], qos: 2, ...login })
  await mosquittoPub({ port, topic: 'marker', payload: 'end', qos: 2, ...login })
  await witness.waitFor(({ topic }) => topic === 'marker', 30_000)
  const received = witness.received.filter((message) => message.retain)
  await witness.stop()
  return received.sort((one, other) => (one.topic < other.topic ? -1 : 1))
}

/** What mosquitto_sub prints of the first retained messages of a filter. */
async function printed(port: number, filter: string, format: string, count: number): Promise<string[]> {
  const args = ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv5', '-t', filter, '-q', '2', '-C', String(count), '-W', '10', '-F', format]
  const { stdout } = await run('mosquitto_sub', args)
  return stdout.trimEnd().split('\n').sort()
}

async function onlineAt(port: number, overrides: Parameters<typeof connectionConfig>[1] = {}): Promise<EngineDriver> {
  const app = bench.driver()
  await app.online(connectionConfig(port, { subscriptions: [], ...overrides }))
  return app
}

const numbered = (count: number, under: string): Seed[] =>
  Array.from({ length: count }, (_, index) => ({ topic: `${under}/${index}`, payload: `value ${index}`, qos: index % 3 === 0 ? 0 : index % 3 === 1 ? 1 : 2 }))

/** Thousands of acknowledgements, one by one, and none is held back for the next. */
const PROMPT = { extraConfig: 'set_tcp_nodelay true' }

/** Thousands of messages take their time on a busy machine. */
const SLOW = 60_000

const ODD: readonly Seed[] = [
  { topic: 'odd', payload: 'the node itself' },
  { topic: 'odd/', payload: 'an empty level at the end', qos: 2 },
  { topic: 'odd//middle', payload: 'an empty level', qos: 0 },
  { topic: 'odd/binary', payload: Buffer.from([0, 255, 254, 0, 10, 13]), qos: 1 },
  { topic: 'odd/ü/漢字', payload: '…', qos: 2 },
  { topic: 'odd/large', payload: Buffer.alloc(300_000, 7), qos: 1 },
  { topic: 'oddly/not/below', payload: 'no' },
  { topic: '/odd', payload: 'no' },
]

describe.each(['5.0', '3.1.1'] as const)('the list, MQTT %s', (mqttVersion) => {
  it('is what mosquitto_sub is given, with the QoS of each', async () => {
    const { port } = await bench.mosquitto(PROMPT)
    await retain(port, ODD)
    const app = await onlineAt(port, { mqttVersion })
    const frame = await new RetainedDriver(app).ask('odd/#')
    const truth = await retainedAt(port, 'odd/#')
    expect(frame.rows.map(({ topic, qos, bytes }) => [topic, qos, bytes])).toEqual(truth.map(({ topic, qos, payload }) => [topic, qos, payload.byteLength]))
    expect(frame).toMatchObject({ listed: 6, asked: { end: 'quiet', refusals: [] }, outcome: null })
    expect(frame.rows.find(({ topic }) => topic === 'odd/binary')).toMatchObject({ previewKind: 'binary', preview: '00 ff fe 00 0a 0d' })
  })

  it('holds more than the broker queues for a client, with the QoS of each', { timeout: SLOW }, async () => {
    const { port } = await bench.mosquitto(PROMPT)
    await retain(port, numbered(2_000, 'many'))
    const app = await onlineAt(port, { mqttVersion })
    const frame = await new RetainedDriver(app).ask('many/#')
    expect(frame).toMatchObject({ listed: 2_000, asked: { end: 'quiet' } })
    for (const { topic, qos } of frame.rows) expect(qos).toBe(Number(topic.slice('many/'.length)) % 3)
  })

  it('leaves out topics that begin with $, unless asked for', async () => {
    const { port } = await bench.mosquitto(PROMPT)
    await retain(port, [{ topic: 'plain', payload: 'x' }])
    const app = await onlineAt(port, { mqttVersion })
    const retained = new RetainedDriver(app)
    expect((await retained.ask('#')).rows.map(({ topic }) => topic)).toEqual(['plain'])
    const withSystem = await retained.ask('#', '$SYS/#')
    expect(withSystem.rows.map(({ topic }) => topic)).toContain('$SYS/broker/version')
    expect(withSystem.rows.map(({ topic }) => topic)).toContain('plain')
  })
})

describe('the session that asks', () => {
  it('is another one, without a will, and nothing of it enters tree and log', async () => {
    const broker = await bench.mosquitto(PROMPT)
    await retain(broker.port, numbered(3, 'a'))
    const witness = await bench.subscriber({ port: broker.port, topic: 'will' })
    const will = { topic: 'will', payloadBase64: 'eA==', payloadFormat: 'text' as const, qos: 0 as const, retain: false, delaySeconds: 0, payloadIsUtf8: false }
    const more = { messageExpirySeconds: null, contentType: '', responseTopic: '', correlationDataBase64: '', userProperties: [] }
    const app = await onlineAt(broker.port, { will: { ...will, ...more } })
    expect((await new RetainedDriver(app).ask('a/#')).listed).toBe(3)
    const statistics = await app.openView({ kind: 'statistics' }).waitFor('counters', () => true)
    expect(statistics).toMatchObject({ messagesReceived: 0, topicsKnown: 0 })
    expect(app.status.phase).toBe('online')
    await mosquittoPub({ port: broker.port, topic: 'will', payload: 'end', qos: 1 })
    await witness.waitForCount(1)
    expect(witness.received.map(({ payload }) => String(payload))).toEqual(['end'])
  })
})

describe('deleting', () => {
  it('takes 5,000 messages of a subtree, leaves others, and is undone byte for byte', { timeout: SLOW }, async () => {
    const { port } = await bench.mosquitto(PROMPT)
    const seeds = numbered(4_996, 'site/a')
    const full: Seed = {
      topic: 'site/a/full',
      payload: Buffer.from([0, 1, 2, 255]),
      qos: 2,
      properties: {
        payloadFormatIndicator: false,
        messageExpiryInterval: 3_600,
        contentType: 'application/octet-stream',
        responseTopic: 'answers/here',
        correlationData: Buffer.from('id-1'),
        userProperties: { unit: 'kg' },
      },
    }
    const soonOver: Seed = { topic: 'site/a/soon', payload: 'short', properties: { messageExpiryInterval: 2 } }
    await retain(port, [...seeds, full, { topic: 'site/a', payload: 'itself' }, { topic: 'site/a/meanwhile', payload: 'old' }, soonOver])
    await retain(port, [{ topic: 'site/ab', payload: 'other' }, { topic: 'site', payload: 'above' }])
    const before = await retainedAt(port, 'site/#')
    const app = await onlineAt(port)
    const retained = new RetainedDriver(app)
    expect((await retained.ask('site/a/#')).listed).toBe(5_000)

    expect(app.engine.planRetained({ kind: 'shown', text: '' })).toMatchObject({ count: 5_000, undoable: 5_000, sample: expect.arrayContaining(['site/a']) as unknown })
    const { undoable, filters } = await app.engine.deleteRetained({ kind: 'shown', text: '' })
    expect((await retained.settled()).outcome).toMatchObject({ kind: 'deleted', total: 5_000, gone: 5_000, kept: 0, refused: 0, newer: 0, verified: true, failure: null })
    expect((await retainedAt(port, 'site/#')).map(({ topic }) => topic)).toEqual(['site', 'site/ab'])

    await retain(port, [{ topic: 'site/a/meanwhile', payload: 'new' }])
    // Two seconds have passed since it was published: its time is over.
    const left = await app.engine.restoreRetained(undoable.map((message) => (message.topic === soonOver.topic ? { ...message, receivedAtMs: Date.now() - 3_000 } : message)), filters)
    expect(left).toEqual([])
    expect((await retained.settled()).outcome).toMatchObject({ kind: 'restored', total: 5_000, restored: 4_998, newer: 1, expired: 1, refused: 0, missing: 0, verified: true })
    const expected = before
      .filter(({ topic }) => topic !== soonOver.topic)
      .map((message) => (message.topic === 'site/a/meanwhile' ? { ...message, payload: Buffer.from('new') } : message))
    expect(await retainedAt(port, 'site/#')).toEqual(expected)
    const [line = ''] = await printed(port, full.topic, '%F|%C|%R|%D|%P|%E', 1)
    const [indicator, ...words] = line.split('|')
    expect([indicator, ...words.slice(0, 4)]).toEqual(['0', 'application/octet-stream', 'answers/here', 'id-1', 'unit:kg'])
    expect(Number(words[4])).toBeGreaterThan(3_400)
    expect(Number(words[4])).toBeLessThanOrEqual(3_600)
  })

  it('takes only what is selected', async () => {
    const { port } = await bench.mosquitto(PROMPT)
    await retain(port, numbered(5, 'a'))
    const app = await onlineAt(port, { mqttVersion: '3.1.1' })
    const retained = new RetainedDriver(app)
    await retained.ask('a/#')
    app.engine.selectRetained({ order: { text: '', sort: 'topic', descending: true }, first: 0, last: 1, selected: true, keepOthers: true })
    const { undoable } = await app.engine.deleteRetained({ kind: 'selected' })
    expect(undoable.map(({ topic }) => topic)).toEqual(['a/3', 'a/4'])
    expect((await retainedAt(port, 'a/#')).map(({ topic }) => topic)).toEqual(['a/0', 'a/1', 'a/2'])
  })

  it.each(['5.0', '3.1.1'] as const)('leaves what has changed since it was listed, MQTT %s', async (mqttVersion) => {
    const { port } = await bench.mosquitto(PROMPT)
    const large = (last: string) => Buffer.concat([Buffer.alloc(300_000, 7), Buffer.from(last)])
    await retain(port, [...numbered(60, 'a'), { topic: 'a/large', payload: large('x') }])
    const app = await onlineAt(port, { mqttVersion })
    const retained = new RetainedDriver(app)
    await retained.ask('a/#')
    await retain(port, [{ topic: 'a/1', payload: 'another' }, { topic: 'a/2', payload: 'value 2' }, { topic: 'a/large', payload: large('y') }])
    // Not retained, so it changes nothing.
    await mosquittoPub({ port, topic: 'a/3', payload: 'live', qos: 1 })
    const { undoable } = await app.engine.deleteRetained({ kind: 'shown', text: '' })
    expect(undoable).toHaveLength(59)
    const { outcome, rows } = await retained.settled()
    expect(outcome).toMatchObject({ kind: 'deleted', total: 61, gone: 59, changed: 2, newer: 0, kept: 0, verified: true })
    expect(rows.map(({ topic, preview, remark }) => [topic, preview.slice(0, 7), remark])).toEqual([
      ['a/1', 'another', { kind: 'changed' }],
      ['a/large', expect.any(String), { kind: 'changed' }],
    ])
    expect((await retainedAt(port, 'a/#')).map(({ topic }) => topic)).toEqual(['a/1', 'a/large'])
    // Listed as it is now, it can be deleted.
    await app.engine.deleteRetained({ kind: 'shown', text: '' })
    expect(await retainedAt(port, 'a/#')).toEqual([])
  })

  it('is done of what was sent, when the user cancels', { timeout: SLOW }, async () => {
    const { port } = await bench.mosquitto(PROMPT)
    await retain(port, numbered(3_000, 'a'))
    const app = await onlineAt(port)
    const retained = new RetainedDriver(app)
    await retained.ask('a/#')
    const deleting = app.engine.deleteRetained({ kind: 'shown', text: '' })
    await retained.waitForTask('deleting', 1)
    app.engine.cancelRetained()
    const { undoable } = await deleting
    const { outcome, listed } = await retained.settled()
    expect(outcome).toMatchObject({ kind: 'deleted', cancelled: true, verified: true, gone: undoable.length, failure: null })
    expect(undoable.length).toBeLessThan(3_000)
    expect(listed).toBe(3_000 - undoable.length)
  })
})

describe('access control', () => {
  const acl = ['user reader', 'topic readwrite open/#', 'topic read guarded/#', 'topic readwrite marker', '', 'user admin', 'topic readwrite #'].join('\n')
  const login = { username: 'reader', password: 'reader' }
  const guarded = () => bench.mosquitto({ users: { reader: 'reader', admin: 'admin' }, acl })

  async function seeded(): Promise<number> {
    const { port } = await guarded()
    for (const topic of ['open/1', 'guarded/1', 'hidden/1']) {
      await mosquittoPub({ port, topic, payload: 'x', retain: true, qos: 1, username: 'admin', password: 'admin' })
    }
    return port
  }

  it('hides what may not be read', async () => {
    const port = await seeded()
    const app = await onlineAt(port, login)
    expect((await new RetainedDriver(app).ask('#')).rows.map(({ topic }) => topic)).toEqual(['guarded/1', 'open/1'])
  })

  it.each(['5.0', '3.1.1'] as const)('shows what could not be deleted, and why, on MQTT %s', async (mqttVersion) => {
    const port = await seeded()
    const app = await onlineAt(port, { ...login, mqttVersion })
    const retained = new RetainedDriver(app)
    await retained.ask('#')
    const { undoable } = await app.engine.deleteRetained({ kind: 'shown', text: '' })
    const frame = await retained.settled()
    expect(undoable.map(({ topic }) => topic)).toEqual(['open/1'])
    // 3.1.1 acknowledges what it does not do [MQTT-3.3.5-2 of 3.1.1].
    const [outcome, remark] =
      mqttVersion === '5.0' ? [{ refused: 1, kept: 0 }, { kind: 'refused', reasonCode: 0x87 }] : [{ refused: 0, kept: 1 }, { kind: 'kept' }]
    expect(frame.outcome).toMatchObject({ kind: 'deleted', gone: 1, verified: true, ...outcome })
    expect(frame.rows).toMatchObject([{ topic: 'guarded/1', remark }])
  })
})

describe('a broker that does not play along', () => {
  it.each(['5.0', '3.1.1'] as const)('says in its SUBACK that we may not subscribe, MQTT %s', async (mqttVersion) => {
    const code = mqttVersion === '5.0' ? 0x87 : 0x80
    const broker = await bench.rawBroker({ onSubscribe: () => [code] })
    const app = await onlineAt(broker.port, { mqttVersion })
    const frame = await new RetainedDriver(app).ask('a/#')
    expect(frame).toMatchObject({ listed: 0, asked: { refusals: [{ filter: 'a/#', reasonCode: code }], end: 'quiet' }, outcome: null })
  })

  it('is gone in the middle of deleting: what was done is told, and can be undone', { timeout: SLOW }, async () => {
    const broker = await bench.mosquitto(PROMPT)
    await retain(broker.port, numbered(3_000, 'a'))
    const relay = await bench.relay(broker.port)
    const app = await onlineAt(relay.port)
    const retained = new RetainedDriver(app)
    await retained.ask('a/#')
    const deleting = app.engine.deleteRetained({ kind: 'shown', text: '' })
    await retained.waitForTask('deleting', 1)
    await relay.close()
    const { undoable, filters } = await deleting
    const { outcome } = await retained.settled()
    expect(outcome).toMatchObject({ kind: 'deleted', cancelled: false, verified: false, failure: { code: 'connection-lost' } })
    expect(undoable.length).toBeGreaterThan(0)

    const again = await onlineAt(broker.port)
    const restoring = new RetainedDriver(again)
    expect(await again.engine.restoreRetained(undoable, filters)).toEqual([])
    expect((await restoring.settled()).outcome).toMatchObject({ kind: 'restored', failure: null, missing: 0 })
    expect((await retainedAt(broker.port, 'a/#')).length).toBe(3_000)
  })

  it('does not let us learn the QoS: the list is whole without', async () => {
    const broker = await bench.rawBroker({
      onSubscribe: ({ subscriptions }, client) => {
        if (subscriptions.some(({ qos }) => qos === 2)) {
          client.close('reset')
          return null
        }
        setImmediate(() => client.publish('a/1', 'x', { retain: true }))
        return [0]
      },
    })
    const app = await onlineAt(broker.port)
    const frame = await new RetainedDriver(app).ask('a/#')
    expect(frame).toMatchObject({ listed: 1, rows: [{ topic: 'a/1', qos: null }], asked: { end: 'quiet' }, outcome: null })
  })

  it('does not take another connection: the list says why', async () => {
    const broker = await bench.rawBroker({ onConnect: (_connect, attempt) => (attempt === 1 ? { kind: 'accept' } : { kind: 'refuse', code: 0x97 }) })
    const app = await onlineAt(broker.port, { clientId: 'the-one' })
    const { outcome } = await new RetainedDriver(app).ask('a/#')
    expect(outcome).toMatchObject({ kind: 'not-asked', failure: { code: 'connack', reasonCode: 0x97 } })
    const [first, second] = broker.connects
    expect(first).toMatchObject({ clientId: 'the-one' })
    expect(second).toMatchObject({ clean: true, clientId: expect.stringMatching(/^pubscope[0-9a-f]{14}$/) as unknown })
  })

  it('is not asked while the connection is not online', () => {
    const app = bench.driver()
    expect(() => app.engine.askRetained(['#'])).toThrow(expect.objectContaining({ code: 'connection-not-online' }))
  })
})
