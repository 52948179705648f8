import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Failure } from '@shared/connection/failure'
import { openTransport } from '../../src-main/engine/connection/transport'
import type { ConnectionConfig, Proxy, Route, TlsConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { makeAuthority, type Authority, type Identity } from '../support/certificates'
import { connectionConfig, tlsConfig, topicsOf } from '../support/engine-driver'
import { freePort } from '../support/free-port'
import type { Mosquitto, MosquittoOptions } from '../support/mosquitto'
import { startHttpProxy, startSocks4Proxy, startSocksProxy, type ProxyOptions, type TestProxy } from '../support/proxy'
import { waitUntil } from '../support/wait-until'

/** A name that no name service knows but the proxy's (RFC 6761, section 6.4). */
const HOST = 'broker.invalid'
const NAMES = { [HOST]: '127.0.0.1' }

const bench = useBrokerBench()
let authority: Authority
let server: Identity

beforeAll(async () => {
  authority = await makeAuthority('Plant CA')
  server = await authority.issue({ commonName: 'broker', dnsNames: [HOST] })
})

function mosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  return bench.mosquitto({ webSocket: true, ...options })
}

const tls = (overrides: Partial<TlsConfig> = {}): TlsConfig => tlsConfig([authority], overrides)

async function firstFailure(config: ConnectionConfig): Promise<Failure> {
  const app = bench.driver()
  app.engine.connect(config)
  const failed = (): Failure | null => ('failure' in app.status ? app.status.failure : null)
  return waitUntil(failed, { timeoutMs: 12_000, what: () => `a failure; statuses: ${JSON.stringify(app.statuses)}` })
}

