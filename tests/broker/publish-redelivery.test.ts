import type { IPublishPacket, IPubrelPacket, Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import type { QoS } from '@shared/mqtt/qos'
import type { ConnectionConfig } from '../../src-main/engine/engine-api'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import type { RawBroker, RawBrokerOptions, RawClient } from '../support/raw-broker'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

function publish(app: EngineDriver, topic: string, qos: QoS, keepTrying = false): number {
  return app.engine.publish({ topic, payload: Buffer.from(topic), qos, retain: false }, keepTrying).publishId
}

const isPublish = (packet: Packet): packet is IPublishPacket => packet.cmd === 'publish'
const isRelease = (packet: Packet): packet is IPubrelPacket => packet.cmd === 'pubrel'
const publishesOf = (client: RawClient | undefined) => (client?.packets ?? []).filter(isPublish)
const releasesOf = (client: RawClient | undefined) => (client?.packets ?? []).filter(isRelease)
const topicsOf = (client: RawClient | undefined) => publishesOf(client).map(({ topic }) => topic)

async function until(what: string, condition: () => boolean): Promise<void> {
  await waitUntil(condition, { timeoutMs: 5_000, what })
}

async function untilKind(app: EngineDriver, publishId: number, kind: string): Promise<void> {
  await waitUntil(() => app.publishes.get(publishId)?.at(-1)?.kind === kind, {
    timeoutMs: 5_000,
    what: () => `${kind}; it was ${JSON.stringify(app.publishes.get(publishId))}`,
  })
}

/** Cuts the connection and waits for the next one. */
async function reconnect(app: EngineDriver, broker: RawBroker): Promise<RawClient> {
  const before = broker.clients.length
  broker.clients[before - 1]?.close('reset')
  await app.waitForPhase('reconnecting')
  // At once, rather than when the back-off says so.
  app.engine.connect(session)
  await app.waitForPhase('online')
  await until('the next connection', () => broker.clients.length > before)
  const next = broker.clients[before]
  if (next === undefined) throw new Error('no next connection')
  return next
}

let session: ConnectionConfig = connectionConfig(0)

describe.each(['3.1.1', '5.0'] as const)('redelivery with MQTT %s', (mqttVersion) => {
  async function setUp(options: RawBrokerOptions = {}): Promise<{ app: EngineDriver; broker: RawBroker }> {
    const broker = await bench.rawBroker({ onPublish: () => null, ...options })
    const app = bench.driver()
    session = connectionConfig(broker.port, { mqttVersion, cleanStart: false, subscriptions: [] })
    await app.online(session)
    return { app, broker }
  }

  it('sends unacknowledged publishes again: DUP, the same packet identifiers, the same order, what waited after them', async () => {
    const { app, broker } = await setUp()
    for (const [topic, qos] of [['a', 1], ['b', 2], ['c', 1], ['d', 2]] as const) publish(app, topic, qos)
    await until('four publishes', () => publishesOf(broker.clients[0]).length === 4)
    const before = publishesOf(broker.clients[0])
    expect(before.map(({ topic, dup }) => [topic, dup])).toEqual([['a', false], ['b', false], ['c', false], ['d', false]])
    expect(new Set(before.map(({ messageId }) => messageId)).size).toBe(4)

    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true }, onPublish: () => 0 })
    broker.clients[0]?.close('reset')
    await app.waitForPhase('reconnecting')
    expect(app.outbox).toEqual({ queued: 0, inFlight: 4, unconfirmed: 0 })
    publish(app, 'e', 1)
    app.engine.connect(session)
    await until('all to be acknowledged', () => app.outbox.inFlight + app.outbox.queued === 0 && app.status.phase === 'online')
    const after = publishesOf(broker.clients[1])
    expect(after.map(({ topic, dup }) => [topic, dup])).toEqual([['a', true], ['b', true], ['c', true], ['d', true], ['e', false]])
    expect(after.slice(0, 4).map(({ messageId }) => messageId)).toEqual(before.map(({ messageId }) => messageId))
    expect(app.publishes.get(1)?.map(({ kind }) => kind)).toEqual(['interrupted', 'in-flight', 'acknowledged'])
  })

  it('after PUBREC sends PUBREL only, in the order of the PUBRECs', async () => {
    const { app, broker } = await setUp({ onRelease: () => false })
    for (const topic of ['a', 'b', 'c']) publish(app, topic, 2)
    await until('three publishes', () => publishesOf(broker.clients[0]).length === 3)
    const ids = new Map(publishesOf(broker.clients[0]).map(({ topic, messageId = 0 }) => [topic, messageId]))
    for (const topic of ['b', 'a']) broker.clients[0]?.send({ cmd: 'pubrec', messageId: ids.get(topic) ?? 0, reasonCode: 0 })
    await until('two PUBRELs', () => releasesOf(broker.clients[0]).length === 2)

    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true } })
    const next = await reconnect(app, broker)
    await until('all to be sent again', () => releasesOf(next).length === 2 && publishesOf(next).length === 1)
    expect(releasesOf(next).map(({ messageId }) => messageId)).toEqual([ids.get('b'), ids.get('a')])
    expect(publishesOf(next).map(({ topic, dup, messageId }) => [topic, dup, messageId])).toEqual([['c', true, ids.get('c')]])

    for (const topic of ['b', 'a']) next.send({ cmd: 'pubcomp', messageId: ids.get(topic) ?? 0, reasonCode: topic === 'a' ? 0x92 : 0 })
    await untilKind(app, 1, 'acknowledged')
    await untilKind(app, 2, 'acknowledged')
    expect(app.outbox.inFlight).toBe(1)
    expect(topicsOf(next)).toEqual(['c'])
  })

  it('answers each PUBREC with PUBREL, also one that comes again', async () => {
    const { app, broker } = await setUp({ onPublish: () => 0, onRelease: () => false })
    publish(app, 'a', 2)
    await until('PUBREL', () => releasesOf(broker.clients[0]).length === 1)
    const messageId = releasesOf(broker.clients[0])[0]?.messageId ?? 0
    broker.clients[0]?.send({ cmd: 'pubrec', messageId, reasonCode: 0 })
    await until('PUBREL again', () => releasesOf(broker.clients[0]).length === 2)
    broker.clients[0]?.send({ cmd: 'pubcomp', messageId, reasonCode: 0 })
    await untilKind(app, 1, 'acknowledged')
    expect(publishesOf(broker.clients[0])).toHaveLength(1)
  })

  it('without the session calls them unconfirmed; sends anew only what it is told to, as new messages', async () => {
    const { app, broker } = await setUp()
    const [a, b, c] = [publish(app, 'a', 1), publish(app, 'b', 2), publish(app, 'c', 1)]
    await until('three publishes', () => publishesOf(broker.clients[0]).length === 3)
    const usedBefore = publishesOf(broker.clients[0]).map(({ messageId }) => messageId)
    broker.behave({ onConnect: { kind: 'accept', sessionPresent: false }, onPublish: () => 0 })
    const next = await reconnect(app, broker)
    expect(app.outbox).toEqual({ queued: 0, inFlight: 0, unconfirmed: 3 })
    expect(app.publishes.get(a)?.map(({ kind }) => kind)).toEqual(['interrupted', 'unconfirmed'])

    publish(app, 'd', 1)
    expect(app.engine.sendAnew([a, c])).toBe(2)
    expect(app.engine.dropPublishes([b])).toBe(1)
    await untilKind(app, c, 'acknowledged')
    expect(publishesOf(next).map(({ topic, dup }) => [topic, dup])).toEqual([['d', false], ['a', false], ['c', false]])
    expect(publishesOf(next).some(({ messageId }) => usedBefore.includes(messageId))).toBe(false)
    expect(app.publishes.get(b)?.at(-1)).toEqual({ kind: 'dropped' })
    expect(app.outbox).toEqual({ queued: 0, inFlight: 0, unconfirmed: 0 })
    expect(app.engine.sendAnew([a, b, c])).toBe(0)
  })

  it.each([
    ['another client identifier', { clientId: 'another' }],
    ['clean start', { cleanStart: true }],
  ])('takes no session of %s for its own', async (_what, overrides) => {
    const { app, broker } = await setUp()
    publish(app, 'a', 2)
    await until('the publish', () => publishesOf(broker.clients[0]).length === 1)
    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true }, onPublish: () => 0 })
    session = { ...session, ...overrides }
    const next = await reconnect(app, broker)
    await until('the verdict', () => app.outbox.unconfirmed === 1)
    expect(publishesOf(next)).toEqual([])
  })

  it('takes a message of QoS 2 once, whatever is sent again', async () => {
    const { app, broker } = await setUp({ answersReceived: false })
    const statistics = app.openView({ kind: 'statistics' })
    const message = { qos: 2, messageId: 9 } as const
    broker.clients[0]?.publish('in', 'x', message)
    await statistics.waitFor('the message', ({ messagesReceived }) => messagesReceived === 1)
    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true } })
    const next = await reconnect(app, broker)
    next.publish('in', 'x', { ...message, dup: true })
    await until('PUBREC', () => next.packets.some(({ cmd }) => cmd === 'pubrec'))
    next.send({ cmd: 'pubrel', messageId: 9, reasonCode: 0 })
    await until('PUBCOMP', () => next.packets.some(({ cmd }) => cmd === 'pubcomp'))
    expect(statistics.frame?.messagesReceived).toBe(1)
    // The identifier is free again: this one is another message.
    next.publish('in', 'y', message)
    await statistics.waitFor('another message', ({ messagesReceived }) => messagesReceived === 2)
  })

  it('answers a PUBREL for a message it took over the connection before', async () => {
    const { app, broker } = await setUp({ answersReceived: false })
    const statistics = app.openView({ kind: 'statistics' })
    broker.clients[0]?.publish('in', 'x', { qos: 2, messageId: 9 })
    await statistics.waitFor('the message', ({ messagesReceived }) => messagesReceived === 1)
    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true } })
    const next = await reconnect(app, broker)
    next.send({ cmd: 'pubrel', messageId: 9, reasonCode: 0 })
    await until('PUBCOMP', () => next.packets.some(({ cmd }) => cmd === 'pubcomp'))
    next.publish('marker', '', { qos: 0 })
    await statistics.waitFor('the marker', ({ messagesReceived }) => messagesReceived >= 2)
    expect(statistics.frame?.messagesReceived).toBe(2)
  })

  it('takes the same identifier for another message when the session is lost', async () => {
    const { app, broker } = await setUp({ answersReceived: false })
    const statistics = app.openView({ kind: 'statistics' })
    broker.clients[0]?.publish('in', 'x', { qos: 2, messageId: 9 })
    await statistics.waitFor('the message', ({ messagesReceived }) => messagesReceived === 1)
    const next = await reconnect(app, broker)
    next.publish('in', 'y', { qos: 2, messageId: 9 })
    await statistics.waitFor('the other message', ({ messagesReceived }) => messagesReceived === 2)
  })

  it('can take back what waits, not what is in flight', async () => {
    const { app, broker } = await setUp()
    const sent = publish(app, 'sent', 1)
    await until('the publish', () => publishesOf(broker.clients[0]).length === 1)
    expect(app.engine.dropPublishes([sent])).toBe(0)
    broker.clients[0]?.close('reset')
    await app.waitForPhase('reconnecting')
    const waiting = publish(app, 'waiting', 1)
    expect(app.engine.dropPublishes(null)).toBe(1)
    expect(app.publishes.get(waiting)).toEqual([{ kind: 'dropped' }])
    expect(app.outbox).toEqual({ queued: 0, inFlight: 1, unconfirmed: 0 })
    expect(app.engine.dropPublishes([waiting, sent])).toBe(0)
  })

  it('keeps QoS 0 without a connection only when asked to', async () => {
    const { app, broker } = await setUp()
    broker.clients[0]?.close('reset')
    await app.waitForPhase('reconnecting')
    const message = { topic: 'a', payload: new Uint8Array(), qos: 0, retain: false } as const
    expect(app.engine.publish(message).state).toEqual({ kind: 'not-sent' })
    expect(app.engine.publish({ ...message, topic: 'kept' }, true).state).toEqual({ kind: 'queued' })
    app.engine.connect(session)
    await until('the message', () => publishesOf(broker.clients[1]).length === 1)
    expect(topicsOf(broker.clients[1])).toEqual(['kept'])
    await untilKind(app, 2, 'sent')
  })
})

