import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { DEFAULT_WILL } from '@shared/profile/will'
import type { ConnectionConfig, TlsConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { makeAuthority, type Authority, type Identity } from '../support/certificates'
import { connectionConfig, tlsConfig } from '../support/engine-driver'
import { freePort } from '../support/free-port'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { mosquittoPub } from '../support/mosquitto-clients'
import { pemIdentity } from '../support/pem-identity'
import { waitUntil } from '../support/wait-until'

// One broker that listens in every way, and one suite of behaviours that must be the same over all of them.

const TRANSPORTS = ['mqtt', 'mqtts', 'mutual TLS', 'ws', 'wss'] as const
const VERSIONS = ['5.0', '3.1.1'] as const
type Transport = (typeof TRANSPORTS)[number]

const PASSWORDS = { ada: 'lovelace', observer: 'looks' }
const ACL = 'user ada\ntopic readwrite free/#\n\nuser observer\ntopic readwrite #\n'

let folder = ''
let broker: Mosquitto
let client: Identity
let authority: Authority
const ports = new Map<Transport, number>()
const bench = useBrokerBench()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-transports-'))
  authority = await makeAuthority('Plant CA')
  client = await authority.issue({ commonName: 'ada' })
  const server = await authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'] })
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const tlsLines = [
    `cafile ${write('ca.pem', authority.certificate)}`,
    `certfile ${write('server.pem', server.certificate)}`,
    `keyfile ${write('server.key', server.key)}`,
  ]
  for (const transport of ['mqtts', 'mutual TLS', 'wss'] as const) ports.set(transport, await freePort())
  const listener = (transport: Transport, ...lines: string[]): string[] => [`listener ${ports.get(transport)} 127.0.0.1`, ...lines, ...tlsLines]
  broker = await startMosquitto({
    webSocket: true,
    users: PASSWORDS,
    acl: ACL,
    extraConfig: [
      ...listener('mqtts', 'protocol mqtt'),
      ...listener('mutual TLS', 'protocol mqtt', 'require_certificate true', 'use_identity_as_username true'),
      ...listener('wss', 'protocol websockets'),
    ].join('\n'),
  })
  ports.set('mqtt', broker.port)
  ports.set('ws', broker.wsPort ?? 0)
})

afterAll(async () => {
  await broker.stop()
  rmSync(folder, { recursive: true, force: true })
})

const OBSERVER = { username: 'observer', password: PASSWORDS.observer }

function tlsOf(transport: Transport): TlsConfig {
  return tlsConfig([authority], transport === 'mutual TLS' ? { identity: pemIdentity(client) } : {})
}

/** A client, by certificate or password always "ada". */
function configOf(transport: Transport, overrides: Partial<ConnectionConfig> = {}): ConnectionConfig {
  const protocol = transport === 'mutual TLS' ? 'mqtts' : transport
  const who = transport === 'mutual TLS' ? {} : { username: 'ada', password: PASSWORDS.ada }
  const tls = transport === 'mqtt' || transport === 'ws' ? null : tlsOf(transport)
  return connectionConfig(ports.get(transport) ?? 0, { protocol, tls, ...who, ...overrides })
}

