import { describe, expect, it } from 'vitest'
import { MAX_KEPT_PUBLISHES } from '@shared/message/publish'
import { PacketIdentifiers } from '../../../../../src-main/engine/connection/packet-identifiers'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import { Publisher } from '../../../../../src-main/engine/publish/publisher'
import { Arrivals } from '../../../../../src-main/engine/runs/arrivals'
import { Sending } from '../../../../../src-main/engine/runs/sending'
import { FakeSession, settle } from '../../support/fake-session'

const message = { topic: 'ask', payload: Uint8Array.of(63), qos: 1 as const, retain: false }

describe('a request', () => {
  it('is not sent where the outbox is full, and listens no longer', async () => {
    const publisher = new Publisher(new PacketIdentifiers(), { updated: () => undefined, countsChanged: () => undefined })
    const borrowed = new Set<string>()
    const subscriptions = {
      borrow: (topic: string) => {
        borrowed.add(topic)
        return Promise.resolve({ kind: 'granted' as const, qos: 1 as const })
      },
      giveBack: (topic: string) => void borrowed.delete(topic),
    }
    const ingest = new Ingest({ logBudgetBytes: 1_000_000, expandedTopics: [], forgetClearedTopics: false })
    const sending = new Sending(publisher, subscriptions, new Arrivals(ingest), () => Promise.reject(new Error('no text')))
    const session = new FakeSession()
    sending.attach(session.asSession())
    for (let count = 0; count < MAX_KEPT_PUBLISHES; count += 1) sending.publish(message, true)
    const options = { responseTopic: 'answers', timeoutMs: 1_000, firstOnly: true }
    await sending.startExchange({ name: 'q', message: { kind: 'ready', name: 'q', message }, variables: {}, options })
    await settle()
    expect(sending.exchange?.state).toEqual({ kind: 'not-sent' })
    expect(borrowed.size).toBe(0)
  })
})
