import { describe, expect, it } from 'vitest'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import { DEFAULT_CONNECT_OPTIONS, type ConnectOptions } from '@shared/profile/connect-options'
import { DEFAULT_SUBSCRIPTION_OPTIONS, type Subscription, type SubscriptionOptions } from '@shared/profile/subscription'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import { mosquittoPub, mosquittoSubOnce } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

const options = (more: Partial<ConnectOptions>) => ({ connectOptions: { ...DEFAULT_CONNECT_OPTIONS, ...more } })
const subscription = (filter: string, more: Partial<SubscriptionOptions> = {}, qos: 0 | 1 | 2 = 1): Subscription => {
  return { filter, qos, options: { ...DEFAULT_SUBSCRIPTION_OPTIONS, ...more } }
}

async function messagesOf(app: EngineDriver, topic: string, count = 1) {
  const view = app.openView({ kind: 'topic', topic, newest: null, firstRow: 0, rowCount: 50 })
  const { history } = await view.waitFor(`${count} messages on ${topic}`, (frame) => frame.history.length >= count)
  view.close()
  return history
}

/** Waits for a message that was published after all that matters, so that what is missing then never came. */
async function settle(app: EngineDriver, port: number): Promise<void> {
  await mosquittoPub({ port, topic: 'marker', payload: 'end', qos: 1 })
  await messagesOf(app, 'marker')
}

async function topicsSeen(app: EngineDriver): Promise<string[]> {
  const tree = app.openTree()
  const { rows } = await tree.waitFor('all rows with their counts', (frame) => frame.rows.every(({ messages }) => messages > 0))
  tree.close()
  return rows.filter(({ messages }) => messages > 0).map(({ topic }) => topic)
}

describe('subscription options', () => {
  it('no local: what we publish does not come back', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const subscriptions = [subscription('quiet', { noLocal: true }), subscription('loud'), subscription('marker')]
    await app.online(connectionConfig(port, { subscriptions }))
    await app.publish({ topic: 'quiet', qos: 1 })
    await app.publish({ topic: 'loud', qos: 1 })
    await settle(app, port)
    expect(await topicsSeen(app)).toEqual(['loud', 'marker'])
  })

  it('retain as published: the flag stays as the sender set it', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const subscriptions = [subscription('as/is', { retainAsPublished: true }), subscription('as/usual')]
    await app.online(connectionConfig(port, { subscriptions }))
    for (const topic of ['as/is', 'as/usual']) await mosquittoPub({ port, topic, payload: 'x', retain: true, qos: 1 })
    expect((await messagesOf(app, 'as/is'))[0]?.retain).toBe(true)
    expect((await messagesOf(app, 'as/usual'))[0]?.retain).toBe(false)
  })

  it('retain handling: at each subscribe, only for a new one, never', async () => {
    const { port } = await bench.mosquitto()
    for (const topic of ['each', 'new', 'never']) await mosquittoPub({ port, topic, payload: 'kept', retain: true, qos: 1 })
    const app = bench.driver()
    const subscriptions = [
      subscription('each', { retainHandling: 0 }),
      subscription('new', { retainHandling: 1 }),
      subscription('never', { retainHandling: 2 }),
      subscription('marker'),
    ]
    const config = connectionConfig(port, { subscriptions, cleanStart: false, ...options({ sessionExpirySeconds: 60 }) })
    await app.online(config)
    await settle(app, port)
    expect(await topicsSeen(app)).toEqual(['each', 'marker', 'new'])
    await app.engine.disconnect()
    // The session has the subscriptions still, so none is new.
    expect((await app.online(config)).sessionPresent).toBe(true)
    await mosquittoPub({ port, topic: 'marker', payload: 'end', qos: 1 })
    await messagesOf(app, 'marker', 2)
    expect(await messagesOf(app, 'each', 2)).toHaveLength(2)
    expect(await messagesOf(app, 'new')).toHaveLength(1)
  })

  it('subscription identifiers come with the messages', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { subscriptions: [subscription('known/#', { identifier: 268_435_455 })] }))
    await mosquittoPub({ port, topic: 'known/x', payload: '1' })
    const [message] = await messagesOf(app, 'known/x')
    const { properties } = app.engine.readMessage(message?.sequence ?? 0, 10)
    expect(properties).toContainEqual({ name: 'Subscription Identifier', value: '268435455' })
  })

  it('asks for no identifier where the broker has none, which would be an error', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { subscriptionIdentifiersAvailable: false } } })
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, { subscriptions: [subscription('a', { identifier: 7, noLocal: true })] }))
    const asked = broker.clients[0]?.packets.find(({ cmd }) => cmd === 'subscribe')
    expect(asked).toMatchObject({ subscriptions: [{ topic: 'a', nl: true }] })
    expect(asked).not.toHaveProperty('properties.subscriptionIdentifier')
  })

  it('a shared subscription spreads messages over its group', async () => {
    const { port } = await bench.mosquitto()
    const [one, two] = [bench.driver(), bench.driver()]
    for (const app of [one, two]) await app.online(connectionConfig(port, { subscriptions: [subscription('$share/crew/work/+')] }))
    for (let job = 0; job < 10; job += 1) await mosquittoPub({ port, topic: `work/${job}`, payload: 'x', qos: 1 })
    const jobsOf = async (app: EngineDriver): Promise<string[]> => (await topicsSeen(app)).filter((topic) => topic.startsWith('work/'))
    const seen = async (): Promise<string[][]> => [await jobsOf(one), await jobsOf(two)]
    await waitUntil(async () => (await seen()).flat().length >= 10, { what: 'ten jobs in all' })
    const [first = [], second = []] = await seen()
    expect(first.length + second.length).toBe(10)
    expect(new Set([...first, ...second]).size).toBe(10)
    expect(Math.min(first.length, second.length)).toBeGreaterThan(0)
  })
})

