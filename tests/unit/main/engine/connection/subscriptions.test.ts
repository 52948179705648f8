import { describe, expect, it } from 'vitest'
import type { SubscriptionState } from '@shared/connection/connection'
import { Subscriptions } from '../../../../../src-main/engine/connection/subscriptions'
import { FakeSession, settle } from '../../support/fake-session'

const ALL = { filter: '#', qos: 0 } as const
const SYSTEM = { filter: '$SYS/#', qos: 1 } as const
const BY_HAND = { filter: 'by/hand', qos: 2 } as const

function setUp(...configured: Parameters<Subscriptions['configure']>[0]) {
  const told: SubscriptionState[][] = []
  const subscriptions = new Subscriptions((states) => told.push(states))
  if (configured.length > 0) subscriptions.configure(configured)
  return {
    subscriptions,
    told,
    session: new FakeSession(),
    /** What was last told, which is what there is. */
    states: () => {
      expect(told.at(-1) ?? []).toEqual(subscriptions.list())
      return Object.fromEntries(subscriptions.list().map(({ filter, state }) => [filter, state.kind]))
    },
    filters: () => subscriptions.list().map(({ filter }) => filter),
  }
}

describe('Subscriptions', () => {
  it('waits for a connection, then asks for every filter and tells each answer', async () => {
    const { subscriptions, session, states } = setUp(ALL, SYSTEM)
    expect(states()).toEqual({ '#': 'waiting', '$SYS/#': 'waiting' })
    subscriptions.attach(session.asSession())
    expect(session.subscribes).toMatchObject([ALL, SYSTEM])
    session.subscribes[1]?.answer({ kind: 'granted', qos: 0 })
    await settle()
    expect(states()).toEqual({ '#': 'waiting', '$SYS/#': 'granted' })
    session.subscribes[0]?.answer({ kind: 'refused', reasonCode: 0x87 })
    await settle()
    expect(subscriptions.list()).toEqual([
      { ...ALL, state: { kind: 'refused', reasonCode: 0x87 } },
      { ...SYSTEM, state: { kind: 'granted', qos: 0 } },
    ])
  })

  it('asks for every filter again on the next connection, those added by hand and those refused too', async () => {
    const { subscriptions, session, states } = setUp(ALL, SYSTEM)
    subscriptions.attach(session.asSession())
    subscriptions.add(BY_HAND)
    session.subscribes[0]?.answer({ kind: 'granted', qos: 0 })
    session.subscribes[1]?.answer({ kind: 'refused', reasonCode: 0x87 })
    await settle()
    subscriptions.detach()
    expect(states()).toEqual({ '#': 'waiting', '$SYS/#': 'waiting', 'by/hand': 'waiting' })
    const next = new FakeSession()
    subscriptions.attach(next.asSession())
    expect(next.subscribes).toMatchObject([ALL, SYSTEM, BY_HAND])
  })

  it('does not ask again for what was dropped', () => {
    const { subscriptions, session } = setUp(ALL, SYSTEM)
    subscriptions.attach(session.asSession())
    subscriptions.remove('#')
    expect(session.unsubscribes).toEqual(['#'])
    subscriptions.detach()
    const next = new FakeSession()
    subscriptions.attach(next.asSession())
    expect(next.subscribes).toMatchObject([SYSTEM])
  })

  it('says nothing when told to drop what it has not', () => {
    const { subscriptions, session, told } = setUp(ALL)
    subscriptions.attach(session.asSession())
    const before = told.length
    subscriptions.remove('other')
    expect(session.unsubscribes).toEqual([])
    expect(told).toHaveLength(before)
  })

  it('takes filters while offline', () => {
    const { subscriptions, states, session } = setUp()
    subscriptions.add(BY_HAND)
    expect(states()).toEqual({ 'by/hand': 'waiting' })
    subscriptions.remove('by/hand')
    expect(states()).toEqual({})
    subscriptions.attach(session.asSession())
    expect(session.subscribes).toEqual([])
  })
})

describe('an answer that comes late', () => {
  const granted = { kind: 'granted', qos: 0 } as const

  it('of a connection that is gone means nothing on the next one', async () => {
    const { subscriptions, session, states } = setUp(ALL)
    subscriptions.attach(session.asSession())
    subscriptions.detach()
    subscriptions.attach(new FakeSession().asSession())
    session.subscribes[0]?.answer(granted)
    await settle()
    expect(states()).toEqual({ '#': 'waiting' })
  })

  it('to a filter that was dropped does not bring it back', async () => {
    const { subscriptions, session, states } = setUp(ALL)
    subscriptions.attach(session.asSession())
    subscriptions.remove('#')
    session.subscribes[0]?.answer(granted)
    await settle()
    expect(states()).toEqual({})
  })

  it('to a filter that was asked for anew with another QoS is not its answer', async () => {
    const { subscriptions, session } = setUp(ALL)
    subscriptions.attach(session.asSession())
    subscriptions.add({ filter: '#', qos: 2 })
    session.subscribes[0]?.answer(granted)
    await settle()
    expect(subscriptions.list()).toEqual([{ filter: '#', qos: 2, state: { kind: 'waiting' } }])
    session.subscribes[1]?.answer({ kind: 'granted', qos: 2 })
    await settle()
    expect(subscriptions.list()).toEqual([{ filter: '#', qos: 2, state: { kind: 'granted', qos: 2 } }])
  })

  it('that the connection was lost leaves the filter waiting', async () => {
    const { subscriptions, session, states } = setUp(ALL)
    subscriptions.attach(session.asSession())
    session.subscribes[0]?.answer({ kind: 'lost' })
    await settle()
    expect(states()).toEqual({ '#': 'waiting' })
  })
})

describe('configure', () => {
  it('leaves what was added and dropped by hand while the profile is the same', () => {
    const { subscriptions, filters } = setUp(ALL, SYSTEM)
    subscriptions.add(BY_HAND)
    subscriptions.remove('#')
    subscriptions.configure([{ ...ALL }, { ...SYSTEM }])
    expect(filters()).toEqual(['$SYS/#', 'by/hand'])
  })

  it.each([
    ['one more', [ALL, SYSTEM, { filter: 'new', qos: 0 }]],
    ['one less', [ALL]],
    ['none', []],
    ['another QoS', [ALL, { ...SYSTEM, qos: 2 }]],
    ['another order', [SYSTEM, ALL]],
  ] as const)('takes the filters of a changed profile, and no others: %s', (_what, changed) => {
    const { subscriptions, filters, told } = setUp(ALL, SYSTEM)
    subscriptions.add(BY_HAND)
    subscriptions.configure(changed)
    expect(filters()).toEqual(changed.map(({ filter }) => filter))
    expect(told.at(-1)).toEqual(subscriptions.list())
  })

  it('keeps each filter once', () => {
    const { subscriptions, filters } = setUp(ALL, { filter: '#', qos: 2 })
    expect(filters()).toEqual(['#'])
    subscriptions.add({ filter: '#', qos: 1 })
    expect(subscriptions.list()).toMatchObject([{ filter: '#', qos: 1 }])
  })
})