describe('limits of the broker', () => {
  it.each([1, 2])('never has more than %i unacknowledged, QoS 1 and 2 mixed', async (receiveMaximum) => {
    const open = new Set<number>()
    let most = 0
    const broker = await bench.rawBroker({
      onConnect: { kind: 'accept', properties: { receiveMaximum } },
      onPublish: ({ messageId = 0 }, client) => {
        open.add(messageId)
        most = Math.max(most, open.size)
        // Later than what is on its way already.
        setImmediate(() => {
          const qos = publishesOf(client).find((one) => one.messageId === messageId)?.qos
          if (qos === 1) open.delete(messageId)
          client.send({ cmd: qos === 1 ? 'puback' : 'pubrec', messageId, reasonCode: 0 })
        })
        return null
      },
      onRelease: ({ messageId = 0 }) => open.delete(messageId),
    })
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, { mqttVersion: '5.0', subscriptions: [] }))
    for (let index = 0; index < 50; index += 1) publish(app, `m${index}`, index % 3 === 0 ? 2 : 1)
    expect(app.outbox).toEqual({ queued: 50 - receiveMaximum, inFlight: receiveMaximum, unconfirmed: 0 })
    expect(app.engine.dropPublishes([50])).toBe(1)
    await until('all to be acknowledged', () => app.outbox.inFlight + app.outbox.queued === 0)
    expect(most).toBe(receiveMaximum)
    expect(topicsOf(broker.clients[0])).toEqual(Array.from({ length: 49 }, (_, index) => `m${index}`))
  })

  it('heeds a smaller Receive Maximum when it sends again', async () => {
    const broker = await bench.rawBroker({ onPublish: () => null })
    const app = bench.driver()
    session = connectionConfig(broker.port, { mqttVersion: '5.0', cleanStart: false, subscriptions: [] })
    await app.online(session)
    for (const topic of ['a', 'b', 'c']) publish(app, topic, 1)
    await until('three publishes', () => publishesOf(broker.clients[0]).length === 3)
    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true, properties: { receiveMaximum: 1 } } })
    const next = await reconnect(app, broker)
    for (const [index, topic] of ['a', 'b', 'c'].entries()) {
      await until(topic, () => publishesOf(next).length === index + 1)
      expect(publishesOf(next)[index]).toMatchObject({ topic, dup: true })
      next.send({ cmd: 'puback', messageId: publishesOf(next)[index]?.messageId ?? 0, reasonCode: 0 })
    }
    await until('all to be acknowledged', () => app.outbox.inFlight === 0)
  })

  it.each([
    ['a QoS it does not offer', { maximumQoS: 1 }, { qos: 2 }, 0x9b],
    ['retain', { retainAvailable: false }, { retain: true }, 0x9a],
    ['a packet too large for it', { maximumPacketSize: 20 }, { payload: Buffer.alloc(20) }, 0x95],
  ] as const)('refuses %s by itself', async (_what, properties, more, reasonCode) => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties } })
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, { mqttVersion: '5.0', subscriptions: [] }))
    expect(await app.publish({ topic: 'a', qos: 1, ...more })).toEqual({ kind: 'refused', reasonCode, brokerReason: null })
    expect(await app.publish({ topic: 'b', qos: 1 })).toMatchObject({ kind: 'acknowledged' })
    expect(topicsOf(broker.clients[0])).toEqual(['b'])
  })

  it('never gives a packet identifier to two open exchanges', async () => {
    const broker = await bench.rawBroker({ onPublish: () => null, onSubscribe: () => null })
    const app = bench.driver()
    app.engine.connect(connectionConfig(broker.port, { subscriptions: [{ filter: 'a', qos: 0 }, { filter: 'b', qos: 0 }] }))
    await app.waitForPhase('online')
    for (let index = 0; index < 100; index += 1) publish(app, `m${index}`, 1)
    app.engine.subscribe({ filter: 'c', qos: 0 })
    const identified = () => (broker.clients[0]?.packets ?? []).filter(({ messageId }) => messageId !== undefined)
    await until('all packets', () => identified().length === 103)
    expect(new Set(identified().map(({ messageId }) => messageId)).size).toBe(103)
  })
})

