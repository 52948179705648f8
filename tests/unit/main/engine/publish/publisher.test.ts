import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { OutboxCounts } from '@shared/message/outbox'
import type { Publish, PublishState } from '@shared/message/publish'
import { PacketIdentifiers } from '../../../../../src-main/engine/connection/packet-identifiers'
import { Publisher } from '../../../../../src-main/engine/publish/publisher'
import { FakeSession } from '../../support/fake-session'

function message(topic: string, more: Partial<Publish> = {}): Publish {
  return { topic, payload: Buffer.from(topic), qos: 1, retain: false, ...more }
}

function setUp() {
  const updates: [publishId: number, state: PublishState][] = []
  const counts: OutboxCounts[] = []
  const publisher = new Publisher(new PacketIdentifiers(), {
    updated: (publishId, state) => updates.push([publishId, state]),
    countsChanged: (changed) => counts.push(changed),
  })
  const session = new FakeSession()
  const answer = (cmd: 'puback' | 'pubrec' | 'pubcomp', messageId: number | undefined, reasonCode = 0, reasonString?: string) =>
    publisher.acknowledged({ cmd, messageId: messageId ?? 0, reasonCode, ...(reasonString && { properties: { reasonString } }) })
  return {
    publisher,
    updates,
    counts,
    session,
    answer,
    publish: (topic: string, more: Partial<Publish> = {}, keepTrying = false) => publisher.publish(message(topic, more), keepTrying),
    kinds: (publishId: number) => updates.filter(([id]) => id === publishId).map(([, { kind }]) => kind),
    /** Another network connection. */
    reconnect: (resumed: boolean): FakeSession => {
      publisher.detach()
      const next = new FakeSession()
      publisher.attach(next.asSession(), resumed)
      return next
    },
  }
}

const sent = (session: FakeSession) => session.publishes.map(({ topic, dup }) => (dup ? `${topic} dup` : topic))
const idOf = (session: FakeSession, topic: string) => session.publishes.find((one) => one.topic === topic)?.packetIdentifier

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return null
}

describe('a publish with a connection', () => {
  it('is sent at once, everything as it was given', () => {
    const { publisher, session, publish, updates } = setUp()
    publisher.attach(session.asSession(), false)
    expect(publish('a', { qos: 2, retain: true }).state).toEqual({ kind: 'in-flight' })
    expect(session.publishes).toMatchObject([{ topic: 'a', payload: 'a', qos: 2, retain: true, dup: false }])
    expect(updates).toEqual([])
  })

  it('of QoS 0 is sent when the network has it', () => {
    const { publisher, session, publish, kinds, counts } = setUp()
    publisher.attach(session.asSession(), false)
    const { publishId, state } = publish('a', { qos: 0 })
    expect(state).toEqual({ kind: 'in-flight' })
    session.publishes[0]?.written()
    expect(kinds(publishId)).toEqual(['sent'])
    expect(counts.at(-1)).toEqual({ queued: 0, inFlight: 0, unconfirmed: 0 })
  })

  it('of QoS 1 ends with PUBACK, its reason and how long it took', () => {
    const { publisher, session, publish, updates, answer } = setUp()
    publisher.attach(session.asSession(), false)
    const { publishId } = publish('a')
    answer('puback', idOf(session, 'a'), 0x10)
    expect(updates).toEqual([[publishId, { kind: 'acknowledged', reasonCode: 0x10, elapsedMs: expect.any(Number) as number }]])
  })

  it('of QoS 2 ends with PUBCOMP, with the reason of PUBREC', () => {
    const { publisher, session, publish, updates, answer } = setUp()
    publisher.attach(session.asSession(), false)
    const { publishId } = publish('a', { qos: 2 })
    const identifier = idOf(session, 'a')
    answer('pubrec', identifier, 0x10)
    expect(session.releases).toEqual([identifier])
    answer('pubcomp', identifier)
    expect(updates).toMatchObject([[publishId, { kind: 'acknowledged', reasonCode: 0x10 }]])
  })

  it.each(['puback', 'pubrec'] as const)('ends with a refusing %s, and what the broker says', (cmd) => {
    const { publisher, session, publish, updates, answer } = setUp()
    publisher.attach(session.asSession(), false)
    const { publishId } = publish('a', { qos: cmd === 'puback' ? 1 : 2 })
    answer(cmd, idOf(session, 'a'), 0x87, 'no')
    expect(updates).toEqual([[publishId, { kind: 'refused', reasonCode: 0x87, brokerReason: 'no' }]])
    expect(session.releases).toEqual([])
  })

  it('ends at once when the broker takes no such thing', () => {
    const { publisher, session, publish, updates, counts } = setUp()
    session.forbids = 0x9b
    publisher.attach(session.asSession(), false)
    expect(publish('a').state).toEqual({ kind: 'refused', reasonCode: 0x9b, brokerReason: null })
    expect(updates).toEqual([])
    expect(counts).toEqual([])
  })

  it('is not moved by an answer to something else', () => {
    const { publisher, session, publish, updates, answer } = setUp()
    publisher.attach(session.asSession(), false)
    publish('a')
    publish('b', { qos: 2 })
    publish('c', { qos: 0 })
    answer('pubrec', idOf(session, 'a'))
    answer('pubcomp', idOf(session, 'b'))
    answer('puback', idOf(session, 'b'))
    answer('puback', 0)
    answer('puback', (idOf(session, 'b') ?? 0) + 100)
    expect(updates).toEqual([])
    expect(session.releases).toEqual([])
  })

  it('waits behind those the broker has not answered, QoS 0 too', () => {
    const { publisher, session, publish, answer, kinds } = setUp()
    session.receiveMaximum = 1
    publisher.attach(session.asSession(), false)
    publish('a', { qos: 2 })
    const { publishId, state } = publish('b')
    expect(state).toEqual({ kind: 'queued' })
    publish('c', { qos: 0 })
    answer('pubrec', idOf(session, 'a'))
    expect(sent(session)).toEqual(['a'])
    answer('pubcomp', idOf(session, 'a'))
    expect(sent(session)).toEqual(['a', 'b', 'c'])
    expect(kinds(publishId)).toEqual(['in-flight'])
  })

  it('waits while much is being written', () => {
    const { publisher, session, publish } = setUp()
    publisher.attach(session.asSession(), false)
    publish('large', { payload: new Uint8Array(1024 * 1024) })
    expect(publish('next').state).toEqual({ kind: 'queued' })
    session.publishes[0]?.written()
    expect(sent(session)).toEqual(['large', 'next'])
  })
})

