import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TlsConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { makeAuthority, toPkcs12, type Authority, type Identity } from '../support/certificates'
import { connectionConfig, type EngineDriver, tlsConfig, topicsOf } from '../support/engine-driver'
import type { Mosquitto } from '../support/mosquitto'
import { pemIdentity } from '../support/pem-identity'

const DAY_MS = 86_400_000
const bench = useBrokerBench()
let authority: Authority
let stranger: Authority
let server: Identity
let client: Identity

beforeAll(async () => {
  authority = await makeAuthority('Plant CA')
  stranger = await makeAuthority('Stranger CA')
  server = await authority.issue({ commonName: 'broker', dnsNames: ['broker.plant.example'], addresses: ['127.0.0.1'] })
  client = await authority.issue({ commonName: 'ada' })
})

const tls = (overrides: Partial<TlsConfig> = {}): TlsConfig => tlsConfig([authority], overrides)

/** A broker that speaks TLS on both listeners. */
function secureBroker(identity: Identity = server, extraLines: string[] = []): Promise<Mosquitto> {
  return bench.secureMosquitto({ authority, identity, extraLines })
}

describe.each(['mqtts', 'wss'] as const)('%s', (protocol) => {
  const portOf = ({ port, wsPort }: Mosquitto): number => (protocol === 'mqtts' ? port : (wsPort ?? 0))

  it.each(['5.0', '3.1.1'] as const)('connects with a private authority, %s', async (mqttVersion) => {
    const broker = await secureBroker()
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(portOf(broker), { protocol, mqttVersion, tls: tls() }))
    await app.publish({ topic: 'over/tls', payload: Buffer.from('x'), qos: 1 })
    await tree.waitFor('the message', ({ rows }) => topicsOf(rows).includes('over/tls'))
  })

  it.each([
    ['PEM files', () => pemIdentity(client)],
    ['a key under a passphrase', () => pemIdentity(client, 'secret')],
    ['a PKCS#12 file', () => ({ kind: 'pkcs12' as const, bytes: toPkcs12(client, 'secret'), passphrase: 'secret' })],
  ])('shows who we are with %s', async (_name, identity) => {
    const broker = await secureBroker(server, ['require_certificate true', 'use_identity_as_username true'])
    await bench.driver().online(connectionConfig(portOf(broker), { protocol, tls: tls({ identity: identity() }) }))
    expect(broker.log()).toMatch(/u'ada'/)
  })

  it('a demanded client certificate that we lack', async () => {
    const broker = await secureBroker(server, ['require_certificate true'])
    const app = bench.driver()
    app.engine.connect(connectionConfig(portOf(broker), { protocol, tls: tls() }))
    expect((await app.waitForPhase('failed')).failure).toMatchObject({ code: 'tls-client-refused', permanent: true })
  })

  it('a client certificate the broker does not know', async () => {
    const broker = await secureBroker(server, ['require_certificate true'])
    const unknown = await stranger.issue({ commonName: 'eve' })
    const app = bench.driver()
    app.engine.connect(connectionConfig(portOf(broker), { protocol, tls: tls({ identity: pemIdentity(unknown) }) }))
    expect((await app.waitForPhase('failed')).failure.code).toBe('tls-client-refused')
  })

  it('an authority we do not trust: says so and shows whose certificate it is', async () => {
    const broker = await secureBroker()
    const app = bench.driver()
    const config = { protocol, tls: tls({ authorities: [stranger.certificate] }) }
    app.engine.connect(connectionConfig(portOf(broker), config))
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'tls-unknown-issuer', permanent: true })
    expect(failure.certificates[0]).toMatchObject({
      subject: 'broker',
      issuer: 'Plant CA',
      names: ['broker.plant.example', '127.0.0.1'],
    })
    expect(failure.certificates[0]?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(failure.certificates[0]).toMatchObject({ selfSigned: false, pem: new X509Certificate(server.certificate).toString() })
    await bench.driver().online(connectionConfig(portOf(broker), { protocol, tls: { ...config.tls, verifyCertificate: false } }))
  })

  it('a certificate without a subject, as public authorities issue them now', async () => {
    const identity = await authority.issue({ commonName: '', addresses: ['127.0.0.1'] })
    const broker = await secureBroker(identity)
    const app = bench.driver()
    app.engine.connect(connectionConfig(portOf(broker), { protocol, tls: tls({ authorities: [stranger.certificate] }) }))
    const { failure } = await app.waitForPhase('failed')
    expect(failure.code).toBe('tls-unknown-issuer')
    expect(failure.certificates[0]).toMatchObject({ subject: '', issuer: 'Plant CA', names: ['127.0.0.1'] })
  })

  it.each([
    ['expired', { validFromMs: Date.now() - 9 * DAY_MS, validToMs: Date.now() - 2 * DAY_MS }, 'tls-expired'],
    ['not valid yet', { validFromMs: Date.now() + 2 * DAY_MS }, 'tls-not-yet-valid'],
  ] as const)('a certificate that is %s', async (_name, validity, code) => {
    const identity = await authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'], ...validity })
    const broker = await secureBroker(identity)
    const app = bench.driver()
    app.engine.connect(connectionConfig(portOf(broker), { protocol, tls: tls() }))
    const { failure } = await app.waitForPhase('failed')
    expect(failure.code).toBe(code)
    expect(failure.certificates[0]?.subject).toBe('broker')
  })

  it('a certificate for another host, unless the name is given or not asked for', async () => {
    const identity = await authority.issue({ commonName: 'broker', dnsNames: ['broker.plant.example'] })
    const broker = await secureBroker(identity)
    const connect = async (overrides: Partial<TlsConfig>): Promise<EngineDriver> => {
      const app = bench.driver()
      app.engine.connect(connectionConfig(portOf(broker), { protocol, tls: tls(overrides) }))
      return app
    }
    const { failure } = await (await connect({})).waitForPhase('failed')
    expect(failure.code).toBe('tls-wrong-host')
    expect(failure.certificates[0]?.names).toEqual(['broker.plant.example'])
    await (await connect({ serverName: 'broker.plant.example' })).waitForPhase('online')
    await (await connect({ verifyHostName: false })).waitForPhase('online')
  })
})