describe('topic aliases', () => {
  it('shorten topics as far as the broker takes them, and start anew with each connection', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { topicAliasMaximum: 1 } }, onPublish: () => null })
    const app = bench.driver()
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, sendTopicAliases: true }
    session = connectionConfig(broker.port, { mqttVersion: '5.0', cleanStart: false, subscriptions: [], connectOptions })
    await app.online(session)
    for (const topic of ['a', 'a', 'b', 'a']) publish(app, topic, 1)
    const said = (client: RawClient | undefined) => publishesOf(client).map(({ topic, properties }) => [topic, properties?.topicAlias])
    await until('four publishes', () => said(broker.clients[0]).length === 4)
    expect(said(broker.clients[0])).toEqual([['a', 1], ['', 1], ['b', 1], ['a', 1]])
    broker.behave({ onConnect: { kind: 'accept', sessionPresent: true, properties: { topicAliasMaximum: 0 } } })
    const next = await reconnect(app, broker)
    await until('four publishes again', () => said(next).length === 4)
    expect(said(next)).toEqual([['a', undefined], ['a', undefined], ['b', undefined], ['a', undefined]])
  })

  it('stand for their topic in messages of QoS 2 too', async () => {
    const broker = await bench.rawBroker()
    const app = bench.driver()
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, topicAliasMaximum: 5 }
    const view = app.openView({ kind: 'topic', topic: 'in', newest: null, firstRow: 0, rowCount: 10 })
    await app.online(connectionConfig(broker.port, { mqttVersion: '5.0', subscriptions: [], connectOptions }))
    broker.clients[0]?.publish('in', 'x', { qos: 2, messageId: 1, properties: { topicAlias: 3 } })
    broker.clients[0]?.publish('', 'y', { qos: 2, messageId: 2, properties: { topicAlias: 3 } })
    await view.waitFor('both messages', ({ messages }) => messages === 2)
  })
})
