import { describe, expect, it } from 'vitest'
import { Deletion } from '../../../../../src-main/engine/retained/deletion'
import { Restoration } from '../../../../../src-main/engine/retained/restoration'
import { RetainedList } from '../../../../../src-main/engine/retained/retained-list'
import type { RetainedMessage } from '../../../../../src-main/engine/engine-api'
import { message } from '../../support/retained-message'

const ENDED = { cancelled: false, failure: null }

function listOf(...messages: RetainedMessage[]): RetainedList {
  const list = new RetainedList()
  for (const one of messages) list.add(one)
  return list
}

describe('a deletion', () => {
  it('publishes an empty retained message to each topic, with QoS 1 where the broker takes it', () => {
    const deletion = new Deletion([message('a', 'x', { qos: 2 })])
    expect([...deletion.toSend(2)]).toEqual([{ topic: 'a', payload: new Uint8Array(), qos: 1, retain: true }])
    expect([...new Deletion([message('a')]).toSend(0)]).toMatchObject([{ qos: 0 }])
  })

  it('is judged by what is there afterwards', () => {
    const deletion = new Deletion(['gone', 'refused', 'kept', 'newer', 'unanswered'].map((topic) => message(topic)))
    expect([...deletion.toSend(2)]).toHaveLength(5)
    for (const topic of ['gone', 'kept', 'newer']) deletion.answered(topic, { kind: 'done' })
    deletion.answered('refused', { kind: 'refused', reasonCode: 0x87 })
    const now = listOf(message('refused'), message('kept'), message('newer', 'other'))
    expect(deletion.judge(now, ENDED)).toMatchObject({ total: 5, gone: 2, refused: 1, kept: 1, newer: 1, undoable: 2, verified: true })
    expect(now.remarkOn('refused')).toEqual({ kind: 'refused', reasonCode: 0x87 })
    expect(now.remarkOn('kept')).toEqual({ kind: 'kept' })
    expect(now.remarkOn('newer')).toEqual({ kind: 'newer' })
    expect(deletion.undoable(now).map(({ topic }) => topic)).toEqual(['gone', 'unanswered'])
  })

  it('that could not be verified may have taken what was not answered', () => {
    const deletion = new Deletion(['done', 'open', 'refused'].map((topic) => message(topic)))
    expect([...deletion.toSend(2)]).toHaveLength(3)
    deletion.answered('done', { kind: 'done' })
    deletion.answered('refused', { kind: 'refused', reasonCode: 0x87 })
    expect(deletion.judge(null, ENDED)).toMatchObject({ gone: 1, refused: 1, kept: 1, verified: false })
    expect(deletion.undoable(null).map(({ topic }) => topic)).toEqual(['done', 'open'])
  })

  it('cannot bring back what was not kept whole, nor what was never sent', () => {
    const deletion = new Deletion([message('large', 'start', { payloadBytes: 1_000 }), message('sent'), message('not sent')])
    const sending = deletion.toSend(2)
    sending.next()
    sending.next()
    expect(deletion.undoable(new RetainedList()).map(({ topic }) => topic)).toEqual(['sent'])
  })
})

describe('a restoration', () => {
  /** Message Expiry Interval, 60 s [3.3.2.3.3]. */
  const expiry = Uint8Array.of(0x02, 0, 0, 0, 60)

  it('sends bytes, QoS and what is left of the expiry interval', () => {
    const kept = message('a', 'bytes', { qos: 2, properties: expiry, receivedAtMs: Date.now() - 20_500 })
    const [publish] = new Restoration([kept]).toSend(new RetainedList(), 2)
    expect(publish).toMatchObject({ topic: 'a', payload: kept.payload, qos: 2, retain: true, properties: { messageExpirySeconds: 40 } })
    expect([...new Restoration([kept]).toSend(new RetainedList(), 1)]).toMatchObject([{ qos: 1 }])
  })

  it('leaves what has expired and what has a newer message', () => {
    const restoration = new Restoration([
      message('expired', 'x', { properties: expiry, receivedAtMs: Date.now() - 60_000 }),
      message('newer'),
      message('back'),
      message('refused'),
      message('lost'),
    ])
    const sent = [...restoration.toSend(listOf(message('newer', 'other')), 2)].map(({ topic }) => topic)
    expect(sent).toEqual(['back', 'refused', 'lost'])
    restoration.answered('back', { kind: 'done' })
    restoration.answered('lost', { kind: 'done' })
    restoration.answered('refused', { kind: 'refused', reasonCode: 0x87 })
    const now = listOf(message('back'), message('newer', 'other'))
    expect(restoration.judge(now, ENDED)).toMatchObject({ total: 5, restored: 1, expired: 1, newer: 1, refused: 1, missing: 1, verified: true })
    expect(restoration.left(now)).toEqual(['refused', 'lost'])
    expect(restoration.judge(null, ENDED)).toMatchObject({ restored: 2, missing: 0, verified: false })
  })

  it('can be tried again with what it did not come to', () => {
    const restoration = new Restoration([message('a'), message('b')])
    restoration.toSend(new RetainedList(), 2).next()
    restoration.answered('a', { kind: 'done' })
    expect(restoration.left(listOf(message('a')))).toEqual(['b'])
  })
})