describe.each(['socks5', 'http'] as const)('%s', (kind) => {
  async function proxy(options: ProxyOptions = {}): Promise<TestProxy> {
    const started = await (kind === 'socks5' ? startSocksProxy : startHttpProxy)({ names: NAMES, ...options })
    bench.atEnd(() => started.close())
    return started
  }

  function through(port: number, credentials: Partial<Pick<Proxy, 'username' | 'password'>> = {}): Proxy {
    return { kind, host: '127.0.0.1', port, username: '', password: null, ...credentials }
  }

  describe.each(['mqtt', 'ws'] as const)('%s', (protocol) => {
    it('goes through the proxy, which is told the name and looks it up', async () => {
      const broker = await mosquitto()
      const port = protocol === 'mqtt' ? broker.port : (broker.wsPort ?? 0)
      const { targets, port: proxyPort } = await proxy()
      const app = bench.driver()
      const tree = app.openTree()
      await app.online(connectionConfig(port, { protocol, host: HOST, routes: [through(proxyPort)] }))
      // Mosquitto reads a WebSocket slowly: 40 KB a second.
      const payload = Buffer.alloc(protocol === 'mqtt' ? 5_000_000 : 3_000, 'x')
      await app.publish({ topic: 'through/proxy', payload, qos: 1 })
      await tree.waitFor('the message', ({ rows }) => topicsOf(rows).includes('through/proxy'))
      expect(targets).toEqual([`${HOST}:${port}`])
    })

    it('ends the tunnel when it ends', async () => {
      const broker = await mosquitto()
      const started = await proxy()
      const app = bench.driver()
      const port = protocol === 'mqtt' ? broker.port : (broker.wsPort ?? 0)
      await app.online(connectionConfig(port, { protocol, host: HOST, routes: [through(started.port)] }))
      await app.engine.disconnect()
      await waitUntil(() => started.open === 0, { what: 'the tunnel to close' })
      expect(broker.log()).toMatch(/disconnected/)
    })
  })

  describe.each(['mqtts', 'wss'] as const)('%s', (protocol) => {
    it('verifies the certificate of the broker, not of the way', async () => {
      const broker = await bench.secureMosquitto({ authority, identity: server })
      const port = protocol === 'mqtts' ? broker.port : (broker.wsPort ?? 0)
      const { targets, port: proxyPort } = await proxy({ names: { ...NAMES, 'other.invalid': '127.0.0.1' } })
      const config = connectionConfig(port, { protocol, host: HOST, tls: tls(), routes: [through(proxyPort)] })
      const app = bench.driver()
      const tree = app.openTree()
      await app.online(config)
      await app.publish({ topic: 'over/tls', payload: Buffer.from('x'), qos: 1 })
      await tree.waitFor('the message', ({ rows }) => topicsOf(rows).includes('over/tls'))

      const failure = await firstFailure({ ...config, host: 'other.invalid' })
      expect(failure).toMatchObject({ code: 'tls-wrong-host', permanent: true })
      // Looked at through the proxy too: the name leads nowhere else.
      expect(failure.certificates[0]?.names).toEqual([HOST])
      expect(targets).toEqual([`${HOST}:${port}`, `other.invalid:${port}`, `other.invalid:${port}`])
    })

    it('leaves no tunnel open when its own certificate cannot be used', async () => {
      const broker = await bench.secureMosquitto({ authority, identity: server })
      const started = await proxy()
      const identity = { kind: 'pem' as const, certificates: server.certificate, key: Buffer.from('no key'), passphrase: null }
      const port = protocol === 'mqtts' ? broker.port : (broker.wsPort ?? 0)
      const failure = await firstFailure(connectionConfig(port, { protocol, host: HOST, tls: tls({ identity }), routes: [through(started.port)] }))
      expect(failure.code).toMatch(/^tls-own-/)
      expect(started.connections).toBe(1)
      await waitUntil(() => started.open === 0, { what: 'the tunnel to be closed' })
    })

    it('learns through the proxy that a client certificate is demanded', async () => {
      const broker = await bench.secureMosquitto({ authority, identity: server, extraLines: ['require_certificate true'] })
      const port = protocol === 'mqtts' ? broker.port : (broker.wsPort ?? 0)
      const { port: proxyPort } = await proxy()
      const failure = await firstFailure(connectionConfig(port, { protocol, host: HOST, tls: tls(), routes: [through(proxyPort)] }))
      expect(failure.code).toBe('tls-client-refused')
    })
  })

  it.each([
    ['mqtt', ['connect']],
    ['mqtts', ['connect', 'secureConnect']],
    ['wss', ['connect']],
  ] as const)('%s: says when it is connected, as it does without a proxy', async (protocol, expected) => {
    const broker = await (protocol === 'mqtt' ? bench.mosquitto() : bench.secureMosquitto({ authority, identity: server }))
    const { port } = await proxy()
    const target = protocol === 'wss' ? (broker.wsPort ?? 0) : broker.port
    const config = connectionConfig(target, { protocol, host: HOST, tls: protocol === 'mqtt' ? null : tls(), routes: [through(port)] })
    const stream = openTransport(config, { room: () => new Uint8Array(1_000), filled: () => undefined }, () => undefined)
    bench.atEnd(() => stream.destroy())
    const events: string[] = []
    for (const event of expected) stream.on(event, () => events.push(event))
    await waitUntil(() => events.length === expected.length, { what: () => `${expected.join()}; came: ${events.join()}` })
    expect(events).toEqual(expected)
  })

  it('signs in', async () => {
    const broker = await mosquitto()
    const { port } = await proxy({ user: { name: 'ada', password: 'pä ss:word' } })
    await bench.driver().online(connectionConfig(broker.port, { host: HOST, routes: [through(port, { username: 'ada', password: 'pä ss:word' })] }))
  })

  it.each([
    ['a wrong password', { username: 'ada', password: 'wrong-canary' }],
    ['no user', {}],
  ])('%s', async (_name, credentials) => {
    const broker = await mosquitto()
    const started = await proxy({ user: { name: 'ada', password: 'right' } })
    const failure = await firstFailure(connectionConfig(broker.port, { routes: [through(started.port, credentials)] }))
    expect(failure).toMatchObject({ code: 'proxy-authentication', permanent: true })
    expect(failure.detail).toContain(`127.0.0.1:${started.port}`)
    expect(JSON.stringify(failure)).not.toContain('canary')
    expect(started.targets).toEqual([])
  })

  it.each([
    ['a rule', kind === 'socks5' ? 2 : 403, 'proxy-forbidden', true],
    ['a broker it cannot reach', kind === 'socks5' ? 4 : 503, 'proxy-target-unreachable', false],
  ] as const)('is refused by %s', async (_name, refusal, code, permanent) => {
    const broker = await mosquitto()
    const { port } = await proxy({ refusal })
    const failure = await firstFailure(connectionConfig(broker.port, { routes: [through(port)] }))
    expect(failure).toMatchObject({ code, permanent })
  })

  it('a port of the broker on which nothing listens', async () => {
    const { port } = await proxy()
    const failure = await firstFailure(connectionConfig(await freePort(), { host: HOST, routes: [through(port)] }))
    expect(failure).toMatchObject({ code: 'proxy-target-unreachable', permanent: false })
  })

  it.each([
    ['garbage', { garbage: 'SSH-2.0-OpenSSH_9.6\r\n' }],
    ['endless garbage', { garbage: Buffer.alloc(1_000_000, 'a') }],
    ['hanging up', { silence: 'close' }],
  ] as const)('%s is no proxy', async (_name, behaviour) => {
    const broker = await mosquitto()
    const started = await proxy(behaviour)
    const failure = await firstFailure(connectionConfig(broker.port, { routes: [through(started.port)] }))
    expect(failure).toMatchObject({ code: 'proxy-protocol', permanent: false })
    await waitUntil(() => started.open === 0, { what: 'the connection to be closed' })
  })

  it('loses nothing of what comes right behind the proxy’s answer', async () => {
    const granted = kind === 'socks5' ? [5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0] : Buffer.from('HTTP/1.1 200 OK\r\n\r\n')
    const { port } = await proxy({ garbage: Buffer.from([...granted, 0, 0]) })
    const failure = await firstFailure(connectionConfig(1883, { routes: [through(port)] }))
    expect(failure.code).toBe('protocol-error')
  })

  it('a proxy that hangs times out', async () => {
    const broker = await mosquitto()
    const started = await proxy({ silence: 'hang' })
    const failure = await firstFailure(connectionConfig(broker.port, { connectTimeoutSeconds: 1, routes: [through(started.port)] }))
    expect(failure).toMatchObject({ code: 'proxy-timeout', permanent: false })
    await waitUntil(() => started.open === 0, { what: 'the connection to be closed' })
  })

  it('is called off while it hangs', async () => {
    const broker = await mosquitto()
    const started = await proxy({ silence: 'hang' })
    const app = bench.driver()
    app.engine.connect(connectionConfig(broker.port, { routes: [through(started.port)] }))
    await waitUntil(() => started.open === 1, { what: 'the proxy to be called' })
    await app.engine.disconnect()
    await waitUntil(() => started.open === 0, { what: 'the connection to be closed' })
    expect(app.statuses.map(({ phase }) => phase)).toEqual(['connecting', 'offline'])
  })

  it('never goes around a proxy that is down', async () => {
    const broker = await mosquitto()
    const failure = await firstFailure(connectionConfig(broker.port, { routes: [through(await freePort())] }))
    expect(failure).toMatchObject({ code: 'proxy-unreachable', permanent: false })
    expect(failure.detail).toContain('ECONNREFUSED')
    expect(broker.log()).not.toMatch(/New connection/)
  })

  it('a proxy that goes takes the connection along', async () => {
    const broker = await mosquitto()
    const started = await proxy()
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, { host: HOST, routes: [through(started.port)] }))
    await started.close()
    expect((await app.waitForPhase('reconnecting')).failure.code).toBe('connection-lost')
  })

  it.runIf(hasIpv6())('an IPv6 address', async () => {
    const broker = await ipv6Broker()
    const { targets, port } = await proxy()
    await bench.driver().online(connectionConfig(broker.port, { host: '[::1]', routes: [through(port)] }))
    expect(targets.map((target) => target.replace(/^(0|:)+1:/, '::1:'))).toEqual([`::1:${broker.port}`])
  })
})

