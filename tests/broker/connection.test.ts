import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { describe, expect, it } from 'vitest'
import type { ConnectionStatus } from '@shared/connection/connection'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, topicsOf } from '../support/engine-driver'
import { freePort } from '../support/free-port'
import { mosquittoPub } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

function phases(statuses: readonly ConnectionStatus[]): string[] {
  return statuses.map(({ phase }) => phase)
}

describe('versions and transports', () => {
  it.each([
    ['automatic', '5.0'],
    ['5.0', '5.0'],
    ['3.1.1', '3.1.1'],
  ] as const)('asked for %s, Mosquitto gives %s', async (mqttVersion, granted) => {
    const { port } = await bench.mosquitto()
    const status = await bench.driver().online(connectionConfig(port, { mqttVersion }))
    expect(status).toMatchObject({ mqttVersion: granted, fellBack: false, sessionPresent: false })
  })

  it.each(['5.0', '3.1.1'] as const)('receives over WebSocket with %s', async (mqttVersion) => {
    const { port, wsPort } = await bench.mosquitto({ webSocket: true })
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(wsPort ?? 0, { protocol: 'ws', mqttVersion }))
    await mosquittoPub({ port, topic: 'over/ws', payload: 'x' })
    await tree.waitFor('the message', ({ rows }) => topicsOf(rows).includes('over/ws'))
  })

  it.each([
    ['0x84 as 5.0 says it', 0x84, '5.0'],
    ['return code 1 as 3.1.1 says it', 0x01, '3.1.1'],
  ] as const)('falls back to 3.1.1 on %s, at once and without counting a failure', async (_name, code, as) => {
    const old = await bench.rawBroker({
      onConnect: (connect) => (connect.protocolVersion === 5 ? { kind: 'refuse', code, as } : { kind: 'accept' }),
    })
    const app = bench.driver()
    const status = await app.online(connectionConfig(old.port, { maxConnectAttempts: 1 }))
    expect(status).toMatchObject({ mqttVersion: '3.1.1', fellBack: true })
    expect(old.connects.map(({ protocolVersion }) => protocolVersion)).toEqual([5, 4])
    expect(phases(app.statuses)).not.toContain('reconnecting')
  })

  it('does not fall back when 5.0 is fixed', async () => {
    const old = await bench.rawBroker({ onConnect: { kind: 'refuse', code: 0x84 } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(old.port, { mqttVersion: '5.0' }))
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'connack', reasonCode: 0x84 })
    expect(old.connects).toHaveLength(1)
  })

  it('finds the broker at localhost although it listens on 127.0.0.1 only', async () => {
    const { port } = await bench.mosquitto()
    await bench.driver().online(connectionConfig(port, { host: 'localhost' }))
  })

  it('says goodbye, so that the broker sends no will', async () => {
    const mosquitto = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(mosquitto.port, { clientId: 'polite' }))
    await app.engine.disconnect()
    await waitUntil(() => /Client polite (disconnected\.|closed)/.exec(mosquitto.log()), { what: () => mosquitto.log() })
    expect(mosquitto.log()).toContain('Client polite disconnected.')
  })

  it('says when the broker still had the session', async () => {
    const { port } = await bench.mosquitto()
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 60 }
    const config = connectionConfig(port, { cleanStart: false, connectOptions })
    const app = bench.driver()
    expect((await app.online(config)).sessionPresent).toBe(false)
    await app.engine.disconnect()
    expect((await app.online(config)).sessionPresent).toBe(true)
  })
})

describe('signing in as an Azure device', () => {
  it('brings the device’s name and a signature of its own for every CONNECT, never the key', async () => {
    const hub = await bench.rawBroker()
    const azureDevice = { hostName: 'hub.azure-devices.net', deviceId: 'pump7', moduleId: null, sharedAccessKey: 'cGFzc3dvcmQ=' }
    const app = bench.driver()
    await app.online(connectionConfig(hub.port, { azureDevice, username: 'nobody', clientId: 'other', mqttVersion: '3.1.1' }))
    const [connect] = hub.connects
    expect(connect).toMatchObject({ clientId: 'pump7', username: 'hub.azure-devices.net/pump7/?api-version=2021-04-12' })
    const expiry = Number(/&se=(\d+)$/.exec(String(connect?.password))?.[1])
    expect(expiry - Date.now() / 1_000).toBeGreaterThan(3_600)
    expect(String(connect?.password)).toMatch(/^SharedAccessSignature sr=hub\.azure-devices\.net%2Fdevices%2Fpump7&sig=/)
    expect(JSON.stringify(app.statuses)).not.toContain('cGFzc3dvcmQ')
  })
})

