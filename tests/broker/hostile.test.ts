import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver, topicsOf } from '../support/engine-driver'
import { freePort } from '../support/free-port'
import { HOSTILE_CASES, legalPublish, UGLY_TOPICS } from '../support/hostile-brokers'
import type { RawBroker, RawBrokerOptions } from '../support/raw-broker'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

async function start(options: RawBrokerOptions = {}): Promise<{ broker: RawBroker; app: EngineDriver }> {
  return { broker: await bench.rawBroker(options), app: bench.driver() }
}

describe.each(['5.0', '3.1.1'] as const)('MQTT %s', (version) => {
  const cases = HOSTILE_CASES.filter((hostile) => hostile.version === version)

  it.each(cases.map((hostile) => [hostile.name, hostile] as const))('%s', async (_name, { bytes, beforeConnack, outcome }) => {
    const { broker, app } = await start(beforeConnack ? { onConnect: { kind: 'bytes', bytes } } : {})
    const statistics = app.openView({ kind: 'statistics' })
    const config = connectionConfig(broker.port, { mqttVersion: version })
    if (beforeConnack) app.engine.connect(config)
    else {
      await app.online(config)
      broker.clients[0]?.write(bytes)
    }
    if (outcome.kind === 'refuses') {
      await statistics.waitFor('the refusal', ({ refusedMessages }) => refusedMessages === 1)
      broker.clients[0]?.publish('still/here', 'yes')
      await statistics.waitFor('the next message', ({ messagesReceived }) => messagesReceived === 1)
      expect(app.status.phase).toBe('online')
      return
    }
    const { failure } = await app.waitForPhase('reconnecting')
    expect(failure.code).toBe('protocol-error')
    expect(failure.detail).toMatch(outcome.words)
    expect(failure.detail).toMatch(/\[(MQTT-|internal)/)
    const client = broker.clients[0]
    if (client === undefined) return
    await waitUntil(() => !client.isConnected(), { what: 'the socket to close' })
    const goodbye = client.packets.find(({ cmd }) => cmd === 'disconnect')
    if (version === '5.0') expect(goodbye).toMatchObject({ reasonCode: outcome.reasonCode })
    else expect(goodbye).toBeUndefined()
  })

  it('a message refused for its topic is acknowledged, or the server would send it for ever', async () => {
    const { broker, app } = await start()
    await app.online(connectionConfig(broker.port, { mqttVersion: version }))
    const properties = version === '5.0' ? '00' : ''
    const [one, two] = ['32', '34'].map((first) => Buffer.from(`${first}0${version === '5.0' ? 8 : 7}0002612b0005${properties}78`, 'hex'))
    broker.clients[0]?.write(one ?? '')
    broker.clients[0]?.write(two ?? '')
    const answers = (): string[] => broker.clients[0]?.packets.map(({ cmd }) => cmd) ?? []
    await waitUntil(() => answers().includes('puback') && answers().includes('pubrec'), { what: () => answers().join() })
    broker.clients[0]?.send({ cmd: 'pubrel', messageId: 5 })
    await waitUntil(() => answers().includes('pubcomp'), { what: () => answers().join() })
    expect(app.status.phase).toBe('online')
  })

  it('acknowledgements of the wrong kind, twice, or for nothing move no publish, nor harm a subscription under way', async () => {
    const { broker, app } = await start({ onPublish: () => null, onSubscribe: () => null })
    app.engine.connect(connectionConfig(broker.port, { mqttVersion: version }))
    await app.waitForPhase('online')
    const [one, two] = ([1, 2] as const).map((qos) => app.engine.publish({ topic: `q${qos}`, payload: Buffer.from('x'), qos, retain: false }))
    const client = await waitUntil(() => (broker.clients[0]?.packets.filter(({ cmd }) => cmd === 'publish').length === 2 ? broker.clients[0] : null), { what: 'both messages' })
    const [first, second] = client.packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet.messageId ?? 0] : []))
    const answer = (cmd: 'puback' | 'pubrec' | 'pubcomp', messageId = 0): void => client.send({ cmd, messageId, reasonCode: 0 })
    const unknown = [1, 2, 3].map((offset) => (((first ?? 0) + 30_000 + offset) % 65_535) + 1)
    for (const messageId of unknown) for (const cmd of ['puback', 'pubrec', 'pubcomp'] as const) answer(cmd, messageId)
    for (const messageId of unknown) client.send({ cmd: 'pubrel', messageId, reasonCode: 0 })
    for (const messageId of unknown) client.send({ cmd: 'suback', messageId, granted: [0] })
    for (const messageId of unknown) client.send({ cmd: 'unsuback', messageId, granted: [0] })
    answer('puback', second)
    answer('pubcomp', second)
    answer('pubrec', first)
    answer('pubcomp', first)
    client.send({ cmd: 'pubrel', messageId: first ?? 0, reasonCode: 0 })
    await waitUntil(() => client.packets.filter(({ cmd }) => cmd === 'pubcomp').length === 4, { what: () => client.packets.map(({ cmd }) => cmd).join() })
    expect(app.outbox).toEqual({ queued: 0, inFlight: 2, unconfirmed: 0 })
    expect(client.packets.some(({ cmd }) => cmd === 'pubrel')).toBe(false)
    const statesOf = (receipt: typeof one): string[] => app.publishes.get(receipt?.publishId ?? 0)?.map(({ kind }) => kind) ?? []
    for (const _again of [1, 2]) answer('puback', first)
    for (const _again of [1, 2]) answer('pubrec', second)
    for (const _again of [1, 2]) answer('pubcomp', second)
    await waitUntil(() => app.outbox.inFlight === 0, { what: () => JSON.stringify(app.outbox) })
    expect([one, two].map((receipt) => statesOf(receipt).filter((kind) => kind === 'acknowledged'))).toEqual([['acknowledged'], ['acknowledged']])
    expect(app.status.phase).toBe('online')
  })

  it.each(['puback', 'pubrec', 'pubcomp', 'unsuback'] as const)('%s for a SUBSCRIBE ends the connection, not the app', async (cmd) => {
    const { broker, app } = await start({
      onSubscribe: ({ messageId = 0 }, client) => {
        client.send(cmd === 'unsuback' ? { cmd, messageId, granted: [0] } : { cmd, messageId, reasonCode: 0 })
        return null
      },
    })
    app.engine.connect(connectionConfig(broker.port, { mqttVersion: version }))
    expect((await app.waitForPhase('reconnecting')).failure).toMatchObject({ code: 'protocol-error' })
  })

  it('a session that neither of us has is not resumed: what was in flight is for the user to decide', async () => {
    const { broker, app } = await start({ onPublish: () => null, onConnect: (_connect, attempt) => ({ kind: 'accept', sessionPresent: attempt === 2 }) })
    // Clean start: the broker must not have one [MQTT-3.2.2-2].
    await app.online(connectionConfig(broker.port, { mqttVersion: version, cleanStart: true }))
    app.engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 2, retain: false })
    broker.clients[0]?.close('reset')
    await waitUntil(() => broker.clients.length === 2 && app.status.phase === 'online', { timeoutMs: 10_000, what: () => JSON.stringify(app.status) })
    await waitUntil(() => app.outbox.unconfirmed === 1, { what: () => JSON.stringify(app.outbox) })
    expect(broker.clients[1]?.packets.some(({ cmd }) => cmd === 'publish')).toBe(false)
  })

  it('legal but ugly topics are all taken, and the tree is walked without harm', async () => {
    const { broker, app } = await start()
    const tree = app.openTree({ search: 'no match' })
    const statistics = app.openView({ kind: 'statistics' })
    await app.online(connectionConfig(broker.port, { mqttVersion: version }))
    for (const topic of UGLY_TOPICS) broker.clients[0]?.write(legalPublish(topic, version))
    await statistics.waitFor('all topics', ({ topicsKnown }) => topicsKnown === UGLY_TOPICS.length)
    expect(statistics.frame?.refusedMessages).toBe(0)
    tree.update({ kind: 'tree', firstRow: 0, rowCount: 500, sort: 'recency', liveSort: true, search: 'constructor', hidden: [], changedAfter: null })
    const { rows } = await tree.waitFor('the filtered rows', ({ matches }) => matches === 1)
    expect(topicsOf(rows)).toEqual(['__proto__', '__proto__/constructor', '__proto__/constructor/toString'])
    tree.update({ kind: 'tree', firstRow: 0, rowCount: 500, sort: 'messages', liveSort: true, search: '', hidden: [], changedAfter: null })
    await tree.waitFor('every level', ({ totalRows }) => totalRows > 65_000)
  })
})