describe('a publish without a connection', () => {
  it('waits, and goes out in order when there is one', () => {
    const { publisher, session, publish, kinds, counts } = setUp()
    const ids = ['a', 'b', 'c'].map((topic) => publish(topic).publishId)
    expect(counts.map(({ queued }) => queued)).toEqual([1, 2, 3])
    publisher.attach(session.asSession(), false)
    expect(sent(session)).toEqual(['a', 'b', 'c'])
    expect(ids.map(kinds)).toEqual([['in-flight'], ['in-flight'], ['in-flight']])
    expect(counts.at(-1)).toEqual({ queued: 0, inFlight: 3, unconfirmed: 0 })
  })

  it('waits as well when the connection has just ended and nobody has said so yet', () => {
    const { publisher, session, publish } = setUp()
    publisher.attach(session.asSession(), false)
    session.isOpen = false
    expect(publish('a').state).toEqual({ kind: 'queued' })
    expect(publish('b', { qos: 0 }).state).toEqual({ kind: 'not-sent' })
  })

  it('of QoS 0 waits only if it shall', () => {
    const { publisher, session, publish } = setUp()
    expect(publish('a', { qos: 0 }).state).toEqual({ kind: 'not-sent' })
    expect(publish('b', { qos: 0 }, true).state).toEqual({ kind: 'queued' })
    publisher.attach(session.asSession(), false)
    expect(sent(session)).toEqual(['b'])
  })

  it('can be taken back, once', () => {
    const { publisher, session, publish, kinds } = setUp()
    const [a = 0, b = 0] = ['a', 'b', 'c'].map((topic) => publish(topic).publishId)
    expect(publisher.drop([b, 12_345])).toBe(1)
    expect(publisher.drop([b])).toBe(0)
    expect(kinds(b)).toEqual(['dropped'])
    publisher.attach(session.asSession(), false)
    expect(sent(session)).toEqual(['a', 'c'])
    expect(publisher.drop([a])).toBe(0)
  })

  it('finds room for a thousand, and is told when there is none', () => {
    const { publisher, publish } = setUp()
    for (let index = 0; index < 1_000; index += 1) publish('a')
    const error = thrownBy(() => publish('one more'))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'too-many', details: { limit: 1_000 } })
    publisher.drop([1])
    expect(publish('now').state).toEqual({ kind: 'queued' })
  })

  it('finds room for 128 MiB, whatever the number', () => {
    const { publisher, session, publish } = setUp()
    const half = { payload: new Uint8Array(64 * 1024 * 1024) }
    const { publishId } = publish('a', half)
    publish('b', half)
    expect(thrownBy(() => publish('c'))).toMatchObject({ code: 'too-many' })
    publish('empty', { payload: new Uint8Array() })
    publisher.drop([publishId])
    publish('c')
    publisher.attach(session.asSession(), false)
    expect(sent(session)).toEqual(['b'])
    session.publishes[0]?.written()
    expect(sent(session)).toEqual(['b', 'empty', 'c'])
  })
})

