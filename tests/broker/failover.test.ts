import { describe, expect, it, vi } from 'vitest'
import { useBrokerBench } from '../support/broker-bench'
import { makeAuthority } from '../support/certificates'
import { connectionConfig, DIRECT, type EngineDriver, tlsConfig, topicsOf, type DrivenView } from '../support/engine-driver'
import { freePort } from '../support/free-port'
import type { Mosquitto } from '../support/mosquitto'
import { mosquittoPub } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'

// A minute between looks at the preferred broker is right for users, not for tests.
vi.mock(import('../../src-main/engine/connection/backoff'), async (original) => ({
  ...(await original()),
  nextLookDelayMs: () => 200,
}))

const bench = useBrokerBench()
function broker(port?: number): Promise<Mosquitto> {
  return bench.mosquitto(port === undefined ? {} : { port })
}

const at = (...ports: number[]) => ports.map((port) => ({ host: '127.0.0.1', port, routes: DIRECT }))

/** Waits until it is online at the broker with this place. */
async function onlineAt(app: EngineDriver, index: number): Promise<void> {
  await waitUntil(() => app.status.phase === 'online' && app.status.broker.index === index, {
    timeoutMs: 15_000,
    what: () => `online at ${index}; statuses: ${JSON.stringify(app.statuses)}`,
  })
  await waitUntil(() => app.subscriptions.every(({ state }) => state.kind === 'granted'), { timeoutMs: 5_000, what: () => 'all filters granted' })
}

/** A message published at `port` arrives. */
async function flows(port: number, topic: string, tree: DrivenView<'tree'>): Promise<void> {
  await mosquittoPub({ port, topic, payload: 'x' })
  await tree.waitFor(topic, ({ rows }) => topicsOf(rows).includes(topic))
}

describe('failover', () => {
  it('takes the second broker when nothing listens at the first', async () => {
    const [down, { port }] = [await freePort(), await broker()]
    const app = bench.driver()
    const tree = app.openTree()
    const status = await app.online(connectionConfig(down, { alternates: at(port) }))
    expect(status).toMatchObject({
      broker: { address: `mqtt://127.0.0.1:${port}`, index: 1, count: 2 },
      alternate: { failures: [{ broker: { index: 0 }, failure: { code: 'refused' } }], returnsByItself: false },
    })
    expect(app.statuses.map(({ phase }) => phase)).toEqual(['connecting', 'connecting', 'online'])
    await flows(port, 'at/second', tree)
  })

  it('goes on at the second when the first dies in mid-stream, and stays there when not told to return', async () => {
    const [first, second] = [await broker(), await broker()]
    const app = bench.driver()
    const tree = app.openTree()
    await app.online(connectionConfig(first.port, { alternates: at(second.port) }))
    await flows(first.port, 'at/first', tree)

    const busy = setInterval(() => void mosquittoPub({ port: first.port, topic: 'stream', payload: 'x' }).catch(() => undefined), 50)
    bench.atEnd(() => clearInterval(busy))
    await tree.waitFor('the stream', ({ rows }) => topicsOf(rows).includes('stream'))
    await first.kill()
    clearInterval(busy)
    await onlineAt(app, 1)
    await flows(second.port, 'at/second', tree)

    await first.restart()
    const before = app.statuses.length
    await flows(second.port, 'still/at/second', tree)
    expect(app.statuses).toHaveLength(before)

    await app.engine.returnToPreferred()
    await onlineAt(app, 0)
    await flows(first.port, 'at/first/again', tree)
    expect(app.status).toMatchObject({ phase: 'online', alternate: null })
    // It took its leave, rather than being cut off.
    await waitUntil(() => /Client \S+ disconnected\./.test(second.log()), { what: () => second.log() })
  })

  it('returns by itself when the first is back and it is told so, having looked without a CONNECT', async () => {
    const port = await freePort()
    const second = await broker()
    const app = bench.driver()
    const tree = app.openTree()
    const config = connectionConfig(port, { alternates: at(second.port), returnToPreferred: true, clientId: 'returning' })
    await app.online(config)
    expect(app.status).toMatchObject({ alternate: { returnsByItself: true } })
    const first = await broker(port)
    await onlineAt(app, 0)
    await flows(port, 'at/first', tree)
    expect(first.log().match(/as returning/g)).toHaveLength(1)
    expect(second.log()).toMatch(/Client returning disconnected\./)
  })

  it('waits between rounds only, and says what each broker said', async () => {
    const ports = [await freePort(), await freePort(), await freePort()] as const
    const app = bench.driver()
    app.engine.connect(connectionConfig(ports[0], { alternates: at(ports[1], ports[2]), maxConnectAttempts: 2 }))
    const { failures, attempts } = await app.waitForPhase('failed')
    expect(attempts).toBe(2)
    expect(failures.map(({ broker: { address }, failure }) => [address, failure.code])).toEqual(
      ports.map((port) => [`mqtt://127.0.0.1:${port}`, 'refused']),
    )
    const phases = ['connecting', 'connecting', 'connecting']
    expect(app.statuses.map(({ phase }) => phase)).toEqual([...phases, 'reconnecting', ...phases, 'failed'])
  })

  it.each([
    ['Use another server', 0x9c],
    ['Server moved', 0x9d],
  ])('goes to the next of the profile, not to where the broker sends it: %s', async (_name, reasonCode) => {
    const moved = await bench.rawBroker()
    const elsewhere = await bench.rawBroker()
    const { port } = await broker()
    const app = bench.driver()
    await app.online(connectionConfig(moved.port, { alternates: at(port) }))
    const serverReference = `127.0.0.1:${elsewhere.port}`
    moved.clients[0]?.disconnect(reasonCode, { serverReference })
    await onlineAt(app, 1)
    expect(app.status).toMatchObject({
      alternate: { failures: [{ failure: { code: 'server-disconnect', reasonCode, serverReference } }] },
    })
    expect(elsewhere.sockets).toBe(0)
  })
})