describe('topic aliases that we allowed', () => {
  const allowed = (port: number) => connectionConfig(port, { mqttVersion: '5.0', connectOptions: { ...DEFAULT_CONNECT_OPTIONS, topicAliasMaximum: 2 } })

  it.each([
    ['above the maximum', '30 07 00 01 61 03 23 00 03', /Topic Alias 3, where 2 are allowed/],
    ['0', '30 07 00 01 61 03 23 00 00', /Topic Alias is 0/],
    ['never given a topic', '30 06 00 00 03 23 00 01', /never given a topic/],
    ['twice in one packet', '30 0a 00 01 61 06 23 00 01 23 00 02', /Topic Alias twice/],
  ])('%s', async (_name, bytes, words) => {
    const { broker, app } = await start()
    await app.online(allowed(broker.port))
    broker.clients[0]?.write(Buffer.from(bytes.replaceAll(' ', ''), 'hex'))
    expect((await app.waitForPhase('reconnecting')).failure).toMatchObject({ code: 'protocol-error', detail: expect.stringMatching(words) })
  })

  it('given with a topic that is refused are not given; those of the connection before are gone', async () => {
    const { broker, app } = await start()
    const statistics = app.openView({ kind: 'statistics' })
    await app.online(allowed(broker.port))
    broker.clients[0]?.write(Buffer.from('30080002612303230001', 'hex'))
    await statistics.waitFor('the refusal', ({ refusedMessages }) => refusedMessages === 1)
    broker.clients[0]?.write(Buffer.from('3006000003230001', 'hex'))
    expect((await app.waitForPhase('reconnecting')).failure.detail).toMatch(/never given a topic/)
    await app.waitForPhase('online')
    broker.clients[1]?.publish('right', 'x', { properties: { topicAlias: 1 } })
    await statistics.waitFor('the message', ({ messagesReceived }) => messagesReceived === 1)
    broker.clients[1]?.close('reset')
    await waitUntil(() => broker.clients.length === 3 && app.status.phase === 'online', { timeoutMs: 10_000, what: () => JSON.stringify(app.status) })
    broker.clients[2]?.write(Buffer.from('3006000003230001', 'hex'))
    await waitUntil(() => 'failure' in app.status && /never given a topic/.test(app.status.failure.detail), { what: () => JSON.stringify(app.status) })
  })
})