describe('a connection that ends with publishes in flight', () => {
  it('leaves them open, and they take room still', () => {
    const { publisher, session, publish, kinds } = setUp()
    publisher.attach(session.asSession(), false)
    const { publishId } = publish('a')
    publisher.detach()
    expect(kinds(publishId)).toEqual(['interrupted'])
    expect(publisher.counts).toEqual({ queued: 0, inFlight: 1, unconfirmed: 0 })
    expect(publisher.list(0, 10)).toMatchObject([{ publishId, topic: 'a', qos: 1, bytes: 1, state: 'interrupted' }])
  })

  it('has them sent again when the session is resumed, before what waited', () => {
    const { publisher, session, publish, reconnect, answer, kinds } = setUp()
    publisher.attach(session.asSession(), false)
    const ids = [publish('a'), publish('b', { qos: 2 }), publish('c', { qos: 2 })].map(({ publishId }) => publishId)
    answer('pubrec', idOf(session, 'b'), 0x10)
    const next = reconnect(true)
    publish('d')
    expect(sent(next)).toEqual(['a dup', 'c dup', 'd'])
    expect(next.publishes.slice(0, 2).map(({ packetIdentifier }) => packetIdentifier)).toEqual([idOf(session, 'a'), idOf(session, 'c')])
    expect(next.releases).toEqual([idOf(session, 'b')])
    expect(ids.map(kinds)).toEqual(Array(3).fill(['interrupted', 'in-flight']))
    // The broker was done with it before the connection was cut.
    answer('pubcomp', idOf(session, 'b'), 0x92)
    expect(kinds(ids[1] ?? 0).at(-1)).toBe('acknowledged')
  })

  it('has no more of them sent again than the broker takes, those with PUBREL counted', () => {
    const { publisher, session, publish, answer } = setUp()
    publisher.attach(session.asSession(), false)
    for (const topic of ['a', 'b', 'c']) publish(topic, { qos: 2 })
    answer('pubrec', idOf(session, 'a'))
    publisher.detach()
    const next = new FakeSession()
    next.receiveMaximum = 2
    publisher.attach(next.asSession(), true)
    expect(next.releases).toEqual([idOf(session, 'a')])
    expect(sent(next)).toEqual(['b dup'])
    answer('pubcomp', idOf(session, 'a'))
    expect(sent(next)).toEqual(['b dup', 'c dup'])
  })

  it('makes them unconfirmed when the session is not, and the user decides', () => {
    const { publisher, session, publish, reconnect, answer, kinds } = setUp()
    publisher.attach(session.asSession(), false)
    const [a = 0, b = 0, c = 0] = [publish('a'), publish('b', { qos: 2 }), publish('c')].map(({ publishId }) => publishId)
    answer('pubrec', idOf(session, 'b'))
    const next = reconnect(false)
    expect(sent(next)).toEqual([])
    expect(next.releases).toEqual([])
    expect(publisher.counts).toEqual({ queued: 0, inFlight: 0, unconfirmed: 3 })
    answer('puback', idOf(session, 'a'))
    expect(kinds(a)).toEqual(['interrupted', 'unconfirmed'])

    publish('d')
    expect(publisher.drop([b])).toBe(1)
    expect(publisher.sendAnew(null)).toBe(2)
    expect(sent(next)).toEqual(['d', 'a', 'c'])
    expect(kinds(c)).toEqual(['interrupted', 'unconfirmed', 'queued', 'in-flight'])
    expect(publisher.sendAnew([a, b])).toBe(0)
  })

  it('lets one that is to be sent anew wait for the next connection', () => {
    const { publisher, session, publish, reconnect } = setUp()
    publisher.attach(session.asSession(), false)
    const { publishId } = publish('a')
    reconnect(false)
    publisher.detach()
    expect(publisher.sendAnew([publishId])).toBe(1)
    expect(publisher.counts).toEqual({ queued: 1, inFlight: 0, unconfirmed: 0 })
    expect(sent(reconnect(false))).toEqual(['a'])
  })

  it('makes QoS 0 unconfirmed when it was being written, not sent when it waited, queued again when it is to keep trying', () => {
    const { publisher, session, publish, reconnect, kinds } = setUp()
    publisher.attach(session.asSession(), false)
    const [writing, trying] = [publish('writing', { qos: 0 }), publish('trying', { qos: 0 }, true)]
    publish('large', { payload: new Uint8Array(1024 * 1024) })
    const waiting = publish('waiting', { qos: 0 })
    expect(waiting.state).toEqual({ kind: 'queued' })
    const next = reconnect(true)
    session.publishes[0]?.written()
    expect(kinds(writing.publishId)).toEqual(['unconfirmed'])
    expect(kinds(waiting.publishId)).toEqual(['not-sent'])
    expect(kinds(trying.publishId)).toEqual(['queued', 'in-flight'])
    expect(sent(next)).toEqual(['trying', 'large dup'])
  })
})

describe('waiting for the last answers', () => {
  it('ends with them, with the connection, or with the time', async () => {
    const { publisher, session, publish, answer } = setUp()
    publisher.attach(session.asSession(), false)
    await publisher.quiet(60_000)
    publish('a')
    const answered = publisher.quiet(60_000)
    answer('puback', idOf(session, 'a'))
    await answered
    publish('b')
    await publisher.quiet(1)
    const gone = publisher.quiet(60_000)
    publisher.detach()
    await gone
  })
})