describe('limits of ours', () => {
  it.each([
    // Mosquitto 2.0.11 itself goes beyond any other but 1.
    [1, 1],
    [null, 8],
  ])('receive maximum %s: of 8 queued messages Mosquitto has %i under way at a time', async (receiveMaximum, most) => {
    const broker = await bench.mosquitto({ logPackets: true })
    const app = bench.driver()
    const config = connectionConfig(broker.port, {
      clientId: 'slow',
      cleanStart: false,
      subscriptions: [subscription('burst', {}, 2)],
      ...options({ receiveMaximum, sessionExpirySeconds: 60 }),
    })
    await app.online(config)
    await app.engine.disconnect()
    for (let index = 0; index < 8; index += 1) await mosquittoPub({ port: broker.port, topic: 'burst', payload: String(index), qos: 2 })
    await app.online(config)
    const history = await messagesOf(app, 'burst', 8)
    expect(history.map(({ preview }) => preview).reverse().join('')).toBe('01234567')
    await waitUntil(() => broker.log().match(/Received PUBCOMP from slow/g)?.length === 8, { what: () => broker.log() })
    let underWay = 0
    let mostUnderWay = 0
    for (const [, what] of broker.log().matchAll(/(Sending PUBLISH to|Received PUBCOMP from) slow/g)) {
      underWay += what === 'Received PUBCOMP from' ? -1 : 1
      mostUnderWay = Math.max(mostUnderWay, underWay)
    }
    expect(mostUnderWay).toBe(most)
  })

  it('a broker that goes beyond our receive maximum breaks the protocol', async () => {
    const broker = await bench.rawBroker()
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, options({ receiveMaximum: 1 })))
    for (const messageId of [1, 2]) broker.clients[0]?.publish('burst', 'x', { qos: 2, messageId })
    const { failure } = await app.waitForPhase('reconnecting')
    expect(failure).toMatchObject({ code: 'protocol-error', permanent: false })
    expect(failure.detail).toMatch(/receive maximum/i)
  })

  it('maximum packet size: Mosquitto sends no larger one', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { maximumPacketBytes: 2_000 }))
    await mosquittoPub({ port, topic: 'large', payload: 'x'.repeat(3_000), qos: 1 })
    await settle(app, port)
    expect(await topicsSeen(app)).toEqual(['marker'])
    expect(app.status.phase).toBe('online')
  })

  it('a larger packet of a 3.1.1 broker ends the connection, readably, and it comes back', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { mqttVersion: '3.1.1', maximumPacketBytes: 2_000 }))
    await mosquittoPub({ port, topic: 'large', payload: 'x'.repeat(3_000), qos: 1 })
    const { failure } = await app.waitForPhase('reconnecting')
    expect(failure).toMatchObject({ code: 'protocol-error', permanent: false })
    expect(failure.detail).toMatch(/2,?000|large/i)
    await waitUntil(() => app.statuses.filter(({ phase }) => phase === 'online').length === 2, { timeoutMs: 10_000, what: 'to be back' })
  })
})

