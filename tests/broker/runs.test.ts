import { describe, expect, it } from 'vitest'
import { ONCE, type RunOptions, type RunProgress } from '@shared/collections/run'
import type { Rows } from '@shared/collections/rows'
import type { Publish } from '@shared/message/publish'
import type { RunMessage } from '../../src-main/engine/runs/run-order'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import type { Mosquitto } from '../support/mosquitto'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()

const ready = (topic: string, payload = topic, more: Partial<Publish> = {}): RunMessage => ({
  kind: 'ready',
  name: topic,
  message: { topic, payload: Buffer.from(payload), qos: 1, retain: false, ...more },
})

interface Given {
  readonly messages: readonly RunMessage[]
  readonly rows?: Rows
  readonly options?: Partial<RunOptions>
}

async function online(mosquitto: Mosquitto, mqttVersion: '5.0' | '3.1.1' = '5.0'): Promise<EngineDriver> {
  const app = bench.driver()
  await app.online(connectionConfig(mosquitto.port, { mqttVersion, subscriptions: [] }))
  return app
}

/** Starts a run and follows it. */
function start(app: EngineDriver, { messages, rows, options }: Given) {
  const view = app.openView<'runs'>({ kind: 'runs' })
  const runId = app.engine.startRun({ name: 'test', messages, rows: rows ?? null, variables: {}, options: { ...ONCE, ...options } })
  const progress = (): RunProgress | undefined => view.frame?.runs.find((run) => run.runId === runId)
  const until = (what: string, condition: (run: RunProgress) => boolean) =>
    waitUntil(
      () => {
        const run = progress()
        return run !== undefined && condition(run) && run
      },
      { timeoutMs: 30_000, what: () => `${what}; ${JSON.stringify(view.frame)}` },
    )
  return { runId, until, ended: () => until('the run to end', ({ endedAtMs }) => endedAtMs !== null) }
}

describe('a run on an interval', () => {
  it.each([0, 1, 2] as const)('sends 500 messages of QoS %i every 10 ms: exactly 500, in order, without drift', async (qos) => {
    const mosquitto = await bench.mosquitto()
    const witness = await bench.subscriber({ port: mosquitto.port, topic: 'tick', qos: 2 })
    const app = await online(mosquitto)
    const begunMs = performance.now()
    const run = start(app, { messages: [ready('tick', 'x', { qos })], options: { rounds: 500, intervalMs: 10 } })
    const ended = await run.ended()
    expect(ended).toMatchObject({ state: { kind: 'finished' }, sent: 500, total: 500, confirmed: 500, failed: 0, round: 500 })
    await witness.waitForCount(500)
    // A last one, that nothing may come between.
    await app.publish({ topic: 'tick', payload: Buffer.from('end') })
    await witness.waitFor(({ payload }) => payload.toString() === 'end')
    expect(witness.received).toHaveLength(501)
    // 499 intervals and those missed, by the clock: a timer that is set anew each time would be late by a third.
    const tookMs = performance.now() - begunMs
    const dueMs = (499 + ended.missedTicks) * 10
    expect(tookMs).toBeGreaterThanOrEqual(dueMs - 1)
    expect(tookMs).toBeLessThan(dueMs + 1_000)
  })

  it('goes on until it is stopped, and not one message longer', async () => {
    const mosquitto = await bench.mosquitto()
    const witness = await bench.subscriber({ port: mosquitto.port, topic: 'tick', qos: 1 })
    const app = await online(mosquitto)
    const run = start(app, { messages: [ready('tick')], options: { rounds: null, intervalMs: 10 } })
    await run.until('some sends', ({ sent }) => sent >= 20)
    expect(app.engine.runsUnderWay()).toEqual([{ name: 'test', sent: expect.any(Number), total: null }])
    app.engine.controlRun(run.runId, 'stop')
    const ended = await run.ended()
    expect(app.engine.runsUnderWay()).toEqual([])
    expect(ended).toMatchObject({ state: { kind: 'stopped' }, total: null })
    await app.publish({ topic: 'tick', payload: Buffer.from('end') })
    await witness.waitFor(({ payload }) => payload.toString() === 'end')
    expect(witness.received).toHaveLength(ended.sent + 1)
  })

  it('sends nothing while it is paused, and does not make up for it', async () => {
    const mosquitto = await bench.mosquitto()
    const app = await online(mosquitto)
    const run = start(app, { messages: [ready('tick')], options: { rounds: 100, intervalMs: 20 } })
    await run.until('some sends', ({ sent }) => sent >= 5)
    app.engine.controlRun(run.runId, 'pause')
    const paused = await run.until('the pause', ({ state }) => state.kind === 'paused')
    const later = performance.now() + 300
    await waitUntil(() => performance.now() > later, { what: '15 intervals' })
    expect((await run.until('still', () => true)).sent).toBe(paused.sent)
    app.engine.controlRun(run.runId, 'resume')
    const ended = await run.ended()
    expect(ended).toMatchObject({ state: { kind: 'finished' }, sent: 100 })
    expect(ended.missedTicks).toBeLessThan(15)
  })
})

