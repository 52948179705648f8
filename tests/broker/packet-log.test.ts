import { describe, expect, it } from 'vitest'
import { EVERY_PACKET, type PacketFilter, type PacketRow } from '@shared/packets/packet-log'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type DrivenView } from '../support/engine-driver'
import { mosquittoPub } from '../support/mosquitto-clients'

const bench = useBrokerBench()
function recorder(filter: Partial<PacketFilter> = {}) {
  const driver = bench.driver()
  driver.engine.recordPackets('cut')
  const view = driver.openView({ kind: 'packets', firstRow: 0, rowCount: 500, filter: { ...EVERY_PACKET, ...filter } })
  return { driver, view, engine: driver.engine }
}

const lineOf = (row: PacketRow) => (row.kind === 'event' ? row.event : `${row.direction === 'sent' ? '>' : '<'} ${row.name}`)
const linesOf = (view: DrivenView<'packets'>) => view.frame?.rows.map(lineOf) ?? []

for (const mqttVersion of ['5.0', '3.1.1'] as const) {
  describe(`a real broker over MQTT ${mqttVersion}`, () => {
    it('connect, subscribe and messages of every QoS both ways, packet by packet', async () => {
      const { port } = await bench.mosquitto()
      const { driver, view } = recorder()
      await driver.online(connectionConfig(port, { mqttVersion, subscriptions: [{ filter: 'in/#', qos: 2 }] }))
      await view.waitFor('the answer to SUBSCRIBE', () => linesOf(view).includes('< SUBACK'))
      expect(linesOf(view)).toEqual(['recording-on', 'connecting', 'open', '> CONNECT', '< CONNACK', '> SUBSCRIBE', '< SUBACK'])

      const seen = () => linesOf(view).length
      const after = async (expected: string[]) => {
        const from = seen()
        return {
          come: () => view.waitFor(expected.join(), () => linesOf(view).length >= from + expected.length),
          lines: () => linesOf(view).slice(from),
          expected,
        }
      }
      const steps: [() => Promise<unknown>, string[]][] = [
        [() => driver.publish({ topic: 'out/0', qos: 0 }), ['> PUBLISH']],
        [() => driver.publish({ topic: 'out/1', qos: 1 }), ['> PUBLISH', '< PUBACK']],
        [() => driver.publish({ topic: 'out/2', qos: 2 }), ['> PUBLISH', '< PUBREC', '> PUBREL', '< PUBCOMP']],
        [() => mosquittoPub({ port, topic: 'in/0', payload: 'x', qos: 0 }), ['< PUBLISH']],
        [() => mosquittoPub({ port, topic: 'in/1', payload: 'x', qos: 1 }), ['< PUBLISH', '> PUBACK']],
        [() => mosquittoPub({ port, topic: 'in/2', payload: 'x', qos: 2 }), ['< PUBLISH', '> PUBREC', '< PUBREL', '> PUBCOMP']],
      ]
      for (const [act, expected] of steps) {
        const step = await after(expected)
        await act()
        await step.come()
        expect(step.lines()).toEqual(step.expected)
      }
      const faults = view.frame?.rows.filter((row) => row.failed)
      expect(faults).toEqual([])
    })
  })
}