describe('what a failed connection is told as', () => {
  it('nothing listens: refused, and tried again', async () => {
    const app = bench.driver()
    app.engine.connect(connectionConfig(await freePort()))
    const { failure, nextAttemptAtMs } = await app.waitForPhase('reconnecting')
    expect(failure).toMatchObject({ code: 'refused', permanent: false })
    expect(failure.detail).toContain('ECONNREFUSED')
    expect(nextAttemptAtMs - failure.atMs).toBeLessThanOrEqual(1_100)
  })

  it('an unknown host name', async () => {
    const app = bench.driver()
    app.engine.connect(connectionConfig(1883, { host: 'no-such-host.invalid' }))
    expect((await app.waitForPhase('reconnecting')).failure.code).toBe('host-not-found')
  })

  it('an address that no URL can hold fails for good rather than hanging', async () => {
    const app = bench.driver()
    app.engine.connect(connectionConfig(1883, { protocol: 'ws', host: 'not a host' }))
    expect((await app.waitForPhase('failed')).failure).toMatchObject({ code: 'host-not-found', permanent: true })
  })

  it('a broker that never answers: timeout', async () => {
    const silent = await bench.rawBroker({ onConnect: { kind: 'silent' } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(silent.port, { connectTimeoutSeconds: 1 }))
    expect((await app.waitForPhase('reconnecting')).failure.code).toBe('timeout')
  })

  it.each(['close', 'reset'] as const)('a peer that hangs up (%s): closed before CONNACK', async (kind) => {
    const rude = await bench.rawBroker({ onConnect: { kind } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(rude.port))
    expect((await app.waitForPhase('reconnecting')).failure.code).toBe('closed-before-connack')
  })

  it('a peer that is no MQTT broker', async () => {
    const web = await bench.rawBroker({ onConnect: { kind: 'bytes', bytes: 'HTTP/1.1 400 Bad Request\r\n\r\n', thenClose: true } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(web.port))
    expect((await app.waitForPhase('reconnecting')).failure.code).toMatch(/^(protocol-error|closed-before-connack)$/)
  })

  it('a WebSocket address on a plain MQTT port', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    app.engine.connect(connectionConfig(port, { protocol: 'ws', connectTimeoutSeconds: 2 }))
    expect((await app.waitForPhase('reconnecting')).failure.code).not.toBe('refused')
  })

  it.each(['5.0', '3.1.1'] as const)('a wrong password with %s fails for good', async (mqttVersion) => {
    const { port } = await bench.mosquitto({ users: { ada: 'right' } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(port, { mqttVersion, username: 'ada', password: 'wrong' }))
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'connack', reasonCode: 0x87, permanent: true })
    expect(JSON.stringify(app.statuses)).not.toContain('wrong')
    expect(phases(app.statuses)).toEqual(['connecting', 'failed'])
  })

  it.each([0x85, 0x86, 0x87, 0x8a])('CONNACK %i never loops', async (code) => {
    const strict = await bench.rawBroker({ onConnect: { kind: 'refuse', code, reasonString: 'because' } })
    const app = bench.driver()
    app.engine.connect(connectionConfig(strict.port))
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'connack', reasonCode: code, brokerReason: 'because' })
    expect(strict.connects).toHaveLength(1)
  })

  it('a busy server heals: it is tried again', async () => {
    const busy = await bench.rawBroker({
      onConnect: (_connect, attempt) => (attempt === 1 ? { kind: 'refuse', code: 0x89 } : { kind: 'accept' }),
    })
    const app = bench.driver()
    await app.online(connectionConfig(busy.port))
    expect(phases(app.statuses)).toEqual(['connecting', 'reconnecting', 'connecting', 'online'])
  })

  it('stops after the limit on attempts', async () => {
    const app = bench.driver()
    app.engine.connect(connectionConfig(await freePort(), { maxConnectAttempts: 2 }))
    expect(await app.waitForPhase('failed')).toMatchObject({ attempts: 2, failure: { code: 'refused' } })
  })

  it('a session taken over stops and explains', async () => {
    // Mosquitto 2.0.11 takes a session over without a word, so a scripted broker says it.
    const strict = await bench.rawBroker()
    const app = bench.driver()
    await app.online(connectionConfig(strict.port))
    strict.clients[0]?.disconnect(0x8e, { reasonString: 'same client identifier' })
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'server-disconnect', reasonCode: 0x8e, permanent: true })
    expect(failure.brokerReason).toBe('same client identifier')
    expect(strict.connects).toHaveLength(1)
  })

  it('a dead peer is noticed by keep alive', async () => {
    const deaf = await bench.rawBroker({ answersPings: false })
    const app = bench.driver()
    app.engine.connect(connectionConfig(deaf.port, { keepaliveSeconds: 1 }))
    await app.waitForPhase('online')
    expect((await app.waitForPhase('reconnecting')).failure.code).toBe('keepalive-timeout')
  })
})

