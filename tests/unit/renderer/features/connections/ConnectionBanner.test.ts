// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askedOf } from '@shared/connection/asked'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import type { Connection, ConnectionStatus } from '@shared/connection/connection'
import ConnectionBanner from '../../../../../src-renderer/features/connections/ConnectionBanner.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { ONLINE, someFailure } from '../../../../support/connection-status'

const request = vi.hoisted(() => vi.fn(() => Promise.resolve()))
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))

const broker = (index: number, count = 2) => ({ address: `mqtt://${'ab'[index]}:1883`, index, count })
const down = { broker: broker(0), failure: someFailure() }
const alsoDown = { broker: broker(1), failure: someFailure({ code: 'timeout' }) }

function bannerOf(status: ConnectionStatus) {
  const connection: Connection = {
    id: 'tab',
    name: 'Plant',
    source: { kind: 'demo' },
    address: 'mqtt://a:1883',
    routes: ['direct'],
    tlsChecks: null,
    username: '',
    clientId: 'x',
    asked: askedOf(defaultProfileDraft('x')),
    status,
    subscriptions: [],
    outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
    paused: false,
  }
  return mount(ConnectionBanner, { props: { connection }, global: { plugins: [i18n, createPinia()] } })
}
const textOf = (status: ConnectionStatus) => bannerOf(status).text().replace(/\s+/g, ' ')

beforeEach(() => request.mockClear())

describe('ConnectionBanner', () => {
  it('is not there on the preferred broker', () => {
    expect(bannerOf(ONLINE).find('.banner').exists()).toBe(false)
  })

  it('says on an alternate where we are and why, and leads back', async () => {
    const banner = bannerOf({ ...ONLINE, broker: broker(1), alternate: { failures: [down], returnsByItself: false } })
    expect(banner.text()).toContain('Connected to mqtt://b:1883 (2 of 2)')
    expect(banner.text()).toContain('Broker 1: Nothing listens at mqtt://a:1883')
    expect(banner.text()).not.toContain('Pubscope goes back')
    await banner.get('button').trigger('click')
    expect(request).toHaveBeenCalledWith('connections.return-to-preferred', { connectionId: 'tab' })
  })

  it('says when it goes back by itself', () => {
    const text = textOf({ ...ONLINE, broker: broker(1), alternate: { failures: [down], returnsByItself: true } })
    expect(text).toContain('Pubscope goes back once it can be reached.')
  })

  it('says which broker is tried, where there are several', () => {
    expect(textOf({ phase: 'connecting', attempt: 3, broker: broker(1), lastFailure: down })).toBe(
      'Connecting to mqtt://b:1883 (2 of 2), attempt 3Nothing listens at mqtt://a:1883',
    )
    expect(textOf({ phase: 'connecting', attempt: 3, broker: broker(0, 1), lastFailure: null })).toBe('Connecting, attempt 3')
  })

  it('says after a round what each broker said, and when the next one begins', () => {
    const round = { failure: alsoDown.failure, broker: broker(1), failures: [down, alsoDown] }
    const waiting = textOf({ phase: 'reconnecting', attempt: 2, nextAttemptAtMs: Date.now() + 8_500, ...round })
    expect(waiting).toMatch(/None of the 2 brokers takes the connection: reconnecting in 9 s/)
    expect(waiting).toMatch(/Broker 1: Nothing listens at mqtt:\/\/a:1883 · Broker 2: No answer from mqtt:\/\/b:1883 in time/)
    expect(textOf({ phase: 'failed', attempts: 1, ...round })).toContain('None of the 2 brokers takes the connection')
  })

  it('speaks of the one that was lost, not of all', () => {
    const lost = someFailure({ code: 'connection-lost' })
    const failures = [{ broker: broker(0), failure: lost }]
    const text = textOf({ phase: 'reconnecting', attempt: 1, nextAttemptAtMs: 0, failure: lost, broker: broker(0), failures })
    expect(text).toContain('The connection was lost: reconnecting now')
  })
})