describe('topic aliases', () => {
  it('shorten what we publish, as far as Mosquitto allows, and arrive right', async () => {
    const { port } = await bench.mosquitto({ listenerConfig: 'max_topic_alias 2' })
    const witness = await bench.subscriber({ port, topic: 'alias/#', qos: 1 })
    const app = bench.driver()
    const { grants } = await app.online(connectionConfig(port, { subscriptions: [], ...options({ sendTopicAliases: true }) }))
    expect(grants?.topicAliasMaximum).toBe(2)
    const topics = ['a', 'b', 'a', 'c', 'b', 'a', 'a'].map((name) => `alias/${name}`)
    for (const [index, topic] of topics.entries()) {
      const qos = index % 2 === 0 ? 1 : 0
      expect((await app.publish({ topic, payload: Buffer.from(String(index)), qos })).kind).toBe(qos === 1 ? 'acknowledged' : 'sent')
    }
    const received = await witness.waitForCount(topics.length)
    expect(received.map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual(topics.map((topic, index) => `${topic} ${index}`))
  })

  it('go out with an empty topic the second time', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { topicAliasMaximum: 10 } } })
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, options({ sendTopicAliases: true })))
    for (let index = 0; index < 2; index += 1) await app.publish({ topic: 'long/topic', qos: 1 })
    const sent = broker.clients[0]?.packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet] : []))
    expect(sent?.map(({ topic, properties }) => [topic, properties?.topicAlias])).toEqual([
      ['long/topic', 1],
      ['', 1],
    ])
  })

  it('are not sent for a message that shall have none', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { topicAliasMaximum: 10 } } })
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, options({ sendTopicAliases: true })))
    const properties = { ...NO_PUBLISH_PROPERTIES, mayUseTopicAlias: false }
    for (let index = 0; index < 2; index += 1) await app.publish({ topic: 'whole', qos: 1, properties })
    const sent = broker.clients[0]?.packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet] : []))
    expect(sent?.map(({ topic, properties: said }) => [topic, said?.topicAlias])).toEqual([['whole', undefined], ['whole', undefined]])
  })

  it('are not sent where the broker takes none, or nobody asked for them', async () => {
    for (const [topicAliasMaximum, sendTopicAliases] of [[0, true], [10, false]] as const) {
      const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { topicAliasMaximum } } })
      const app = bench.driver()
      await app.online(connectionConfig(broker.port, options({ sendTopicAliases })))
      await app.publish({ topic: 'whole', qos: 1 })
      await app.publish({ topic: 'whole', qos: 1 })
      const sent = broker.clients[0]?.packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet] : []))
      expect(sent?.map(({ topic, properties }) => [topic, properties?.topicAlias])).toEqual([['whole', undefined], ['whole', undefined]])
    }
  })

  it('of the broker are understood, and may change their topic', async () => {
    const broker = await bench.rawBroker()
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, options({ topicAliasMaximum: 1 })))
    expect(broker.connects[0]?.properties?.topicAliasMaximum).toBe(1)
    const [client] = broker.clients
    for (const topic of ['first', '', 'second', '']) client?.publish(topic, 'x', { properties: { topicAlias: 1 } })
    expect(await messagesOf(app, 'second', 2)).toHaveLength(2)
    expect(await messagesOf(app, 'first', 2)).toHaveLength(2)
  })
})