it('a port that does not speak TLS', async () => {
  const plain = await bench.mosquitto()
  const app = bench.driver()
  app.engine.connect(connectionConfig(plain.port, { protocol: 'mqtts', tls: tls(), connectTimeoutSeconds: 3 }))
  const status = await Promise.race([app.waitForPhase('failed'), app.waitForPhase('reconnecting')])
  expect(['tls-not-spoken', 'closed-before-connack', 'timeout']).toContain(status.failure.code)
})

it.each([
  ['a wrong passphrase', 'tls-passphrase', () => ({ ...pemIdentity(client, 'right'), passphrase: 'wrong' })],
  ['no passphrase', 'tls-passphrase', () => ({ ...pemIdentity(client, 'right'), passphrase: null })],
  ['the key of another certificate', 'tls-own-files', () => ({ ...pemIdentity(client), key: Buffer.from(stranger.key) })],
  ['a PKCS#12 file under another password', 'tls-passphrase', () => ({ kind: 'pkcs12' as const, bytes: toPkcs12(client, 'a'), passphrase: 'b' })],
  // OpenSSL 3 has put RC2 away; BoringSSL reads it, see the matrix of the real app.
  ['a legacy PKCS#12 file', 'tls-own-unsupported', () => ({ kind: 'pkcs12' as const, bytes: toPkcs12(client, 'a', 'legacy'), passphrase: 'a' })],
])('our own files: %s', async (_name, code, identity) => {
  const broker = await secureBroker()
  const app = bench.driver()
  app.engine.connect(connectionConfig(broker.port, { protocol: 'mqtts', tls: tls({ identity: identity() as TlsConfig['identity'] }) }))
  const { failure } = await app.waitForPhase('failed')
  expect(failure).toMatchObject({ code, permanent: true })
  expect(failure.detail).not.toMatch(/PRIVATE KEY|right|wrong/)
})

it('certificates that changed meanwhile are shown at the next attempt to reconnect', async () => {
  const mutual = ['require_certificate true', 'use_identity_as_username true']
  const broker = await secureBroker(server, mutual)
  const app = bench.driver()
  await app.online(connectionConfig(broker.port, { protocol: 'mqtts', tls: tls({ identity: pemIdentity(client) }) }))
  app.engine.renewTls(tls({ identity: pemIdentity(await authority.issue({ commonName: 'ada the second' })) }))
  await broker.stop()
  await app.waitForPhase('reconnecting')
  const again = await bench.secureMosquitto({ authority, identity: server, extraLines: mutual, port: broker.port })
  await app.waitForPhase('online', 20_000)
  expect(again.log()).toMatch(/u'ada the second'/)
})