describe('subscriptions', () => {
  it('tells of each filter what the broker granted or refused', async () => {
    const picky = await bench.rawBroker({
      onSubscribe: ({ subscriptions }) => subscriptions.map(({ topic }) => (topic === '#' ? 0x87 : 1)),
    })
    const app = bench.driver()
    await app.online(
      connectionConfig(picky.port, {
        subscriptions: [
          { filter: '#', qos: 0 },
          { filter: 'a/+', qos: 2 },
        ],
      }),
    )
    expect(app.subscriptions).toEqual([
      { filter: '#', qos: 0, state: { kind: 'refused', reasonCode: 0x87 } },
      { filter: 'a/+', qos: 2, state: { kind: 'granted', qos: 1 } },
    ])
  })

  it('subscribes and unsubscribes while connected', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(port, { subscriptions: [] }))
    app.engine.subscribe({ filter: 'live/#', qos: 1 })
    await waitUntil(() => app.subscriptions[0]?.state.kind === 'granted', { timeoutMs: 5_000, what: () => 'the grant' })
    await mosquittoPub({ port, topic: 'live/one', payload: '1' })
    await tree.waitFor('live/one', ({ rows }) => topicsOf(rows).includes('live/one'))

    app.engine.unsubscribe('live/#')
    app.engine.subscribe({ filter: 'other/#', qos: 0 })
    await waitUntil(() => app.subscriptions[0]?.state.kind === 'granted', { timeoutMs: 5_000, what: () => 'the grant' })
    await mosquittoPub({ port, topic: 'live/two', payload: '2' })
    await mosquittoPub({ port, topic: 'other/three', payload: '3' })
    const { rows } = await tree.waitFor('other/three', (frame) => topicsOf(frame.rows).includes('other/three'))
    expect(topicsOf(rows)).toEqual(['live', 'live/one', 'other', 'other/three'])
  })

  it('after the broker died, every filter is asked for again and nothing shows twice', async () => {
    const mosquitto = await bench.mosquitto()
    const { port } = mosquitto
    const app = bench.driver()
    const tree = app.openTree()
    const filters = ['plain', 'one/+', 'many/#', '$SYS/broker/version']
    await app.online(connectionConfig(port, { subscriptions: filters.map((filter) => ({ filter, qos: 1 })) }))
    app.engine.subscribe({ filter: 'added/by/+', qos: 0 })
    const topics = ['plain', 'one/x', 'many/a/b', 'added/by/hand']
    for (const topic of topics) await mosquittoPub({ port, topic, payload: 'before' })
    await tree.waitFor('all topics', ({ rows }) => topics.every((topic) => topicsOf(rows).includes(topic)))
    const before = topicsOf(tree.frame?.rows ?? [])

    await mosquitto.kill()
    expect((await app.waitForPhase('reconnecting')).failure.code).toBe('connection-lost')
    expect(app.subscriptions.every(({ state }) => state.kind === 'waiting')).toBe(true)
    await mosquitto.restart()
    await app.waitForPhase('online', 15_000)
    await waitUntil(() => app.subscriptions.every(({ state }) => state.kind === 'granted'), {
      timeoutMs: 5_000,
      what: () => JSON.stringify(app.subscriptions),
    })
    for (const topic of topics) await mosquittoPub({ port, topic, payload: 'after' })
    const { rows } = await tree.waitFor('all messages again', (frame) =>
      // Counts are folded a moment after the values show.
      topics.every((topic) => frame.rows.some((row) => row.topic === topic && row.preview === 'after' && row.messages > 1)),
    )
    expect(topicsOf(rows)).toEqual(before)
    expect(rows.find(({ topic }) => topic === 'plain')?.messages).toBe(2)
  })
})