describe('properties of what we publish', () => {
  it('all arrive, in their order', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port))
    const properties = {
      payloadFormatIndicator: 1 as const,
      messageExpirySeconds: 600,
      contentType: 'text/plain; charset=utf-8',
      responseTopic: 'answers/1',
      correlationData: Uint8Array.of(0, 255, 7),
      userProperties: [{ name: 'b', value: '1' }, { name: 'a', value: '' }, { name: 'b', value: '°' }],
      mayUseTopicAlias: true,
    }
    expect((await app.publish({ topic: 'kept', payload: Buffer.from('x'), qos: 1, retain: true, properties })).kind).toBe('acknowledged')
    const printed = await mosquittoSubOnce({ port, topic: 'kept', format: '%F|%C|%R|%P|%p' })
    expect(printed).toBe('1|text/plain; charset=utf-8|answers/1|b:1 a: b:°|x')
    const expiry = Number(await mosquittoSubOnce({ port, topic: 'kept', format: '%E' }))
    expect(expiry).toBeGreaterThan(500)
    expect(expiry).toBeLessThanOrEqual(600)
    expect(app.engine.readWhole((await messagesOf(app, 'kept'))[0]?.sequence ?? 0).properties.correlationData).toEqual(properties.correlationData)
  })

  it('do not reach a broker of 3.1.1, and the message does', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { mqttVersion: '3.1.1' }))
    const properties = { ...NO_PUBLISH_PROPERTIES, contentType: 'a/b' }
    await app.publish({ topic: 'kept', payload: Buffer.from('x'), qos: 1, retain: true, properties })
    expect(await mosquittoSubOnce({ port, topic: 'kept', format: '%C|%p' })).toBe('|x')
  })
})

describe('extended authentication', () => {
  it('names its method; a broker that accepts at once is fine', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { authenticationMethod: 'K8S' } } })
    await bench.driver().online(connectionConfig(broker.port, options({ authenticationMethod: 'K8S' })))
    expect(broker.connects[0]?.properties?.authenticationMethod).toBe('K8S')
  })

  it('that goes on with AUTH ends readably, once', async () => {
    // AUTH 0x18 Continue authentication, with its method.
    const method = Buffer.from('SCRAM-SHA-256')
    const properties = Buffer.concat([Buffer.from([0x15, 0, method.byteLength]), method])
    const auth = Buffer.concat([Buffer.from([0xf0, properties.byteLength + 2, 0x18, properties.byteLength]), properties])
    const broker = await bench.rawBroker({ onConnect: { kind: 'bytes', bytes: auth } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(broker.port, options({ authenticationMethod: 'SCRAM-SHA-256' })))
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'authentication-continues', detail: 'SCRAM-SHA-256', permanent: true })
    expect(broker.connects).toHaveLength(1)
  })

  it('of a method the broker does not know fails for good', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    app.engine.connect(connectionConfig(port, options({ authenticationMethod: 'NO-SUCH' })))
    expect((await app.waitForPhase('failed')).failure).toMatchObject({ code: 'connack', reasonCode: 0x8c })
  })
})

it('MQTT 3.1 is spoken', async () => {
  const broker = await bench.mosquitto({ logPackets: true })
  const app = bench.driver()
  const status = await app.online(connectionConfig(broker.port, { mqttVersion: '3.1', clientId: 'old', subscriptions: [{ filter: '#', qos: 2 }] }))
  expect(status).toMatchObject({ mqttVersion: '3.1', fellBack: false, grants: null })
  expect(broker.log()).toMatch(/New client connected from .* as old \(p1,/)
  expect((await app.publish({ topic: 'echo', payload: Buffer.from('x'), qos: 2 })).kind).toBe('acknowledged')
  expect((await messagesOf(app, 'echo'))[0]).toMatchObject({ qos: 2 })
})
