import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import { Engine } from '../../../../src-main/engine/engine'
import type { EngineEvent } from '../../../../src-main/engine/engine-api'
import type { SessionEvents } from '../../../../src-main/engine/connection/mqtt-session'
import type { Intake } from '../../../../src-main/engine/wire/publish-sink'
import { connectionConfig } from '../../../support/engine-driver'
import { arrive } from '../support/arriving'
import { type FakeSession, settle } from '../support/fake-session'

type Session = FakeSession & { events: SessionEvents; intake: Intake }
const sessions = vi.hoisted((): Session[] => [])

vi.mock('../../../../src-main/engine/connection/mqtt-session', async () => {
  const { FakeSession: Fake } = await vi.importActual<typeof import('../support/fake-session')>('../support/fake-session')
  return {
    MqttSession: class extends Fake {
      constructor(
        _config: unknown,
        _version: string,
        readonly events: SessionEvents,
        _state: unknown,
        _log: unknown,
        readonly intake: Intake,
      ) {
        super()
        sessions.push(this)
      }
      close(): Promise<void> {
        return Promise.resolve()
      }
    },
  }
})

const ALL = { filter: '#', qos: 0 } as const
const SYSTEM = { filter: '$SYS/#', qos: 0 } as const

function setUp() {
  const events: EngineEvent[] = []
  const engine = new Engine({ logBudgetBytes: 1_000, forgetClearedTopics: false, expandedTopics: [] }, (event) => events.push(event), () => Promise.reject(new Error('nothing to encode')))
  return {
    engine,
    events,
    session: (): Session => {
      const session = sessions.at(-1)
      if (session === undefined) throw new Error('not connected')
      return session
    },
    subscriptions: () => events.findLast((event) => event.kind === 'subscriptions')?.subscriptions.map(({ filter, state }) => [filter, state.kind]),
  }
}

beforeEach(() => {
  sessions.length = 0
})

describe('Engine', () => {
  it('subscribes and sends what waited once it is online', async () => {
    const { engine, session, events, subscriptions } = setUp()
    engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false })
    engine.connect(connectionConfig(1, { subscriptions: [ALL] }))
    expect(session().subscribes).toEqual([])
    session().events.online(false, false, null)
    expect(session().subscribes).toMatchObject([ALL])
    expect(session().publishes).toMatchObject([{ topic: 'a', payload: 'x' }])
    expect(events.filter(({ kind }) => kind === 'outbox')).toEqual([
      { kind: 'outbox', counts: { queued: 1, inFlight: 0, unconfirmed: 0 } },
      { kind: 'outbox', counts: { queued: 0, inFlight: 1, unconfirmed: 0 } },
    ])
    session().subscribes[0]?.answer({ kind: 'granted', qos: 0 })
    await settle()
    expect(subscriptions()).toEqual([['#', 'granted']])
    await engine.dispose()
  })

  it('asked to connect while online keeps what it has, whatever the profile says by now', async () => {
    const { engine, session, subscriptions } = setUp()
    engine.connect(connectionConfig(1, { subscriptions: [ALL] }))
    session().events.online(false, false, null)
    session().subscribes[0]?.answer({ kind: 'granted', qos: 0 })
    await settle()
    engine.connect(connectionConfig(1, { subscriptions: [SYSTEM] }))
    expect(sessions).toHaveLength(1)
    expect(subscriptions()).toEqual([['#', 'granted']])
    await engine.disconnect()
    engine.connect(connectionConfig(1, { subscriptions: [SYSTEM] }))
    expect(subscriptions()).toEqual([['$SYS/#', 'waiting']])
    await engine.dispose()
  })

  it('renders and reads what its log holds', async () => {
    const { engine, session } = setUp()
    engine.connect(connectionConfig(1))
    arrive(session().intake, 'a/b', '{"x":1.0}', { qos: 1, messageId: 7, retain: true, properties: { contentType: 'text/plain' } })
    expect(engine.readMessage(1, 5)).toEqual({
      message: { topic: 'a/b', payload: Uint8Array.from(Buffer.from('{"x":')), totalBytes: 9, contentType: 'text/plain', payloadFormatIndicator: null },
      summary: {
        sequence: 1,
        receivedAtMs: expect.closeTo(Date.now(), -4) as number,
        qos: 1,
        retain: true,
        dup: false,
        payloadBytes: 9,
        preview: '{"x":1.0}',
      },
      properties: [{ name: 'Content Type', value: 'text/plain' }],
      hasMoreProperties: false,
    })
    const { payload, ...whole } = engine.readWhole(1)
    expect(whole).toEqual({ topic: 'a/b', qos: 1, retain: true, properties: { ...NO_PUBLISH_PROPERTIES, contentType: 'text/plain' } })
    expect(Buffer.from(payload).toString()).toBe('{"x":1.0}')
    expect(payload.buffer.byteLength).toBe(9)
    payload.fill(0)
    expect(Buffer.from(engine.readWhole(1).payload).toString()).toBe('{"x":1.0}')
    await engine.dispose()
  })

  it('says of a message that was let go, or never came, that it is not there', async () => {
    const { engine, session } = setUp()
    engine.connect(connectionConfig(1))
    for (let count = 0; count < 100; count += 1) arrive(session().intake, 'a', 'x'.repeat(9_000))
    for (const sequence of [1, 101]) {
      for (const look of [() => engine.readWhole(sequence), () => engine.readMessage(sequence, 10)]) {
        expect(look).toThrow(AppError)
        expect(look).toThrow(expect.objectContaining({ code: 'message-evicted', details: { sequence } }))
      }
    }
    await engine.dispose()
  })

  it('finds what a topic said last when another message came, or else first after it', async () => {
    const { engine, session } = setUp()
    engine.connect(connectionConfig(1))
    for (const payload of ['data 1', 'birth 2', 'data 3', 'birth 4', 'birth 5', 'data 6']) {
      arrive(session().intake, payload.startsWith('birth') ? 'birth' : 'data', payload)
    }
    const nearest = (sequence: number): string => Buffer.from(engine.readNearest('birth', sequence, 100) ?? []).toString()
    expect([1, 2, 3, 4, 5, 6].map(nearest)).toEqual(['birth 2', 'birth 2', 'birth 2', 'birth 4', 'birth 5', 'birth 5'])
    expect(engine.readNearest('birth', 6, 6)).toBeNull()
    expect(engine.readNearest('nowhere', 6, 100)).toBeNull()
    await engine.dispose()
  })

  it('keeps tree and log over a reconnect', async () => {
    const { engine, session } = setUp()
    engine.connect(connectionConfig(1))
    arrive(session().intake, 'a', 'before')
    await engine.disconnect()
    engine.connect(connectionConfig(1))
    arrive(session().intake, 'b', 'after')
    expect(Buffer.from(engine.readWhole(1).payload).toString()).toBe('before')
    expect(Buffer.from(engine.readWhole(2).payload).toString()).toBe('after')
    await engine.dispose()
  })

  it('takes words on topics and views it does not know for none', async () => {
    const { engine, events } = setUp()
    engine.setExpanded('nowhere', true, true)
    engine.closeView(7)
    engine.acknowledgeView(7)
    engine.updateView(7, { kind: 'statistics' })
    engine.unsubscribe('nothing')
    expect(engine.reveal(7, 'nowhere')).toBeNull()
    expect(engine.dropPublishes([7])).toBe(0)
    expect(events).toEqual([])
    await engine.dispose()
  })
})
