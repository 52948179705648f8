import { describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import type { ConnectionConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import { mosquittoPub } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()
const expiry = (sessionExpirySeconds: number) => ({ ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds })

/** The payloads a client has on a topic, oldest first, once there are so many. */
async function payloadsOf(app: EngineDriver, topic: string, count: number): Promise<string[]> {
  const view = app.openView({ kind: 'topic', topic, newest: null, firstRow: 0, rowCount: 20 })
  const { history } = await view.waitFor(`${count} messages on ${topic}`, (frame) => frame.history.length >= count)
  return history.map(({ sequence }) => Buffer.from(app.engine.readWhole(sequence).payload).toString()).reverse()
}

describe('the client identifier', () => {
  it.each(['5.0', '3.1.1'] as const)('may be empty for a clean start with MQTT %s: the broker has one', async (mqttVersion) => {
    const { port } = await bench.mosquitto()
    const { grants } = await bench.driver().online(connectionConfig(port, { mqttVersion, clientId: '' }))
    if (mqttVersion === '3.1.1') expect(grants).toBeNull()
    else {
      expect(grants).toMatchObject({ clientIdAssigned: true })
      expect(grants?.clientId).not.toBe('')
    }
  })

  it('may be empty with MQTT 5.0 where a session is asked for, too', async () => {
    const { port } = await bench.mosquitto()
    const config = connectionConfig(port, { mqttVersion: '5.0', clientId: '', cleanStart: false, connectOptions: expiry(60) })
    const { grants } = await bench.driver().online(config)
    expect(grants).toMatchObject({ clientIdAssigned: true, sessionExpirySeconds: 60 })
  })

  it.each<[string, Partial<ConnectionConfig>]>([
    ['3.1.1 with a session to keep', { mqttVersion: '3.1.1', cleanStart: false }],
    ['3.1', { mqttVersion: '3.1', cleanStart: true }],
  ])('may not be empty with %s: said at once, nothing is sent', async (_name, overrides) => {
    const broker = await bench.rawBroker()
    const app = bench.driver()
    app.engine.connect(connectionConfig(broker.port, { clientId: '', ...overrides }))
    expect((await app.waitForPhase('failed')).failure).toMatchObject({ code: 'client-id-needed', permanent: true })
    expect(broker.sockets).toBe(0)
  })

  it('is missing also after falling back to 3.1.1, and that does not loop', async () => {
    const old = await bench.rawBroker({ onConnect: { kind: 'refuse', code: 0x01, as: '3.1.1' } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(old.port, { clientId: '', cleanStart: false }))
    expect((await app.waitForPhase('failed')).failure.code).toBe('client-id-needed')
    expect(old.connects).toHaveLength(1)
  })
})

it('the keep alive is the server’s, also where we asked for none [MQTT-3.2.2-21]', async () => {
  const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { serverKeepAlive: 1 } } })
  const { grants } = await bench.driver().online(connectionConfig(broker.port, { mqttVersion: '5.0', keepaliveSeconds: 0 }))
  expect(grants?.keepaliveSeconds).toBe(1)
  await waitUntil(() => broker.clients[0]?.packets.some(({ cmd }) => cmd === 'pingreq'), { what: 'a PINGREQ' })
})

it('a session under a name the broker made up is found again after the network broke', async () => {
  const { port } = await bench.mosquitto()
  const relay = await bench.relay(port)
  const app = bench.driver()
  const first = await app.online(connectionConfig(relay.port, { clientId: '', cleanStart: false, connectOptions: expiry(60) }))
  relay.cut()
  const online = await waitUntil(() => app.statuses.flatMap((status) => (status.phase === 'online' ? [status] : []))[1], {
    timeoutMs: 10_000,
    what: () => JSON.stringify(app.statuses),
  })
  expect(online).toMatchObject({ sessionPresent: true, grants: { clientId: first.grants?.clientId } })
})

describe('a session', () => {
  it.each(['5.0', '3.1.1', '3.1'] as const)('is resumed with MQTT %s, with what was queued meanwhile', async (mqttVersion) => {
    const { port } = await bench.mosquitto()
    const config = connectionConfig(port, {
      mqttVersion,
      cleanStart: false,
      connectOptions: expiry(60),
      subscriptions: [{ filter: 'queued/#', qos: 1 }],
    })
    const app = bench.driver()
    expect((await app.online(config)).sessionPresent).toBe(false)
    await app.engine.disconnect()
    for (const payload of ['one', 'two']) await mosquittoPub({ port, topic: 'queued/x', payload, qos: 1 })
    const status = await app.online(config)
    // A CONNACK of 3.1 has no room to say whether there was a session.
    if (mqttVersion !== '3.1') expect(status.sessionPresent).toBe(true)
    expect(await payloadsOf(app, 'queued/x', 2)).toEqual(['one', 'two'])
  })

  it('is gone when its time is over', async () => {
    const broker = await bench.mosquitto()
    const config = connectionConfig(broker.port, { clientId: 'brief', cleanStart: false, connectOptions: expiry(1) })
    const app = bench.driver()
    await app.online(config)
    await app.engine.disconnect()
    await waitUntil(() => broker.log().includes('Expiring client brief'), { timeoutMs: 10_000, what: () => broker.log() })
    expect((await app.online(config)).sessionPresent).toBe(false)
  })

  it('ends with the connection where nothing else is asked for, as clean start or not', async () => {
    const { port } = await bench.mosquitto()
    const config = connectionConfig(port, { cleanStart: false })
    const app = bench.driver()
    await app.online(config)
    await app.engine.disconnect()
    expect(await app.online(config)).toMatchObject({ sessionPresent: false, grants: { sessionExpirySeconds: 0 } })
  })
})