describe.each(TRANSPORTS)('over %s', (transport) => {
  describe.each(VERSIONS)('MQTT %s', (mqttVersion) => {
    const room = `free/${transport.replace(' ', '-')}/${mqttVersion}`
    const config = (overrides: Partial<ConnectionConfig> = {}): ConnectionConfig =>
      configOf(transport, { mqttVersion, subscriptions: [{ filter: `${room}/#`, qos: 2 }], ...overrides })

    it('carries messages of every QoS both ways, to the byte', async () => {
      const payload = randomBytes(100_000)
      const subscriber = await bench.subscriber({ port: broker.port, topic: `${room}/out/#`, qos: 2, ...OBSERVER })
      const app = bench.driver()
      const status = await app.online(config())
      expect(status).toMatchObject({ mqttVersion, sessionPresent: false })
      for (const qos of [0, 1, 2] as const) {
        const sent = await app.publish({ topic: `${room}/out/${qos}`, payload, qos })
        expect(sent.kind).toBe(qos === 0 ? 'sent' : 'acknowledged')
      }
      for (const message of await subscriber.waitForCount(3)) expect(Buffer.compare(message.payload, payload)).toBe(0)
      // Our own subscription got them too, as the broker granted it.
      const view = app.openView({ kind: 'topic', topic: `${room}/out/2`, newest: null, firstRow: 0, rowCount: 1 })
      const { history } = await view.waitFor('our own copy', (frame) => frame.history.length === 1)
      expect(Buffer.compare(app.engine.readWhole(history[0]?.sequence ?? 0).payload, payload)).toBe(0)
      expect(history[0]).toMatchObject({ qos: 2, payloadBytes: payload.length })
    })

    if (transport === 'mutual TLS') {
      it('is known by its certificate, and turned away without one', async () => {
        const app = bench.driver()
        await app.online(config({ username: 'somebody', password: 'else', clientId: `certified-${mqttVersion}` }))
        expect(broker.log()).toMatch(new RegExp(`as certified-${mqttVersion} \\(.*u'ada'`))
        const stranger = bench.driver()
        stranger.engine.connect(config({ tls: tlsOf('mqtts') }))
        expect((await stranger.waitForPhase('failed')).failure.code).toBe('tls-client-refused')
      })
    } else {
      it('is refused with a wrong password, for good', async () => {
        const app = bench.driver()
        app.engine.connect(config({ password: 'wrong' }))
        const { failure } = await app.waitForPhase('failed')
        expect(failure).toMatchObject({ code: 'connack', permanent: true })
        expect([0x86, 0x87]).toContain(failure.reasonCode)
      })
    }

    it('learns what it may not write', async () => {
      const app = bench.driver()
      await app.online(config())
      const state = await app.publish({ topic: 'forbidden', payload: Buffer.from('x'), qos: 1 })
      // 3.1.1 has no way to say so [MQTT-3.3.5-2 of 3.1.1].
      if (mqttVersion === '5.0') expect(state).toMatchObject({ kind: 'refused', reasonCode: 0x87 })
      else expect(state.kind).toBe('acknowledged')
    })

    it('resumes its session and gets what was queued meanwhile', async () => {
      const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 60 }
      const persistent = config({ cleanStart: false, connectOptions, subscriptions: [{ filter: `${room}/queued`, qos: 1 }] })
      const app = bench.driver()
      expect((await app.online(persistent)).sessionPresent).toBe(false)
      await app.engine.disconnect()
      for (const payload of ['one', 'two']) await mosquittoPub({ port: broker.port, topic: `${room}/queued`, payload, qos: 1, ...OBSERVER })
      const view = app.openView({ kind: 'topic', topic: `${room}/queued`, newest: null, firstRow: 0, rowCount: 5 })
      expect((await app.online(persistent)).sessionPresent).toBe(true)
      const { history } = await view.waitFor('both messages', (frame) => frame.history.length === 2)
      const texts = history.map(({ sequence }) => Buffer.from(app.engine.readWhole(sequence).payload).toString())
      expect(texts).toEqual(['two', 'one'])
      // Leaves no session behind.
      await app.engine.disconnect()
      await app.online({ ...persistent, cleanStart: true, connectOptions: DEFAULT_CONNECT_OPTIONS })
    })

    it('leaves its will when the network breaks, comes back and hears again', async () => {
      const relay = await bench.relay(config().port)
      const subscriber = await bench.subscriber({ port: broker.port, topic: `${room}/gone`, qos: 1, ...OBSERVER })
      const will = { ...DEFAULT_WILL, topic: `${room}/gone`, payloadBase64: Buffer.from('farewell').toString('base64'), qos: 1 as const }
      const app = bench.driver()
      await app.online(config({ port: relay.port, will }))
      relay.cut()
      expect((await subscriber.waitForCount(1))[0]?.payload.toString()).toBe('farewell')
      await waitUntil(() => app.statuses.filter(({ phase }) => phase === 'online').length === 2, { timeoutMs: 10_000, what: 'to be online again' })
      await waitUntil(() => app.subscriptions.every(({ state }) => state.kind === 'granted'), { what: 'the filters again' })
      const view = app.openView({ kind: 'topic', topic: `${room}/after`, newest: null, firstRow: 0, rowCount: 1 })
      await mosquittoPub({ port: broker.port, topic: `${room}/after`, payload: 'x', qos: 1, ...OBSERVER })
      await view.waitFor('a message after', (frame) => frame.history.length === 1)
    })
  })
})
