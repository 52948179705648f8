import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer, type TlsOptions, type TLSSocket } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import { holdUntilVerified, NotPinnedError } from '../../src-main/engine/connection/peer-verification'
import type { TlsConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { makeAuthority, type Authority, type Identity } from '../support/certificates'
import { connectionConfig, tlsConfig } from '../support/engine-driver'
import type { Mosquitto } from '../support/mosquitto'
import { startHttpProxy } from '../support/proxy'
import { waitUntil } from '../support/wait-until'

const DAY_MS = 86_400_000
const bench = useBrokerBench()
let authority: Authority
let stranger: Authority
let server: Identity

beforeAll(async () => {
  authority = await makeAuthority('Plant CA')
  stranger = await makeAuthority('Stranger CA')
  server = await authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'] })
})

const fingerprintOf = ({ certificate }: Identity): string => new X509Certificate(certificate).fingerprint256
/** Pinned, with an authority that vouches for none of the servers. */
const pinning = (...identities: Identity[]): TlsConfig =>
  tlsConfig([stranger], { pinnedFingerprints: identities.map(fingerprintOf) })

function secureBroker(identity: Identity): Promise<Mosquitto> {
  return bench.secureMosquitto({ authority, identity })
}

/** A server that shows a certificate and notes what it is told. */
async function listener(identity: Identity, options: TlsOptions = {}) {
  const received: Buffer[] = []
  const sockets = new Set<Socket>()
  const tlsServer = createServer({ cert: identity.certificate, key: identity.key, ...options }, (socket) => {
    socket.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => undefined)
    // The client reads the session ticket with it.
    socket.write('welcome')
  })
  tlsServer.on('connection', (socket) => sockets.add(socket))
  tlsServer.listen(0, '127.0.0.1')
  await once(tlsServer, 'listening')
  bench.atEnd(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => tlsServer.close(resolve))
  })
  const { port } = tlsServer.address() as AddressInfo
  return {
    port,
    received: () => Buffer.concat(received).toString(),
    /** Whether so many came, and all have gone. */
    left: (count: number) => sockets.size === count && [...sockets].every(({ destroyed }) => destroyed),
  }
}