describe('a sequence', () => {
  it('sends its messages in order, each a pause after the one before, round after round', async () => {
    const mosquitto = await bench.mosquitto()
    const witness = await bench.subscriber({ port: mosquitto.port, topic: 's/#', qos: 2 })
    const app = await online(mosquitto)
    const begunMs = performance.now()
    const messages = [ready('s/a', 'a', { qos: 0 }), ready('s/b', 'b', { qos: 2 }), ready('s/c', 'c', { qos: 1 })]
    await start(app, { messages, options: { rounds: 3, pauseMs: 50 } }).ended()
    expect(performance.now() - begunMs).toBeGreaterThanOrEqual(8 * 50 - 8)
    await witness.waitForCount(9)
    expect(witness.received.map(({ payload }) => payload.toString()).join('')).toBe('abcabcabc')
  })

  it('pauses between rounds, and after a message as long as that says itself', async () => {
    const mosquitto = await bench.mosquitto()
    const witness = await bench.subscriber({ port: mosquitto.port, topic: 's/#', qos: 1 })
    const app = await online(mosquitto)
    const begunMs = performance.now()
    const messages: RunMessage[] = [{ ...ready('s/a', 'a'), pauseMs: 0 }, ready('s/b', 'b'), { ...ready('s/c', 'c'), pauseMs: 10 }]
    const run = start(app, { messages, options: { rounds: 3, pauseMs: 80, roundPauseMs: 200 } })
    await run.ended()
    const tookMs = performance.now() - begunMs
    expect(tookMs).toBeGreaterThanOrEqual(3 * 80 + 2 * 200 - 10)
    await witness.waitForCount(9)
    expect(witness.received.map(({ payload }) => payload.toString()).join('')).toBe('abcabcabc')
    const endless = start(app, { messages: [ready('s/d')], options: { rounds: null, roundPauseMs: 20 } })
    await endless.until('some rounds', ({ round }) => round >= 5)
    app.engine.controlRun(endless.runId, 'stop')
    expect(await endless.ended()).toMatchObject({ state: { kind: 'stopped' }, missedTicks: 0 })
  })

  it('waits for a broker that acknowledges slowly, and loses nothing', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'accept', properties: { receiveMaximum: 2 } }, onPublish: () => null })
    const app = bench.driver()
    await app.online(connectionConfig(broker.port, { mqttVersion: '5.0', subscriptions: [] }))
    const run = start(app, { messages: [ready('s/a'), ready('s/b')], options: { rounds: 10 } })
    const waiting = await run.until('to wait', ({ state }) => state.kind === 'waiting')
    expect(waiting.state).toEqual({ kind: 'waiting', for: 'broker' })
    // Two unacknowledged, and the one the publisher has next.
    expect(waiting.sent).toBe(3)
    expect(broker.clients[0]?.packets.filter(({ cmd }) => cmd === 'publish')).toHaveLength(2)
  })
})

