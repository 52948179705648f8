import { describe, expect, it } from 'vitest'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver, topicsOf } from '../support/engine-driver'
import { HOSTILE_CASES, legalPublish, UGLY_TOPICS } from '../support/hostile-brokers'
import type { RawBroker, RawBrokerOptions } from '../support/raw-broker'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

async function start(options: RawBrokerOptions = {}): Promise<{ broker: RawBroker; app: EngineDriver }> {
  return { broker: await bench.rawBroker(options), app: bench.driver() }
}

describe.each(['5.0', '3.1.1'] as const)('MQTT %s', (version) => {
  const cases = HOSTILE_CASES.filter((hostile) => hostile.version === version)

  it.each(cases.map((hostile) => [hostile.name, hostile] as const))('%s', async (_name, { bytes, beforeConnack, outcome }) => {
    const { broker, app } = await start(beforeConnack ? { onConnect: { kind: 'bytes', bytes } } : {})
    const statistics = app.openView({ kind: 'statistics' })
    const config = connectionConfig(broker.port, { mqttVersion: version })
    if (beforeConnack) app.engine.connect(config)
    else {
      await app.online(config)
      broker.clients[0]?.write(bytes)
    }
    if (outcome.kind === 'refuses') {
      await statistics.waitFor('the refusal', ({ refusedMessages }) => refusedMessages === 1)
      broker.clients[0]?.publish('still/here', 'yes')
      await statistics.waitFor('the next message', ({ messagesReceived }) => messagesReceived === 1)
      expect(app.status.phase).toBe('online')
      return
    }
    const { failure } = await app.waitForPhase('reconnecting')
    expect(failure.code).toBe('protocol-error')
    expect(failure.detail).toMatch(outcome.words)
    expect(failure.detail).toMatch(/\[(MQTT-|internal)/)
    const client = broker.clients[0]
    if (client === undefined) return
    await waitUntil(() => !client.isConnected(), { what: 'the socket to close' })
    const goodbye = client.packets.find(({ cmd }) => cmd === 'disconnect')
    if (version === '5.0') expect(goodbye).toMatchObject({ reasonCode: outcome.reasonCode })
    else expect(goodbye).toBeUndefined()
  })

  it('a message refused for its topic is acknowledged, or the server would send it for ever', async () => {
    const { broker, app } = await start()
    await app.online(connectionConfig(broker.port, { mqttVersion: version }))
    const properties = version === '5.0' ? '00' : ''
    const [one, two] = ['32', '34'].map((first) => Buffer.from(`${first}0${version === '5.0' ? 8 : 7}0002612b0005${properties}78`, 'hex'))
    broker.clients[0]?.write(one ?? '')
    broker.clients[0]?.write(two ?? '')
    const answers = (): string[] => broker.clients[0]?.packets.map(({ cmd }) => cmd) ?? []
    await waitUntil(() => answers().includes('puback') && answers().includes('pubrec'), { what: () => answers().join() })
    broker.clients[0]?.send({ cmd: 'pubrel', messageId: 5 })
    await waitUntil(() => answers().includes('pubcomp'), { what: () => answers().join() })
    expect(app.status.phase).toBe('online')
  })

  it('legal but ugly topics are all taken, and the tree is walked without harm', async () => {
    const { broker, app } = await start()
    const tree = app.openTree({ filter: 'no match' })
    const statistics = app.openView({ kind: 'statistics' })
    await app.online(connectionConfig(broker.port, { mqttVersion: version }))
    for (const topic of UGLY_TOPICS) broker.clients[0]?.write(legalPublish(topic, version))
    await statistics.waitFor('all topics', ({ topicsKnown }) => topicsKnown === UGLY_TOPICS.length)
    expect(statistics.frame?.refusedMessages).toBe(0)
    tree.update({ kind: 'tree', firstRow: 0, rowCount: 500, sort: 'recency', filter: 'constructor' })
    const { rows } = await tree.waitFor('the filtered rows', ({ matches }) => matches === 1)
    expect(topicsOf(rows)).toEqual(['__proto__', '__proto__/constructor', '__proto__/constructor/toString'])
    tree.update({ kind: 'tree', firstRow: 0, rowCount: 500, sort: 'messages', filter: '' })
    await tree.waitFor('every level', ({ totalRows }) => totalRows > 65_000)
  })
})

it('a broker that breaks the protocol on every connection is met with growing pauses', async () => {
  const { broker, app } = await start({
    onSubscribe: ({ subscriptions }, client) => {
      client.write(Buffer.from('320400026162', 'hex'))
      return subscriptions.map(() => 0)
    },
  })
  app.engine.connect(connectionConfig(broker.port))
  await waitUntil(() => broker.connects.length === 3, { timeoutMs: 10_000, what: () => `${broker.connects.length} attempts` })
  const attempts = app.statuses.filter(({ phase }) => phase === 'reconnecting')
  expect(attempts.slice(0, 2).map((status) => ('attempt' in status ? status.attempt : 0))).toEqual([2, 3])
})

it('a peer that declares much and sends little holds little memory', async () => {
  const { broker, app } = await start()
  await app.online(connectionConfig(broker.port))
  const before = process.memoryUsage().arrayBuffers
  // 60 MB declared, within the limit.
  broker.clients[0]?.write(Buffer.from('3080cecc1c00016100', 'hex'))
  broker.clients[0]?.write(Buffer.alloc(100_000))
  await waitUntil(() => process.memoryUsage().arrayBuffers >= before, { what: 'the bytes to arrive' })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
  expect(app.status.phase).toBe('online')
})
