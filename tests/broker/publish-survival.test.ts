import { describe, expect, it } from 'vitest'
import type { QoS } from '@shared/mqtt/qos'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import type { Mosquitto } from '../support/mosquitto'
import type { Subscriber } from '../support/mosquitto-clients'
import type { Relay } from '../support/relay'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

/** The broker keeps the session, for longer than a test takes. */
const KEPT_SESSION = {
  cleanStart: false,
  connectOptions: { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 600 },
  subscriptions: [],
}

const COUNT = 100
/** What the app still hears of the broker's answers before the line goes dead: whole acknowledgements of about four bytes. */
const BYTES_HEARD = 160

/** Another program whose session the broker keeps: what is queued for it is what the broker took. */
function witnessOf({ port }: Mosquitto): Promise<Subscriber> {
  return bench.subscriber({ port, topic: 'n/#', qos: 1, clientId: 'witness', extraArgs: ['-c', '-x', '600'] })
}

function publishAll(app: EngineDriver, qos: QoS): number[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const payload = Buffer.from(String(index))
    return app.engine.publish({ topic: 'n/x', payload, qos, retain: false }).publishId
  })
}

const lastKind = (app: EngineDriver, publishId: number) => app.publishes.get(publishId)?.at(-1)?.kind
const numbers = ({ received }: Subscriber) => received.map(({ payload }) => Number(payload.toString()))
const inOrder = Array.from({ length: COUNT }, (_, index) => index)

async function until(app: EngineDriver, what: string, condition: () => boolean): Promise<void> {
  await waitUntil(condition, { timeoutMs: 30_000, what: () => `${what}; ${JSON.stringify([app.outbox, app.status])}` })
}

/** Publishes until the line is dead; then what is in flight is partly answered, partly not. */
async function publishIntoDeadLine(app: EngineDriver, line: Relay, qos: QoS): Promise<number[]> {
  line.muteAfter(BYTES_HEARD)
  const ids = publishAll(app, qos)
  await until(app, 'the last answers heard', () => line.isDead)
  return ids
}

describe.each(['3.1.1', '5.0'] as const)('a burst of publishes with MQTT %s', (mqttVersion) => {
  it('arrives as a whole, though a broker keeps only so many at a time', async () => {
    const mosquitto = await bench.mosquitto()
    const witness = await witnessOf(mosquitto)
    const app = bench.driver()
    await app.online(connectionConfig(mosquitto.port, { mqttVersion, subscriptions: [] }))
    const ids = publishAll(app, 2)
    await until(app, 'all to be acknowledged', () => ids.every((id) => lastKind(app, id) === 'acknowledged'))
    await witness.waitForCount(COUNT)
    expect(numbers(witness)).toEqual(inOrder)
  })
})

describe.each(['3.1.1', '5.0'] as const)('publishes with MQTT %s across the end of a broker', (mqttVersion) => {
  it.each([1, 2] as const)('that keeps its sessions, QoS %i: all arrive, in order, QoS 2 exactly once', async (qos) => {
    const mosquitto = await bench.mosquitto({ persistence: true, extraConfig: 'max_inflight_messages 10' })
    const line = await bench.relay(mosquitto.port)
    // It leaves its session behind, in which the broker queues.
    await (await witnessOf(mosquitto)).stop()
    const app = bench.driver()
    await app.online(connectionConfig(line.port, { mqttVersion, ...KEPT_SESSION }))
    const ids = await publishIntoDeadLine(app, line, qos)
    expect(app.outbox.inFlight).toBeGreaterThan(0)
    line.repair()
    await mosquitto.restart()
    await until(app, 'the rest to be acknowledged', () => ids.every((id) => lastKind(app, id) === 'acknowledged'))
    expect(app.status).toMatchObject({ phase: 'online', sessionPresent: true })

    const witness = await witnessOf(mosquitto)
    await witness.waitFor(({ payload }) => payload.toString() === String(COUNT - 1))
    // QoS 1 may bring some twice; all come, each for the first time in the order of publishing.
    expect([...new Set(numbers(witness))]).toEqual(inOrder)
    if (qos === 2) expect(numbers(witness)).toEqual(inOrder)
  }, 60_000)

  it('that crashes and loses its sessions: what is in flight is unconfirmed, and nothing goes missing in silence', async () => {
    const mosquitto = await bench.mosquitto({ extraConfig: 'max_inflight_messages 10' })
    const line = await bench.relay(mosquitto.port)
    const app = bench.driver()
    const config = connectionConfig(line.port, { mqttVersion, ...KEPT_SESSION })
    await app.online(config)
    const ids = await publishIntoDeadLine(app, line, 2)
    await mosquitto.kill()
    await app.waitForPhase('reconnecting')
    // Until there is a witness.
    await app.engine.disconnect()
    line.repair()
    const interrupted = ids.filter((id) => lastKind(app, id) === 'interrupted')
    expect(interrupted.length).toBeGreaterThan(1)
    expect(app.outbox).toEqual({ queued: app.outbox.queued, inFlight: interrupted.length, unconfirmed: 0 })
    const queued = ids.filter((id) => ['queued', undefined].includes(lastKind(app, id)))
    expect(queued).toHaveLength(app.outbox.queued)

    await mosquitto.restart()
    const witness = await witnessOf(mosquitto)
    app.engine.connect(config)
    await until(app, 'those that waited to be acknowledged', () => app.status.phase === 'online' && app.outbox.queued + app.outbox.inFlight === 0)
    expect(interrupted.map((id) => lastKind(app, id))).toEqual(interrupted.map(() => 'unconfirmed'))
    expect(ids.filter((id) => lastKind(app, id) === 'acknowledged')).toHaveLength(COUNT - interrupted.length)

    const [first = 0, ...others] = interrupted
    expect(app.engine.dropPublishes([first])).toBe(1)
    expect(app.engine.sendAnew(null)).toBe(others.length)
    await until(app, 'those sent anew to be acknowledged', () => app.outbox.inFlight === 0)
    expect(app.outbox).toEqual({ queued: 0, inFlight: 0, unconfirmed: 0 })
    const expected = [...queued, ...others].map((id) => ids.indexOf(id))
    await witness.waitForCount(expected.length)
    expect(numbers(witness)).toEqual(expected)
  }, 60_000)
})