describe('publishing', () => {
  it.each([0, 1, 2] as const)('QoS %i arrives byte for byte, with its flags', async (qos) => {
    const { port } = await bench.mosquitto()
    const witness = await bench.subscriber({ port, topic: 'to/#', qos: 2 })
    const app = bench.driver()
    await app.online(connectionConfig(port))
    const payload = Uint8Array.from({ length: 256 }, (_, index) => index)
    const state = await app.publish({ topic: 'to/you', payload, qos })
    expect(state.kind).toBe(qos === 0 ? 'sent' : 'acknowledged')
    const received = await witness.waitFor(({ topic }) => topic === 'to/you')
    expect(received).toMatchObject({ qos, payload: Buffer.from(payload) })
  })

  it('says who listened: no matching subscribers is a success with a name', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port, { subscriptions: [{ filter: 'somebody', qos: 0 }] }))
    expect(await app.publish({ topic: 'nobody', qos: 1 })).toMatchObject({ kind: 'acknowledged', reasonCode: 0x10 })
    expect(await app.publish({ topic: 'somebody', qos: 1 })).toMatchObject({ kind: 'acknowledged', reasonCode: 0 })
  })

  it('says the same of QoS 2, from the PUBREC', async () => {
    // Mosquitto 2.0.11 does not say it there.
    const precise = await bench.rawBroker({ onPublish: ({ topic }) => (topic === 'nobody' ? 0x10 : 0) })
    const app = bench.driver()
    await app.online(connectionConfig(precise.port))
    expect(await app.publish({ topic: 'nobody', qos: 2 })).toMatchObject({ kind: 'acknowledged', reasonCode: 0x10 })
    expect(await app.publish({ topic: 'somebody', qos: 2 })).toMatchObject({ kind: 'acknowledged', reasonCode: 0 })
  })

  it('tells a refusal by the access control list', async () => {
    const { port } = await bench.mosquitto({ allowAnonymous: true, acl: 'topic read #' })
    const app = bench.driver()
    await app.online(connectionConfig(port))
    expect(await app.publish({ topic: 'forbidden', qos: 1 })).toMatchObject({ kind: 'refused', reasonCode: 0x87 })
  })

  it('keeps a retained message, and clears it with an empty one', async () => {
    const { port } = await bench.mosquitto()
    const app = bench.driver()
    await app.online(connectionConfig(port))
    await app.publish({ topic: 'kept', payload: Buffer.from('value'), qos: 1, retain: true })
    const first = await bench.subscriber({ port, topic: 'kept' })
    expect((await first.waitFor(({ topic }) => topic === 'kept')).retain).toBe(true)
    await app.publish({ topic: 'kept', qos: 1, retain: true })
    const second = await bench.subscriber({ port, topic: ['kept', 'marker'] })
    await mosquittoPub({ port, topic: 'marker', payload: 'end' })
    await second.waitFor(({ topic }) => topic === 'marker')
    expect(second.received.map(({ topic }) => topic)).toEqual(['marker'])
  })

  it('waits while offline, in order, and can be taken back', async () => {
    const { port } = await bench.mosquitto()
    const witness = await bench.subscriber({ port, topic: 'queue/#', qos: 1 })
    const app = bench.driver()
    const ids = ['a', 'b', 'c'].map((name) => {
      return app.engine.publish({ topic: `queue/${name}`, payload: Buffer.from(name), qos: 1, retain: false })
    })
    expect(ids.map(({ state }) => state.kind)).toEqual(['queued', 'queued', 'queued'])
    expect(app.outbox.queued).toBe(3)
    expect(app.engine.dropPublishes([ids[1]?.publishId ?? 0])).toBe(1)
    await app.online(connectionConfig(port))
    await witness.waitFor(({ topic }) => topic === 'queue/c')
    expect(witness.received.map(({ topic }) => topic)).toEqual(['queue/a', 'queue/c'])
    expect(app.outbox.queued).toBe(0)
    expect(app.engine.dropPublishes([ids[0]?.publishId ?? 0])).toBe(0)
  })
})