it.each([
  ['wants another step', 'f0 09 18 07 15 00 04 70 6c 61 6e'],
  ['wants another step of another method', 'f0 08 18 06 15 00 03 6e 65 77'],
  ['names none', 'f0 02 18 00'],
])('AUTH in the middle of a connection ends it, once and for all: it %s', async (_name, bytes) => {
  const { broker, app } = await start()
  await app.online(connectionConfig(broker.port, { mqttVersion: '5.0', connectOptions: { ...DEFAULT_CONNECT_OPTIONS, authenticationMethod: 'plan' } }))
  broker.clients[0]?.write(Buffer.from(bytes.replaceAll(' ', ''), 'hex'))
  expect((await app.waitForPhase('failed')).failure).toMatchObject({ code: 'authentication-continues', permanent: true })
})

it('a CONNACK of extremes is taken as it is, and no publish is sent against it', async () => {
  const properties = { sessionExpiryInterval: 0xffff_ffff, receiveMaximum: 1, maximumQoS: 0, retainAvailable: false, maximumPacketSize: 1, topicAliasMaximum: 65_535, serverKeepAlive: 65_535, responseInformation: '\u202egnp.exe', serverReference: '\u2066x'.repeat(9_000) }
  const { broker, app } = await start({ onConnect: { kind: 'accept', properties } })
  app.engine.connect(connectionConfig(broker.port, { mqttVersion: '5.0' }))
  const { grants } = await app.waitForPhase('online')
  expect(grants).toMatchObject({ maximumQos: 0, maximumPacketBytes: 1, keepaliveSeconds: 65_535, responseInformation: '\u202egnp.exe' })
  expect(grants?.serverReference?.length).toBe(1_001)
  for (const qos of [0, 1, 2] as const) expect(app.engine.publish({ topic: 'a', payload: Buffer.from('x'), qos, retain: true }).state.kind).toBe('refused')
  expect(broker.clients[0]?.packets.some(({ cmd }) => cmd === 'publish')).toBe(false)
})

it('a broker that breaks the protocol on every connection is met with growing pauses', async () => {
  const { broker, app } = await start({
    onSubscribe: ({ subscriptions }, client) => {
      client.write(Buffer.from('320400026162', 'hex'))
      return subscriptions.map(() => 0)
    },
  })
  app.engine.connect(connectionConfig(broker.port))
  await waitUntil(() => broker.connects.length === 3, { timeoutMs: 10_000, what: () => `${broker.connects.length} attempts` })
  const attempts = app.statuses.filter(({ phase }) => phase === 'reconnecting')
  expect(attempts.slice(0, 2).map((status) => ('attempt' in status ? status.attempt : 0))).toEqual([2, 3])
})

it('a WebSocket message larger than any packet we take is refused by its header, before it is read into memory', async () => {
  const web = createServer().on('upgrade', ({ headers }, socket) => {
    // RFC 6455, section 4.2.2: the key with this constant behind it.
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    // 200 MB in one binary frame, of which nothing comes.
    socket.write(Buffer.from('827f000000000bebc200', 'hex'))
    socket.on('error', () => undefined)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => web.listen(port, '127.0.0.1', resolve))
  bench.atEnd(() => web.close())
  const app = bench.driver()
  app.engine.connect(connectionConfig(port, { protocol: 'ws', maximumPacketBytes: 1_000_000 }))
  const { failure } = await app.waitForPhase('reconnecting')
  expect(failure).toMatchObject({ code: 'protocol-error', detail: 'Max payload size exceeded' })
})

it('a peer that declares much and sends little holds little memory', async () => {
  const { broker, app } = await start()
  await app.online(connectionConfig(broker.port))
  const before = process.memoryUsage().arrayBuffers
  // 60 MB declared, within the limit.
  broker.clients[0]?.write(Buffer.from('3080cecc1c00016100', 'hex'))
  broker.clients[0]?.write(Buffer.alloc(100_000))
  await waitUntil(() => process.memoryUsage().arrayBuffers >= before, { what: 'the bytes to arrive' })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
  expect(app.status.phase).toBe('online')
})
