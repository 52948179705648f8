// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askedOf } from '@shared/connection/asked'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import type { Connection } from '@shared/connection/connection'
import type { TlsPeer } from '@shared/connection/tls-peer'
import { AppError } from '@shared/ipc/app-error'
import { NOTHING_KEPT } from '@shared/message/outbox'
import ServerDialog from '../../../../../src-renderer/features/connections/ServerDialog.vue'
import { useConnectionsStore } from '../../../../../src-renderer/features/connections/store'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { BROKER, ONLINE, someFailure } from '../../../../support/connection-status'

const bridge = vi.hoisted(() => ({ request: vi.fn<(channel: string, args: unknown) => Promise<unknown>>() }))
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request: bridge.request, listen: () => () => undefined }))

const PEER: TlsPeer = { verifiedBy: 'authority', protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', alpn: 'mqtt', certificates: [] }

const connection = (more: Partial<Connection> = {}): Connection => ({
  id: 'a',
  name: 'Plant',
  source: { kind: 'command-line' },
  address: 'mqtts://h:8883',
  routes: null,
  tlsChecks: { certificate: true, hostName: true, verifiedBy: 'authority' },
  username: '',
  clientId: 'x',
  asked: askedOf(defaultProfileDraft('x')),
  status: ONLINE,
  subscriptions: [],
  outbox: NOTHING_KEPT,
  paused: false,
  ...more,
})

async function open(read: () => Promise<unknown>, more: Partial<Connection> = {}): Promise<string> {
  bridge.request.mockImplementation((channel) => {
    if (channel === 'connections.list') return Promise.resolve([connection(more)])
    return channel === 'connections.read-peer' ? read() : Promise.resolve(undefined)
  })
  const store = useConnectionsStore()
  await store.start(null)
  mount(ServerDialog, { global: { plugins: [i18n], stubs: { IconButton: true } }, attachTo: document.body })
  store.inspectedId = 'a'
  await flushPromises()
  return document.body.querySelector('[role=dialog]')?.textContent ?? ''
}

beforeEach(() => {
  bridge.request.mockReset()
  setActivePinia(createPinia())
})
enableAutoUnmount(afterEach)

describe('ServerDialog', () => {
  it('says how the server was verified, and how the two speak', async () => {
    const text = await open(() => Promise.resolve(PEER))
    for (const fact of ['mqtts://h:8883', 'by the certificate authority of the profile', 'TLSv1.3', 'TLS_AES_256_GCM_SHA384', 'mqtt']) {
      expect(text).toContain(fact)
    }
    expect(text).not.toContain('for any host name')
  })

  it.each([
    ['a name that is not looked at', { verifiedBy: 'system' }, 'by an authority this system trusts, for any host name'],
    ['a pinned certificate, for which no name counts', { verifiedBy: 'pin' }, 'names and dates are not looked at'],
    ['nothing', { verifiedBy: 'nothing' }, 'not at all'],
  ] as const)('tells of %s', async (_name, peer, words) => {
    const text = await open(() => Promise.resolve({ ...PEER, ...peer }), {
      tlsChecks: { certificate: true, hostName: false, verifiedBy: peer.verifiedBy },
    })
    expect(text).toContain(words)
    expect(text.includes('for any host name')).toBe(peer.verifiedBy === 'system')
  })

  it.each([
    ['waits', () => new Promise(() => undefined), '[role=progressbar]'],
    ['says what failed', () => Promise.reject(new AppError('connection-not-found', 'gone')), '[role=alert]'],
    ['says that there is nothing to see', () => Promise.resolve(null), '.empty'],
  ] as const)('%s', async (_name, read, shown) => {
    const text = await open(read)
    expect(document.body.querySelector(`[role=dialog] ${shown}`)).not.toBeNull()
    expect(text.includes('No certificate to show')).toBe(shown === '.empty')
  })

  it('shows what each of several brokers failed with', async () => {
    const certificate = { subject: 'x', issuer: 'x', names: [], validFromMs: 0, validToMs: 1, fingerprint: 'AA', selfSigned: true, pem: '' }
    const failedAt = (index: number, subject: string) => ({
      broker: { address: `mqtts://broker-${index}:8883`, index, count: 3 },
      failure: someFailure({ code: 'tls-unknown-issuer', certificates: [{ ...certificate, subject }] }),
    })
    const failures = [failedAt(0, 'first'), { broker: { ...BROKER, index: 1 }, failure: someFailure() }, failedAt(2, 'third')]
    const text = await open(() => Promise.resolve(null), {
      status: { phase: 'failed', failure: someFailure(), broker: BROKER, failures, attempts: 1 },
    })
    expect(text).toMatch(/mqtts:\/\/broker-0:8883.*first.*mqtts:\/\/broker-2:8883.*third/)
    expect(bridge.request).not.toHaveBeenCalledWith('connections.read-peer', expect.anything())
  })
})