describe.each(['mqtts', 'wss'] as const)('%s', (protocol) => {
  const portOf = ({ port, wsPort }: Mosquitto): number => (protocol === 'mqtts' ? port : (wsPort ?? 0))

  it('a pinned certificate needs no issuer', async () => {
    const app = bench.driver()
    await app.online(connectionConfig(portOf(await secureBroker(server)), { protocol, tls: pinning(server) }))
    expect(app.peer).toMatchObject({ verifiedBy: 'pin', protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', alpn: null })
    expect(app.peer?.certificates.map(({ subject }) => subject)).toEqual(['broker', 'Plant CA'])
  })

  it('nor a name or a date that fits; several can be pinned', async () => {
    const odd = await stranger.issue({
      commonName: 'odd',
      dnsNames: ['other.example'],
      validFromMs: Date.now() - 9 * DAY_MS,
      validToMs: Date.now() - 2 * DAY_MS,
    })
    const app = bench.driver()
    await app.online(connectionConfig(portOf(await secureBroker(odd)), { protocol, tls: pinning(authority, server, odd) }))
    expect(app.peer?.verifiedBy).toBe('pin')
  })

  it('another certificate passes when it would without a pin', async () => {
    const app = bench.driver()
    const tls = tlsConfig([authority], { pinnedFingerprints: [fingerprintOf(stranger)] })
    await app.online(connectionConfig(portOf(await secureBroker(server)), { protocol, tls }))
    expect(app.peer?.verifiedBy).toBe('authority')
  })

  it.each([
    ['an issuer nobody knows', () => server, {}],
    ['a wrong name', () => authority.issue({ commonName: 'x', dnsNames: ['other.example'] }), { ours: true }],
    ['a date that is past', () => authority.issue({ commonName: 'x', addresses: ['127.0.0.1'], validToMs: Date.now() - DAY_MS / 2 }), { ours: true }],
  ])('another certificate with %s is refused before it learns anything', async (_name, issue, { ours = false }: { ours?: boolean }) => {
    const shown = await issue()
    const broker = await listener(shown)
    const app = bench.driver()
    const tls = tlsConfig([ours ? authority : stranger], { pinnedFingerprints: [fingerprintOf(stranger)] })
    app.engine.connect(connectionConfig(broker.port, { protocol, tls, username: 'ada', password: 'canary-5ecret' }))
    const { failure } = await app.waitForPhase('failed')
    expect(failure).toMatchObject({ code: 'tls-not-pinned', permanent: true })
    expect(failure.certificates[0]?.fingerprint).toBe(fingerprintOf(shown))
    expect(app.peer).toBeNull()
    // The attempt, and the look at the certificate.
    await waitUntil(() => broker.left(2), { what: 'both connections to end' })
    expect(broker.received()).toBe('')
  })
})

it.each(['mqtts', 'wss'] as const)('%s: a pin counts behind a proxy too', async (protocol) => {
  const proxy = await startHttpProxy()
  bench.atEnd(() => proxy.close())
  const broker = await listener(server)
  const routes = [{ kind: 'http' as const, host: '127.0.0.1', port: proxy.port, username: '', password: null }]
  const app = bench.driver()
  app.engine.connect(connectionConfig(broker.port, { protocol, tls: pinning(stranger), routes, password: 'canary-5ecret', username: 'ada' }))
  const { failure } = await app.waitForPhase('failed')
  expect(failure.code).toBe('tls-not-pinned')
  await waitUntil(() => broker.left(2), { what: 'both connections to end' })
  expect(broker.received()).toBe('')
  const pinned = bench.driver()
  pinned.engine.connect(connectionConfig(broker.port, { protocol, tls: pinning(server), routes }))
  await waitUntil(() => broker.received() !== '', { what: 'the first bytes' })
  expect(pinned.peer?.verifiedBy).toBe('pin')
})

it('without verification anyone passes, and is told from a pinned one', async () => {
  const broker = await secureBroker(server)
  const app = bench.driver()
  await app.online(connectionConfig(broker.port, { protocol: 'mqtts', tls: { ...pinning(authority), verifyCertificate: false } }))
  expect(app.peer?.verifiedBy).toBe('nothing')
  const pinned = bench.driver()
  await pinned.online(connectionConfig(broker.port, { protocol: 'mqtts', tls: { ...pinning(server), verifyCertificate: false } }))
  expect(pinned.peer?.verifiedBy).toBe('pin')
})

describe('holdUntilVerified', () => {
  it('lets nothing out that was written, and even ended, before', async () => {
    const broker = await listener(server)
    const socket = connect({ port: broker.port, host: '127.0.0.1', rejectUnauthorized: false })
    holdUntilVerified(socket, pinning(stranger), () => expect.unreachable())
    socket.write('canary-5ecret')
    socket.end()
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error).toBeInstanceOf(NotPinnedError)
    await waitUntil(() => broker.left(1), { what: 'the connection to end' })
    expect(broker.received()).toBe('')
  })

  it('lets out in order what was written before', async () => {
    const broker = await listener(server)
    const socket = connect({ port: broker.port, host: '127.0.0.1', rejectUnauthorized: false })
    const verified: string[] = []
    holdUntilVerified(socket, pinning(server), ({ verifiedBy }) => verified.push(verifiedBy))
    socket.write('one ')
    socket.write('two')
    await waitUntil(() => broker.received() === 'one two', { what: 'what was written' })
    expect(verified).toEqual(['pin'])
    socket.destroy()
  })

  // A server that resumes a session shows no certificate.
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('takes a session that is resumed for no proof, %s', async (maxVersion) => {
    const broker = await listener(server, { maxVersion })
    const open = (session: Buffer | undefined, tls: TlsConfig): TLSSocket => {
      const socket = connect({ port: broker.port, host: '127.0.0.1', rejectUnauthorized: false, ...(session && { session }) })
      bench.atEnd(() => socket.destroy())
      return holdUntilVerified(socket.resume(), tls, () => undefined)
    }
    const [session] = (await once(open(undefined, pinning(server)), 'session')) as [Buffer]
    for (const tls of [pinning(server), pinning(stranger)]) {
      const resumed = open(session, tls)
      let wasResumed = false
      resumed.prependListener('secureConnect', () => (wasResumed = resumed.isSessionReused()))
      const [error] = (await once(resumed, 'error')) as [Error]
      expect([error.name, wasResumed]).toEqual(['NotPinnedError', true])
    }
  })
})
