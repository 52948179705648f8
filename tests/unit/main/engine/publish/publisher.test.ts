import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { Publish, PublishState } from '@shared/message/publish'
import { Publisher } from '../../../../../src-main/engine/publish/publisher'
import { FakeSession, settle } from '../../support/fake-session'

function message(topic: string, more: Partial<Publish> = {}): Publish {
  return { topic, payload: Buffer.from(topic), qos: 1, retain: false, ...more }
}

function setUp() {
  const updates: [publishId: number, state: PublishState][] = []
  const queueSizes: number[] = []
  const publisher = new Publisher(
    (publishId, state) => updates.push([publishId, state]),
    (publishes) => queueSizes.push(publishes),
  )
  return { publisher, updates, queueSizes, session: new FakeSession() }
}

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return null
}

describe('Publisher online', () => {
  it('sends at once, everything as it was given', () => {
    const { publisher, session, queueSizes } = setUp()
    publisher.attach(session.asSession())
    expect(publisher.publish(message('a', { qos: 2, retain: true })).state).toEqual({ kind: 'in-flight' })
    expect(session.publishes).toMatchObject([{ topic: 'a', payload: 'a', qos: 2, retain: true }])
    expect(queueSizes).toEqual([])
  })

  it.each([
    [0, { kind: 'done', reasonCode: null }, { kind: 'sent' }],
    [1, { kind: 'done', reasonCode: 0x10 }, { kind: 'acknowledged', reasonCode: 0x10 }],
    [2, { kind: 'done', reasonCode: null }, { kind: 'acknowledged', reasonCode: null }],
    [1, { kind: 'refused', reasonCode: 0x87, brokerReason: 'no' }, { kind: 'refused', reasonCode: 0x87, brokerReason: 'no' }],
    [1, { kind: 'lost' }, { kind: 'unconfirmed' }],
    [0, { kind: 'lost' }, { kind: 'unconfirmed' }],
  ] as const)('with QoS %i tells %j as %j', async (qos, result, state) => {
    const { publisher, session, updates } = setUp()
    publisher.attach(session.asSession())
    const { publishId } = publisher.publish(message('a', { qos }))
    session.publishes[0]?.answer(result)
    await settle()
    expect(updates).toEqual([[publishId, expect.objectContaining(state)]])
  })

  it('measures how long the acknowledgement took', async () => {
    const { publisher, session, updates } = setUp()
    publisher.attach(session.asSession())
    publisher.publish(message('a'))
    session.publishes[0]?.answer({ kind: 'done', reasonCode: 0 })
    await settle()
    const [, state] = updates[0] ?? []
    expect(state?.kind === 'acknowledged' && state.elapsedMs >= 0 && state.elapsedMs < 1_000).toBe(true)
  })

  it('tells answers apart, in whatever order they come', async () => {
    const { publisher, session, updates } = setUp()
    publisher.attach(session.asSession())
    const ids = ['a', 'b', 'c'].map((topic) => publisher.publish(message(topic)).publishId)
    expect(new Set(ids).size).toBe(3)
    session.publishes[2]?.answer({ kind: 'refused', reasonCode: 0x87, brokerReason: null })
    await settle()
    session.publishes[0]?.answer({ kind: 'done', reasonCode: 0 })
    await settle()
    expect(updates.map(([id, { kind }]) => [id, kind])).toEqual([
      [ids[2], 'refused'],
      [ids[0], 'acknowledged'],
    ])
  })

  it('cannot take back what is sent', () => {
    const { publisher, session } = setUp()
    publisher.attach(session.asSession())
    const { publishId } = publisher.publish(message('a'))
    expect(publisher.cancel(publishId)).toBe(false)
  })
})

describe('Publisher offline', () => {
  it('keeps messages in order and sends them when there is a connection', async () => {
    const { publisher, session, updates, queueSizes } = setUp()
    const ids = ['a', 'b', 'c'].map((topic) => {
      const { publishId, state } = publisher.publish(message(topic))
      expect(state).toEqual({ kind: 'queued' })
      return publishId
    })
    expect(queueSizes).toEqual([1, 2, 3])
    publisher.attach(session.asSession())
    expect(session.publishes.map(({ topic }) => topic)).toEqual(['a', 'b', 'c'])
    expect(queueSizes).toEqual([1, 2, 3, 0])
    expect(updates).toEqual(ids.map((id) => [id, { kind: 'in-flight' }]))
    session.publishes[1]?.answer({ kind: 'done', reasonCode: 0 })
    await settle()
    expect(updates.at(-1)).toMatchObject([ids[1], { kind: 'acknowledged' }])
  })

  it('sends what waited once only', () => {
    const { publisher, session } = setUp()
    publisher.publish(message('a'))
    publisher.attach(session.asSession())
    publisher.detach()
    const next = new FakeSession()
    publisher.attach(next.asSession())
    expect(next.publishes).toEqual([])
  })

  it('waits again once the connection is gone', () => {
    const { publisher, session } = setUp()
    publisher.attach(session.asSession())
    publisher.detach()
    expect(publisher.publish(message('a')).state).toEqual({ kind: 'queued' })
    expect(session.publishes).toEqual([])
  })

  it('gives back what waits, once', () => {
    const { publisher, session, queueSizes } = setUp()
    const ids = ['a', 'b', 'c'].map((topic) => publisher.publish(message(topic)).publishId)
    expect(publisher.cancel(ids[1] ?? 0)).toBe(true)
    expect(publisher.cancel(ids[1] ?? 0)).toBe(false)
    expect(publisher.cancel(12_345)).toBe(false)
    expect(queueSizes.at(-1)).toBe(2)
    publisher.attach(session.asSession())
    expect(session.publishes.map(({ topic }) => topic)).toEqual(['a', 'c'])
  })

  it('lets a thousand wait and says so when there is no room for more', () => {
    const { publisher } = setUp()
    const ids = Array.from({ length: 1_000 }, () => publisher.publish(message('a')).publishId)
    const error = thrownBy(() => publisher.publish(message('one more')))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'too-many', details: { limit: 1_000 } })
    publisher.cancel(ids[0] ?? 0)
    expect(publisher.publish(message('now')).state).toEqual({ kind: 'queued' })
  })

  it('lets 128 MiB wait, whatever their number', () => {
    const { publisher, session } = setUp()
    const half = { payload: new Uint8Array(64 * 1024 * 1024) }
    const { publishId } = publisher.publish(message('a', half))
    publisher.publish(message('b', half))
    expect(thrownBy(() => publisher.publish(message('c')))).toMatchObject({ code: 'too-many' })
    publisher.publish(message('empty', { payload: new Uint8Array() }))
    publisher.cancel(publishId)
    publisher.publish(message('c'))
    publisher.attach(session.asSession())
    expect(session.publishes.map(({ topic }) => topic)).toEqual(['b', 'empty', 'c'])
    publisher.detach()
    publisher.publish(message('room again', { payload: new Uint8Array(128 * 1024 * 1024) }))
  })
})
