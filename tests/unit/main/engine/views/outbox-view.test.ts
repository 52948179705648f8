import { describe, expect, it } from 'vitest'
import { unpackFrame, packFrame } from '@shared/views/frame-codec'
import { OutboxView } from '../../../../../src-main/engine/views/outbox-view'
import { noPublishes } from '../../support/fake-session'

describe('OutboxView', () => {
  it('shows its window, in the order of sending, and all counts', () => {
    const publisher = noPublishes()
    for (const topic of ['a', 'b', 'c']) publisher.publish({ topic, payload: Buffer.from('xy'), qos: 1, retain: false }, false)
    const view = new OutboxView(publisher, { kind: 'outbox', firstRow: 1, rowCount: 1 })
    expect(unpackFrame(packFrame(view.frame()))).toMatchObject({
      firstRow: 1,
      counts: { queued: 3, inFlight: 0, unconfirmed: 0 },
      entries: [{ publishId: 2, topic: 'b', qos: 1, retain: false, bytes: 2, state: 'queued' }],
    })
    expect(view.update({ kind: 'statistics' })).toBe(false)
    expect(view.update({ kind: 'outbox', firstRow: 0, rowCount: 2 })).toBe(true)
    expect(view.frame().entries.map(({ topic }) => topic)).toEqual(['a', 'b'])
  })
})