const way = (kind: Proxy['kind'], port: number): Proxy => ({ kind, host: '127.0.0.1', port, username: '', password: null })

describe('kinds that only the system names', () => {
  it('SOCKS4, with a name or an address', async () => {
    const broker = await mosquitto()
    const proxy = await startSocks4Proxy({ names: NAMES })
    bench.atEnd(() => proxy.close())
    for (const host of [HOST, '127.0.0.1']) {
      await bench.driver().online(connectionConfig(broker.port, { host, routes: [way('socks4', proxy.port)] }))
    }
    expect(proxy.targets).toEqual([`${HOST}:${broker.port}`, `127.0.0.1:${broker.port}`])
  })

  it.each([
    [91, 'proxy-target-unreachable'],
    [93, 'proxy-forbidden'],
  ])('SOCKS4 refuses with %i: %s', async (refusal, code) => {
    const proxy = await startSocks4Proxy({ refusal })
    bench.atEnd(() => proxy.close())
    expect(await firstFailure(connectionConfig(1883, { host: HOST, routes: [way('socks4', proxy.port)] }))).toMatchObject({ code })
  })

  it('HTTPS: TLS within TLS, each with its own certificate', async () => {
    const broker = await bench.secureMosquitto({ authority, identity: server })
    const identity = await authority.issue({ commonName: 'proxy', addresses: ['127.0.0.1'] })
    const proxy = await startHttpProxy({ identity, names: NAMES })
    bench.atEnd(() => proxy.close())
    const config = connectionConfig(broker.port, { protocol: 'mqtts', host: HOST, tls: tls(), routes: [way('https', proxy.port)] })
    const failure = await firstFailure(config)
    expect(failure).toMatchObject({ code: 'proxy-unreachable', detail: expect.stringContaining('certificate') as string })
    expect(proxy.targets).toEqual([])

    // Stands for a system that trusts the proxy's authority; the broker's is checked all the same.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    await bench.driver().online(config)
    expect((await firstFailure({ ...config, tls: tls({ authorities: null }) })).code).toBe('tls-unknown-issuer')
    vi.unstubAllEnvs()
  })
})

