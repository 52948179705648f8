import { connectAsync, type IPublishPacket, type MqttClient } from 'mqtt'
import { describe, expect, it } from 'vitest'
import type { Exchange, ExchangeOptions } from '@shared/collections/exchange'
import type { SubscriptionState } from '@shared/connection/connection'
import { DEFAULT_SUBSCRIPTION_OPTIONS } from '@shared/profile/subscription'
import type { ConnectionConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import type { Mosquitto } from '../support/mosquitto'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()
type Version = '5.0' | '3.1.1'
type Answering = (client: MqttClient, packet: IPublishPacket) => void

/** Another program that hears requests on `ask`. */
async function responder({ port }: Mosquitto, version: Version, answer: Answering): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: version === '5.0' ? 5 : 4 })
  bench.atEnd(() => client.endAsync(true))
  client.on('message', (_topic, _payload, packet) => answer(client, packet))
  await client.subscribeAsync('ask', { qos: 1 })
  return client
}

/** Answers as MQTT 5.0 has it: on the response topic, with the correlation data. */
function reply(client: MqttClient, { properties }: IPublishPacket, payload: string): void {
  const { responseTopic = '', correlationData } = properties ?? {}
  client.publish(responseTopic, payload, { qos: 1, properties: { ...(correlationData && { correlationData }) } })
}

async function online({ port }: Mosquitto, version: Version, more: Partial<ConnectionConfig> = {}): Promise<EngineDriver> {
  const app = bench.driver()
  await app.online(connectionConfig(port, { mqttVersion: version, subscriptions: [], ...more }))
  return app
}

async function ask(app: EngineDriver, options: Partial<ExchangeOptions> = {}, topic = 'ask') {
  const view = app.openView<'runs'>({ kind: 'runs' })
  const fault = await app.engine.startExchange({
    name: 'question',
    message: { kind: 'ready', name: 'question', message: { topic, payload: Buffer.from('?'), qos: 1, retain: false } },
    variables: {},
    options: { responseTopic: null, timeoutMs: 10_000, firstOnly: true, ...options },
  })
  expect(fault).toBeNull()
  const until = (what: string, condition: (exchange: Exchange) => boolean): Promise<Exchange> =>
    waitUntil(
      () => {
        const exchange = view.frame?.exchange
        return exchange !== null && exchange !== undefined && condition(exchange) && exchange
      },
      { timeoutMs: 15_000, what: () => `${what}; ${JSON.stringify(view.frame)}` },
    )
  return { until, is: (kind: Exchange['state']['kind']) => until(kind, ({ state }) => state.kind === kind) }
}

/** Whether somebody listens to a topic: the broker tells who publishes there. */
async function hearing(mosquitto: Mosquitto, topic: string): Promise<() => Promise<boolean>> {
  const other = await online(mosquitto, '5.0')
  return async () => {
    const state = await other.publish({ topic, qos: 1 })
    return state.kind === 'acknowledged' && state.reasonCode === 0
  }
}

const textOf = (app: EngineDriver, sequence: number | undefined) => Buffer.from(app.engine.readWhole(sequence ?? 0).payload).toString()

