import { describe, expect, it, vi } from 'vitest'
import type { ConnectionStatus } from '@shared/connection/connection'
import type { FailureCode } from '@shared/connection/failure'
import type { PeerCertificate } from '@shared/connection/peer-certificate'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { DEFAULT_TLS, MAX_PINS, tlsSchema } from '@shared/profile/tls'
import { connectionHandlers, type ConnectionServices } from '../../../../src-main/connections/connection-handlers'
import { ConnectionRegistry } from '../../../../src-main/connections/connection-registry'
import type { EngineListener } from '../../../../src-main/connections/open-connection'
import { withPin } from '../../../../src-main/connections/shown-certificate'
import { ViewRouter } from '../../../../src-main/connections/view-router'
import { BROKER, someFailure } from '../../../support/connection-status'

const AUTHORITY = { kind: 'copy' as const, fileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', name: 'Plant CA' }

function certificate(fingerprint: string, selfSigned: boolean): PeerCertificate {
  return { subject: 'x', issuer: 'x', names: [], validFromMs: 0, validToMs: 1, fingerprint, selfSigned, pem: `pem of ${fingerprint}` }
}

/** A tab without a profile that failed like this. */
async function failedTab(code: FailureCode) {
  const connected = vi.fn()
  let engine: EngineListener | undefined
  const listener = { changed: vi.fn(), tabsChanged: vi.fn(), frame: vi.fn(), publish: vi.fn(), fields: vi.fn(), engineEnded: vi.fn() }
  const profiles = { get: vi.fn(), secretOf: vi.fn(), headersOf: vi.fn() }
  const registry = new ConnectionRegistry(profiles, ({ tls }) => (connected(tls.authority), null), () => Promise.resolve([]), (_config, heard) => {
    engine = heard
    return { call: vi.fn(() => Promise.resolve(undefined as never)), stop: () => Promise.resolve() }
  }, () => ({ logBudgetBytes: 16, forgetClearedTopics: false }), listener)
  const draft = { ...defaultProfileDraft('me'), name: 'Plant', protocol: 'mqtts' as const }
  const { id } = registry.openUnsaved({ plan: { source: { kind: 'command-line' }, draft }, password: null, expandedTopics: [] })
  await registry.connect(id)
  const certificates = [certificate('AA', false), certificate('BB', true)]
  const failure = someFailure({ code, certificates, permanent: true })
  const failures = [{ broker: BROKER, failure }, { broker: BROKER, failure: someFailure() }]
  const status: ConnectionStatus = { phase: 'failed', failure: someFailure(), broker: BROKER, failures, attempts: 1 }
  engine?.event({ kind: 'status', status })
  const keepAuthority = vi.fn<ConnectionServices['keepAuthority']>(() => AUTHORITY)
  const handlers = connectionHandlers(registry, new ViewRouter(), {
    openDemo: vi.fn(),
    saveProfile: vi.fn(),
    changeProfile: vi.fn(),
    keepAuthority,
  })
  const trust = (fingerprint: string) => handlers['connections.trust-certificate']({ connectionId: id, fingerprint })
  const pin = (fingerprint: string) => handlers['connections.pin-certificate']({ connectionId: id, fingerprint })
  return { trust, pin, keepAuthority, connected, registry, id }
}

describe('connections.trust-certificate', () => {
  it('keeps what the engine saw, and connects with it', async () => {
    const { trust, keepAuthority, connected, registry, id } = await failedTab('tls-unknown-issuer')
    await trust('BB')
    expect(keepAuthority).toHaveBeenCalledWith(expect.objectContaining({ pem: 'pem of BB' }), expect.anything())
    expect(registry.get(id).plan.draft.tls.authority).toEqual(AUTHORITY)
    expect(connected).toHaveBeenLastCalledWith(AUTHORITY)
  })

  it.each([
    ['a certificate that was not shown', 'CC', 'tls-unknown-issuer'],
    ['one that does not vouch for itself', 'AA', 'tls-unknown-issuer'],
    ['one that expired', 'BB', 'tls-expired'],
  ] as const)('refuses %s', async (_name, fingerprint, code) => {
    const { trust, keepAuthority, connected } = await failedTab(code)
    await expect(trust(fingerprint)).rejects.toMatchObject({ code: 'certificate-missing' })
    expect(keepAuthority).not.toHaveBeenCalled()
    expect(connected).toHaveBeenCalledTimes(1)
  })
})

describe('connections.pin-certificate', () => {
  it.each([
    'tls-unknown-issuer',
    'tls-expired',
    'tls-not-yet-valid',
    'tls-wrong-host',
    'tls-not-pinned',
  ] as const)('pins what the server showed as its own, and connects: %s', async (code) => {
    const { pin, connected, registry, id } = await failedTab(code)
    await pin('AA')
    expect(registry.get(id).plan.draft.tls).toMatchObject({ pins: [{ fingerprint: 'AA', subject: 'x' }], verifyCertificate: true })
    expect(connected).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['a certificate that was not shown', 'CC', 'tls-unknown-issuer'],
    ['one that vouches for the server', 'BB', 'tls-unknown-issuer'],
    ['a server that failed over something else', 'AA', 'tls-client-refused'],
  ] as const)('refuses %s', async (_name, fingerprint, code) => {
    const { pin, connected, registry, id } = await failedTab(code)
    await expect(pin(fingerprint)).rejects.toMatchObject({ code: 'certificate-missing' })
    expect(registry.get(id).plan.draft.tls.pins).toEqual([])
    expect(connected).toHaveBeenCalledTimes(1)
  })
})

describe('withPin', () => {
  const pinOf = (fingerprint: string) => ({ fingerprint, subject: 'x' })

  it('keeps those there are, and each once', () => {
    const before = { ...DEFAULT_TLS, pins: [pinOf('AA'), pinOf('BB')] }
    expect(withPin(before, certificate('AA', false)).pins).toEqual([pinOf('BB'), pinOf('AA')])
    expect(before.pins).toHaveLength(2)
  })

  it('takes as many as a profile may have, and of a long name only the beginning', () => {
    const pins = Array.from({ length: MAX_PINS }, (_, index) => pinOf(String(index)))
    expect(() => withPin({ ...DEFAULT_TLS, pins }, certificate('AA', false))).toThrow(expect.objectContaining({ code: 'too-many' }))
    const fingerprint = Array.from({ length: 32 }, () => 'AA').join(':')
    const named = withPin(DEFAULT_TLS, { ...certificate(fingerprint, false), subject: 'x'.repeat(10_000) })
    expect(tlsSchema.safeParse(named).success).toBe(true)
  })
})