describe('a run whose connection is cut', () => {
  it('ends with it, in words, and does not go on by itself', async () => {
    const mosquitto = await bench.mosquitto()
    const app = await online(mosquitto)
    const run = start(app, { messages: [ready('tick')], options: { rounds: null, intervalMs: 10 } })
    await run.until('some sends', ({ sent }) => sent >= 10)
    await mosquitto.kill()
    expect(await run.ended()).toMatchObject({ state: { kind: 'disconnected' } })
    await mosquitto.restart()
    await app.waitForPhase('online')
    expect(await run.ended()).toMatchObject({ state: { kind: 'disconnected' } })
  })

  it('cannot begin without one', async () => {
    const app = bench.driver()
    expect(() => start(app, { messages: [ready('x')] })).toThrowError(expect.objectContaining({ code: 'connection-not-online' }))
  })
})

describe('the send log', () => {
  it('has every send with what became of it, and shows the failed ones alone', async () => {
    const mosquitto = await bench.mosquitto({ acl: 'topic readwrite ok/#' })
    const app = await online(mosquitto)
    const log = app.openView<'sends'>({ kind: 'sends', firstRow: 0, rowCount: 100, failedOnly: false })
    await start(app, { messages: [ready('ok/a', '12345'), ready('no/b'), ready('ok/c', '', { qos: 0, retain: true })] }).ended()
    const { sends } = await log.waitFor('all sends', ({ sends: all }) => all.length === 3)
    expect([...sends].reverse()).toMatchObject([
      { number: 1, topic: 'ok/a', payloadBytes: 5, qos: 1, retain: false, origin: 'test', state: { kind: 'acknowledged', reasonCode: 0x10 } },
      { number: 2, topic: 'no/b', state: { kind: 'refused', reasonCode: 0x87 } },
      { number: 3, topic: 'ok/c', payloadBytes: 0, qos: 0, retain: true, state: { kind: 'sent' } },
    ])
    log.update({ kind: 'sends', firstRow: 0, rowCount: 100, failedOnly: true })
    const failed = await log.waitFor('the failed one', ({ total }) => total === 1)
    expect(failed).toMatchObject({ kept: 3, failed: 1, letGo: 0, sends: [{ topic: 'no/b' }] })
    expect(app.engine.readSends(true, 0)).toEqual(failed.sends)
  })
})

describe('a run for the rows of a file', () => {
  it('sends every message for every row, made of its values', async () => {
    const mosquitto = await bench.mosquitto()
    const witness = await bench.subscriber({ port: mosquitto.port, topic: 'set/#', qos: 2 })
    const app = await online(mosquitto)
    const template = (topic: string, text: string, kind: 'json' | 'hex'): RunMessage => ({
      kind: 'template',
      name: topic,
      topic,
      text,
      format: { kind },
      qos: 2,
      retain: false,
    })
    const rows = { columns: ['id', 'target', 'code'], rows: Array.from({ length: 50 }, (_, index) => [`p${index}`, String(index / 2), 'ff']) }
    const messages = [template('set/{{row.id}}', '{"n":{{counter}},"target":{{row.target}}}', 'json'), template('set/{{row.id}}/raw', '{{row.code}}', 'hex')]
    const ended = await start(app, { messages, rows }).ended()
    expect(ended).toMatchObject({ state: { kind: 'finished' }, sent: 100, total: 100, rows: 50 })
    await witness.waitForCount(100)
    const expected = rows.rows.flatMap(([id, target], index) => [
      [`set/${id}`, Buffer.from(`{"n":${index + 1},"target":${target}}`).toString('hex')],
      [`set/${id}/raw`, 'ff'],
    ])
    expect(witness.received.map(({ topic, payload }) => [topic, payload.toString('hex')])).toEqual(expected)
  })

  it('ends where a row makes no message, and says which', async () => {
    const mosquitto = await bench.mosquitto()
    const app = await online(mosquitto)
    const message: RunMessage = { kind: 'template', name: 'm', topic: 'a/{{row.id}}', text: '', format: { kind: 'json' }, qos: 1, retain: false }
    const run = start(app, { messages: [message], rows: { columns: ['id'], rows: [['1'], ['+'], ['3']] } })
    expect(await run.ended()).toMatchObject({ sent: 1, state: { kind: 'failed', message: 'm', row: 2, fault: { kind: 'topic', topic: 'a/+' } } })
  })
})