describe('a request with MQTT 5.0', () => {
  it('is answered on a topic of its own, by its correlation data, and what else comes there is no answer', async () => {
    const mosquitto = await bench.mosquitto()
    await responder(mosquitto, '5.0', (client, packet) => {
      client.publish(packet.properties?.responseTopic ?? '', 'stranger', { qos: 1 })
      reply(client, packet, 'answer')
    })
    const app = await online(mosquitto, '5.0')
    const exchange = await (await ask(app)).is('answered')
    expect(exchange.answers).toHaveLength(1)
    expect(textOf(app, exchange.answers[0]?.sequence)).toBe('answer')
    expect(exchange).toMatchObject({ strangers: 1, request: { kind: 'acknowledged', reasonCode: 0 } })
    expect(exchange.responseTopic).toMatch(/^pubscope\/responses\/[0-9a-f]{16}$/)
    expect(exchange.correlationData).toMatch(/^[0-9a-f]{32}$/)
    expect(exchange.answers[0]?.elapsedMs).toBeLessThan(5_000)
  })

  it('collects every answer until the time is up, where all are wanted', async () => {
    const mosquitto = await bench.mosquitto()
    await responder(mosquitto, '5.0', (client, packet) => {
      for (const answer of ['one', 'two', 'three']) reply(client, packet, answer)
    })
    const app = await online(mosquitto, '5.0')
    const exchange = await (await ask(app, { firstOnly: false, timeoutMs: 1_000 })).is('answered')
    expect(exchange.answers.map(({ sequence }) => textOf(app, sequence))).toEqual(['one', 'two', 'three'])
  })

  it('runs out of time, and still shows an answer that comes late', async () => {
    const mosquitto = await bench.mosquitto()
    const asked: IPublishPacket[] = []
    const client = await responder(mosquitto, '5.0', (_client, packet) => asked.push(packet))
    const app = await online(mosquitto, '5.0')
    const question = await ask(app, { timeoutMs: 200 })
    expect((await question.is('timed-out')).answers).toEqual([])
    for (const packet of asked) reply(client, packet, 'late')
    const exchange = await question.until('the late answer', ({ answers }) => answers.length === 1)
    expect(exchange).toMatchObject({ state: { kind: 'timed-out' }, answers: [{ late: true }] })
  })

  it('listens to its response topic for as long as it waits, and to nothing after it was cancelled', async () => {
    const mosquitto = await bench.mosquitto()
    const app = await online(mosquitto, '5.0')
    const question = await ask(app, { responseTopic: 'my/answers' })
    await question.until('the request sent', ({ request }) => request?.kind === 'acknowledged')
    const heard = await hearing(mosquitto, 'my/answers')
    expect(await heard()).toBe(true)
    app.engine.controlExchange('cancel')
    await question.is('cancelled')
    await waitUntil(async () => !(await heard()), { what: 'the subscription to end' })
    expect(app.subscriptions).toEqual<SubscriptionState[]>([])
  })

  it('asks for no second subscription to what comes anyway, and leaves that in place', async () => {
    const mosquitto = await bench.mosquitto()
    await responder(mosquitto, '5.0', (client, packet) => reply(client, packet, 'answer'))
    const app = await online(mosquitto, '5.0', { subscriptions: [{ filter: 'pubscope/#', qos: 1 }] })
    const exchange = await (await ask(app)).is('answered')
    expect(exchange.answers).toHaveLength(1)
    expect(await (await hearing(mosquitto, exchange.responseTopic))()).toBe(true)
  })

  it('says so when the broker does not take it', async () => {
    const mosquitto = await bench.mosquitto({ acl: 'topic readwrite ask\ntopic readwrite pubscope/#' })
    const app = await online(mosquitto, '5.0')
    const refused = await (await ask(app, {}, 'forbidden')).is('not-sent')
    expect(refused.request).toMatchObject({ kind: 'refused', reasonCode: 0x87 })
  })

  it('takes an answer that is retained, by whatever subscription it comes, and nothing that was retained before', async () => {
    const mosquitto = await bench.mosquitto()
    const client = await responder(mosquitto, '5.0', (answering, { properties }) => {
      const { responseTopic = '', correlationData } = properties ?? {}
      answering.publish(responseTopic, 'kept', { qos: 1, retain: true, properties: { ...(correlationData && { correlationData }) } })
    })
    // Whose subscriptions show the flag of live messages too, and whose do not.
    for (const retainAsPublished of [true, false]) {
      const subscription = { filter: 'answers/#', qos: 1 as const, options: { ...DEFAULT_SUBSCRIPTION_OPTIONS, retainAsPublished } }
      const responseTopic = `answers/${retainAsPublished}`
      await client.publishAsync(responseTopic, 'before', { qos: 1, retain: true, properties: { correlationData: Buffer.alloc(16, 1) } })
      const app = await online(mosquitto, '5.0', { subscriptions: [subscription] })
      const exchange = await (await ask(app, { responseTopic })).is('answered')
      expect(exchange.answers.map(({ sequence }) => textOf(app, sequence))).toEqual(['kept'])
      expect(exchange.strangers).toBe(0)
    }
  })

  it('ends with its connection', async () => {
    const mosquitto = await bench.mosquitto()
    const app = await online(mosquitto, '5.0')
    const question = await ask(app)
    await question.is('awaiting')
    await mosquitto.kill()
    await question.is('disconnected')
  })
})

describe('a request with MQTT 3.1.1', () => {
  it('takes the first message on the chosen topic for its answer, but not one that was retained there', async () => {
    const mosquitto = await bench.mosquitto()
    const client = await responder(mosquitto, '3.1.1', (answering) => answering.publish('answers', 'answer', { qos: 1, retain: true }))
    await client.publishAsync('answers', 'retained', { qos: 1, retain: true })
    const app = await online(mosquitto, '3.1.1')
    const exchange = await (await ask(app, { responseTopic: 'answers' })).is('answered')
    expect(exchange).toMatchObject({ correlationData: null, responseTopic: 'answers', strangers: 0 })
    expect(exchange.answers.map(({ sequence }) => textOf(app, sequence))).toEqual(['answer'])
  })
})