describe('TLS', () => {
  async function secureBrokers(...names: { dnsNames?: string[]; addresses?: string[] }[]) {
    const authority = await makeAuthority()
    const brokers: Mosquitto[] = []
    for (const name of names) {
      const started = await bench.secureMosquitto({ authority, identity: await authority.issue({ commonName: '', ...name }) })
      brokers.push(started)
    }
    const tls = tlsConfig([authority])
    const portOf = (index: number): number => brokers[index]?.port ?? 0
    return { brokers, portOf, tls }
  }

  it('checks each broker for its own name', async () => {
    const { portOf, tls, brokers } = await secureBrokers({ dnsNames: ['localhost'] }, { addresses: ['127.0.0.1'] })
    const app = bench.driver()
    const alternates = at(portOf(1))
    const config = connectionConfig(portOf(0), { protocol: 'mqtts', host: 'localhost', tls, alternates, returnToPreferred: true })
    await app.online(config)
    expect(app.status).toMatchObject({ alternate: null })
    await brokers[0]?.kill()
    await onlineAt(app, 1)
    expect(app.status).toMatchObject({ broker: { address: `mqtts://127.0.0.1:${portOf(1)}` } })
    await brokers[0]?.restart()
    await onlineAt(app, 0)
  })

  it('goes on from a broker that shows the certificate of another, and does not return to it by itself', async () => {
    const { portOf, tls } = await secureBrokers({ addresses: ['127.0.0.1'] }, { addresses: ['127.0.0.1'] })
    const app = bench.driver()
    const alternates = at(portOf(1))
    await app.online(connectionConfig(portOf(0), { protocol: 'mqtts', host: 'localhost', tls, alternates, returnToPreferred: true }))
    expect(app.status).toMatchObject({
      broker: { index: 1 },
      alternate: { failures: [{ failure: { code: 'tls-wrong-host' } }], returnsByItself: false },
    })
  })
})
