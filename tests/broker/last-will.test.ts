import { describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { DEFAULT_WILL, type Will } from '@shared/profile/will'
import type { ConnectionConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { startChild } from '../support/child'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import { mosquittoPub } from '../support/mosquitto-clients'
import type { Relay } from '../support/relay'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

const willOf = (topic: string, more: Partial<Will> = {}): Will => {
  return { ...DEFAULT_WILL, topic, payloadBase64: Buffer.from('adieu').toString('base64'), qos: 1, ...more }
}

/** A client with a will, on a network that can be cut. */
async function mortal(brokerPort: number, will: Will, more: Partial<ConnectionConfig> = {}): Promise<{ app: EngineDriver; relay: Relay }> {
  const relay = await bench.relay(brokerPort)
  const app = bench.driver()
  await app.online(connectionConfig(relay.port, { will, ...more }))
  return { app, relay }
}

describe.each(['5.0', '3.1.1', '3.1'] as const)('a last will with MQTT %s', (mqttVersion) => {
  it('is published when the connection breaks, with QoS, and kept if it says so', async () => {
    const { port } = await bench.mosquitto()
    const witness = await bench.subscriber({ port, topic: 'gone/#', qos: 2 })
    const { app, relay } = await mortal(port, willOf('gone/a', { qos: 2, retain: true }), { mqttVersion, maxConnectAttempts: 1 })
    relay.cut()
    expect(await witness.waitFor(({ topic }) => topic === 'gone/a')).toMatchObject({ qos: 2, payload: Buffer.from('adieu') })
    await app.engine.disconnect()
    const late = await bench.subscriber({ port, topic: 'gone/a' })
    expect((await late.waitForCount(1))[0]?.retain).toBe(true)
  })

  it('is not published after a disconnect', async () => {
    const { port } = await bench.mosquitto()
    const witness = await bench.subscriber({ port, topic: ['gone', 'marker'], qos: 1 })
    const { app } = await mortal(port, willOf('gone'), { mqttVersion })
    await app.engine.disconnect()
    await mosquittoPub({ port, topic: 'marker', payload: 'end', qos: 1 })
    await witness.waitFor(({ topic }) => topic === 'marker')
    expect(witness.received.map(({ topic }) => topic)).toEqual(['marker'])
  })
})

describe('what only MQTT 5.0 says of a last will', () => {
  it('arrives: all properties, user properties in their order', async () => {
    const { port } = await bench.mosquitto()
    const witness = await startChild('stdbuf', [
      ...['-oL', 'mosquitto_sub', '-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv5', '-d', '-t', 'gone'],
      ...['-F', 'will|%x|%F|%E|%C|%R|%D|%P'],
    ])
    const said = (): string => witness.stdout().toString('utf8')
    await waitUntil(() => said().includes('Subscribed'), { what: () => `the witness to be subscribed: ${said()}${witness.stderr()}` })
    const will = willOf('gone', {
      payloadIsUtf8: true,
      messageExpirySeconds: 3_600,
      contentType: 'text/plain',
      responseTopic: 'answer/here',
      correlationDataBase64: Buffer.from('c-1').toString('base64'),
      userProperties: [
        { name: 'b', value: '1' },
        { name: '__proto__', value: '2' },
        { name: 'b', value: '3' },
      ],
    })
    const { relay } = await mortal(port, will, { maxConnectAttempts: 1 })
    relay.cut()
    const line = await waitUntil(() => /^will.*$/m.exec(said())?.[0], { what: () => said() })
    await witness.kill('SIGKILL')
    const [, payload, format, expiry, ...rest] = line.split('|')
    expect(Buffer.from(payload ?? '', 'hex').toString()).toBe('adieu')
    expect(format).toBe('1')
    expect(Number(expiry)).toBeGreaterThan(3_500)
    expect(rest.join('|')).toMatch(/^text\/plain\|answer\/here\|c-1\|b: ?1 __proto__: ?2 b: ?3/)
  })

  it('waits for its delay, and never comes when the client is back before', async () => {
    const { port } = await bench.mosquitto()
    const witness = await bench.subscriber({ port, topic: 'gone/#', qos: 1 })
    const delayed = (topic: string, more: Partial<ConnectionConfig> = {}): ReturnType<typeof mortal> => {
      const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 60 }
      return mortal(port, willOf(topic, { delaySeconds: 3 }), { cleanStart: false, connectOptions, ...more })
    }
    const back = await delayed('gone/back')
    back.relay.cut()
    await waitUntil(() => back.app.statuses.filter(({ phase }) => phase === 'online').length === 2, {
      timeoutMs: 10_000,
      what: () => `to be back: ${JSON.stringify(back.app.statuses)}`,
    })
    expect(back.app.status).toMatchObject({ phase: 'online', sessionPresent: true })
    // The other one's will is due later than that of the first would have been.
    const lost = await delayed('gone/lost', { maxConnectAttempts: 1 })
    const cutAt = performance.now()
    lost.relay.cut()
    await lost.relay.close()
    await witness.waitFor(({ topic }) => topic === 'gone/lost', 15_000)
    // Mosquitto counts whole seconds.
    expect(performance.now() - cutAt).toBeGreaterThan(1_900)
    expect(witness.received.map(({ topic }) => topic)).toEqual(['gone/lost'])
  })
})