describe('several ways', () => {
  const dead = async (): Promise<Route> => way('socks5', await freePort())

  it('are tried in their order', async () => {
    const broker = await mosquitto()
    const proxy = await startHttpProxy({ names: NAMES })
    bench.atEnd(() => proxy.close())
    await bench.driver().online(connectionConfig(broker.port, { host: HOST, routes: [await dead(), way('http', proxy.port), { kind: 'direct' }] }))
    expect(proxy.targets).toHaveLength(1)
    await bench.driver().online(connectionConfig(broker.port, { routes: [await dead(), { kind: 'direct' }] }))
  })

  it('a proxy that hangs leaves time for the next', async () => {
    const broker = await mosquitto()
    const proxy = await startSocksProxy({ silence: 'hang' })
    bench.atEnd(() => proxy.close())
    await bench.driver().online(connectionConfig(broker.port, { connectTimeoutSeconds: 2, routes: [way('socks5', proxy.port), { kind: 'direct' }] }))
  })

  it('a refusal is an answer: no other way is tried', async () => {
    const broker = await mosquitto()
    const proxy = await startSocksProxy({ refusal: 2 })
    bench.atEnd(() => proxy.close())
    const failure = await firstFailure(connectionConfig(broker.port, { routes: [way('socks5', proxy.port), { kind: 'direct' }] }))
    expect(failure.code).toBe('proxy-forbidden')
    expect(broker.log()).not.toMatch(/New connection/)
  })
})

describe('WebSocket headers', () => {
  it('arrive in the handshake, and no value in the failure', async () => {
    const requests: string[][] = []
    const web = createServer().on('upgrade', (request, socket) => {
      requests.push(request.rawHeaders)
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    })
    const port = await freePort()
    await new Promise<void>((resolve) => web.listen(port, '127.0.0.1', resolve))
    bench.atEnd(() => web.close())
    const headers = [
      { name: 'Authorization', value: 'Bearer canary' },
      { name: 'x-Tenant', value: 'plant' },
    ]
    const failure = await firstFailure(connectionConfig(port, { protocol: 'ws', headers }))
    expect(failure.code).toBe('websocket-refused')
    expect(JSON.stringify(failure)).not.toContain('canary')
    const names = requests[0]?.filter((_text, index) => index % 2 === 0) ?? []
    expect(names).toEqual(expect.arrayContaining(['Authorization', 'x-Tenant', 'Sec-WebSocket-Key']))
    expect(requests[0]).toEqual(expect.arrayContaining(['Bearer canary', 'plant']))
  })
})

describe.runIf(hasIpv6())('IPv6', () => {
  it.each(['::1', '[::1]'])('mqtt to %s', async (host) => {
    await bench.driver().online(connectionConfig((await ipv6Broker()).port, { host }))
  })

  it.each(['::1', '[::1]'])('ws to %s', async (host) => {
    const broker = await ipv6Broker()
    await bench.driver().online(connectionConfig(broker.wsPort, { protocol: 'ws', host }))
  })
})

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'))
}

/** A broker with further listeners, on the IPv6 loopback address alone. */
async function ipv6Broker(): Promise<{ port: number; wsPort: number }> {
  const [port, wsPort] = [await freePort(), await freePort()]
  await mosquitto({ webSocket: false, extraConfig: `listener ${port} ::1\nprotocol mqtt\nlistener ${wsPort} ::1\nprotocol websockets` })
  return { port, wsPort }
}