describe('why it disconnected', () => {
  it('the session was taken over: said by the broker, or, by Mosquitto 2.0.11, not said', async () => {
    const strict = await bench.rawBroker()
    const told = recorder()
    await told.driver.online(connectionConfig(strict.port))
    strict.clients[0]?.disconnect(0x8e, { reasonString: 'other client' })
    const explained = await told.view.waitFor('an explanation', ({ disconnect }) => disconnect !== null)
    expect(explained.disconnect?.cause).toEqual({ kind: 'broker-disconnect', reasonCode: 0x8e, brokerReason: 'other client' })
    expect(explained.disconnect?.onlineMs).not.toBeNull()
    expect(explained.rows.filter((row) => row.failed).map(lineOf)).toEqual(['< DISCONNECT'])

    const { port } = await bench.mosquitto()
    const untold = recorder()
    await untold.driver.online(connectionConfig(port, { clientId: 'twin' }))
    const other = bench.driver()
    await other.online(connectionConfig(port, { clientId: 'twin' }))
    const { disconnect } = await untold.view.waitFor('an explanation', (frame) => frame.disconnect !== null)
    expect(disconnect).toMatchObject({ cause: { kind: 'closed' }, lastSent: { name: 'SUBSCRIBE', isNewest: false } })
  })

  it('the broker shut down', async () => {
    const broker = await bench.mosquitto()
    const { driver, view } = recorder()
    await driver.online(connectionConfig(broker.port))
    await broker.stop()
    const { disconnect } = await view.waitFor('an explanation', (frame) => frame.disconnect !== null)
    // Mosquitto 2.0.11 says nothing then either: what is known is that nothing was said, and what was sent last.
    expect(disconnect).toMatchObject({ cause: { kind: 'closed' }, lastSent: { name: 'SUBSCRIBE', topic: '#' } })
    expect(linesOf(view)).toContain('closed-by-broker')
  })

  it('a wrong password, which is nowhere in the log', async () => {
    const broker = await bench.mosquitto({ users: { ada: 'right' } })
    const { driver, view, engine } = recorder()
    engine.connect(connectionConfig(broker.port, { username: 'ada', password: 'canary-wrong' }))
    await driver.waitForPhase('failed')
    const frame = await view.waitFor('an explanation', ({ disconnect }) => disconnect !== null)
    expect(frame.disconnect).toMatchObject({ cause: { kind: 'refused', reasonCode: 0x87 }, onlineMs: null })
    const rendered = frame.rows.map(({ sequence }) => engine.renderPacket(sequence))
    const written = [engine.writePackets(EVERY_PACKET, 'text', null).text, engine.writePackets(EVERY_PACKET, 'json-lines', null).text]
    expect(JSON.stringify([frame, rendered, written])).toContain('12 bytes, masked')
    expect(JSON.stringify([frame, rendered, written])).not.toMatch(/canary|63 61 6e 61/)
  })

  it('the broker was stopped, then is away, then back: one log over all of it', async () => {
    const broker = await bench.mosquitto()
    const { driver, view } = recorder()
    await driver.online(connectionConfig(broker.port))
    await broker.kill()
    await driver.waitForPhase('reconnecting')
    const lost = await view.waitFor('an explanation', ({ disconnect }) => disconnect !== null)
    expect(lost.disconnect).toMatchObject({ cause: { kind: 'closed' }, lastSent: { name: 'SUBSCRIBE' } })
    await view.waitFor('a refused attempt', ({ disconnect }) => disconnect?.cause.kind === 'not-opened')
    await broker.restart()
    await driver.waitForPhase('online', 30_000)
    await view.waitFor('a second CONNACK', () => linesOf(view).filter((line) => line === '< CONNACK').length === 2)
    expect(linesOf(view)).toEqual(expect.arrayContaining(['closed-by-broker', 'retrying', 'error']))
  })

  it('the user ended it', async () => {
    const { port } = await bench.mosquitto()
    const { driver, view, engine } = recorder()
    await driver.online(connectionConfig(port))
    await engine.disconnect()
    await view.waitFor('DISCONNECT', () => linesOf(view).includes('> DISCONNECT'))
    expect(view.frame?.disconnect?.cause).toEqual({ kind: 'user' })
  })

  it('a packet was larger than the broker takes, and it hung up', async () => {
    const broker = await bench.rawBroker({
      onConnect: { kind: 'accept', properties: { maximumPacketSize: 1_000 } },
      onSubscribe: (_subscribe, client) => {
        client.close()
        return null
      },
    })
    const { driver, view } = recorder()
    await driver.online(connectionConfig(broker.port, { subscriptions: [] }))
    // A publish of that size is not even sent.
    driver.engine.subscribe({ filter: 'f'.repeat(5_000), qos: 0 })
    await driver.waitForPhase('reconnecting')
    const { disconnect } = await view.waitFor('an explanation', (frame) => frame.disconnect !== null)
    expect(disconnect).toMatchObject({
      cause: { kind: 'closed' },
      lastSent: { name: 'SUBSCRIBE', breach: { kind: 'maximum-packet-size', limit: 1_000 } },
    })
  })

  it('no PINGRESP came', async () => {
    const broker = await bench.rawBroker({ answersPings: false })
    const { driver, view } = recorder()
    await driver.online(connectionConfig(broker.port, { keepaliveSeconds: 1 }))
    await driver.waitForPhase('reconnecting')
    const { disconnect } = await view.waitFor('an explanation', (frame) => frame.disconnect !== null)
    expect(disconnect?.cause).toMatchObject({ kind: 'no-pingresp', keepAliveSeconds: 1 })
    await view.waitFor('the end', () => linesOf(view).includes('closed-by-us'))
    expect(linesOf(view)).toEqual(expect.arrayContaining(['> PINGREQ', 'keepalive-timeout']))
  })

  it('the broker broke the protocol: the packet is in the log, with what is wrong, and our answer', async () => {
    const broker = await bench.rawBroker({
      onSubscribe: (_subscribe, client) => {
        client.write(Buffer.from('320400026162', 'hex'))
        return null
      },
    })
    const { driver, view } = recorder()
    driver.engine.connect(connectionConfig(broker.port, { mqttVersion: '5.0' }))
    await driver.waitForPhase('reconnecting')
    const frame = await view.waitFor('our DISCONNECT', () => linesOf(view).includes('> DISCONNECT'))
    expect(frame.rows.filter((row) => row.failed).map(lineOf)).toEqual(['< PUBLISH', 'violation', '> DISCONNECT'])
    expect(frame.disconnect?.cause).toMatchObject({ kind: 'violation', what: expect.stringContaining('packet identifier is missing') as string })
  })
})

describe('a flood', () => {
  it('stays within the limits of the log, and hides nothing of what it let go', async () => {
    const broker = await bench.rawBroker()
    const { driver, view } = recorder()
    await driver.online(connectionConfig(broker.port))
    const [client] = broker.clients
    if (client === undefined) throw new Error('nobody connected')
    // 60,000 messages, more than the log holds lines.
    const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => Buffer.from('300400016100', 'hex')))
    for (let count = 0; count < 60; count += 1) client.write(thousand)
    const frame = await view.waitFor('all of them', ({ kept, letGo }) => kept + letGo > 60_000)
    expect(frame.kept).toBe(50_000)
    expect(frame.keptBytes).toBeLessThan(32 * 1024 * 1024)
    expect(driver.status.phase).toBe('online')
  })
})
