import { describe, expect, it } from 'vitest'
import type { Profile } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { headerRow } from '../../../../../src-renderer/features/profiles/header-form'
import { draftOf, formOf, sectionOf, subscriptionRow, type ProfileForm } from '../../../../../src-renderer/features/profiles/profile-form'

const profile: Profile = {
  ...defaultProfileDraft('client'),
  name: 'Plant',
  id: '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e',
  passwordStorage: 'none',
  passphraseStorage: 'none',
  proxyPasswordStorage: 'none',
  headersStorage: 'none',
  authenticationDataStorage: 'none',
}
const errorsOf = (patch: Partial<ProfileForm>) => {
  const checked = draftOf({ ...formOf(profile), ...patch })
  return 'errors' in checked ? checked.errors : {}
}

describe('the profile form', () => {
  it('gives back the profile it was made of, without identity and secrets', () => {
    const tls = { ...DEFAULT_TLS, alpnProtocols: ['mqtt', 'x-amzn-mqtt-ca'] }
    const draft = { ...defaultProfileDraft('client'), name: 'Plant', tls }
    expect(draftOf(formOf({ ...profile, tls }))).toEqual({ draft })
  })

  it('gives each new profile a client identifier of its own', () => {
    expect(formOf(null).clientId).not.toBe(formOf(null).clientId)
  })

  it.each<[Partial<ProfileForm>, Record<string, string>]>([
    [{ name: ' ' }, { name: 'profiles.errors.nameMissing' }],
    [{ host: '' }, { host: 'profiles.errors.hostMissing' }],
    [{ host: 'a b' }, { host: 'profiles.errors.host' }],
    [{ port: null }, { port: 'profiles.errors.port' }],
    [{ port: Number.NaN }, { port: 'profiles.errors.port' }],
    [{ path: 'mqtt' }, { path: 'profiles.errors.path' }],
    [{ maxConnectAttempts: 0 }, { maxConnectAttempts: 'profiles.errors.maxConnectAttempts' }],
    [{ maxConnectAttempts: null }, {}],
  ])('%j', (patch, errors) => {
    expect(errorsOf(patch)).toEqual(errors)
  })

  it('says of each topic filter what is wrong with it', () => {
    const subscriptions = ['a/#', 'a/#/b', '', 'a/#'].map((filter) => subscriptionRow(filter, 0))
    expect(errorsOf({ subscriptions })).toEqual({
      'subscriptions.1.filter': 'filterFault.hash-not-last',
      'subscriptions.2.filter': 'filterFault.empty',
      'subscriptions.3.filter': 'profiles.errors.duplicate',
    })
  })

  it('checks what is said of TLS, while it is spoken', () => {
    const tls = { ...formOf(profile).tls, serverName: 'a b', alpnProtocols: `, mqtt, ${'x'.repeat(256)}` }
    expect(errorsOf({ protocol: 'wss', tls })).toEqual({
      'tls.serverName': 'profiles.errors.tls.serverName',
      'tls.alpnProtocols': 'profiles.errors.tls.alpnProtocols',
    })
    expect(errorsOf({ protocol: 'ws', tls })).toEqual({})
  })

  it('checks what is said of a proxy, while one is named', () => {
    const proxy = { kind: 'http', host: ' ', port: null, username: 'a:b' } as const
    expect(errorsOf({ proxy })).toEqual({
      'proxy.host': 'profiles.errors.proxy.host',
      'proxy.port': 'profiles.errors.proxy.port',
      'proxy.username': 'profiles.errors.proxy.username',
    })
    expect(errorsOf({ proxy: { ...proxy, kind: 'system' } })).toEqual({})
    expect(errorsOf({ proxy: { kind: 'socks5', host: 'proxy', port: 1080, username: 'a:b' } })).toEqual({})
  })

  it('says of each header what is wrong with it, while a WebSocket is used', () => {
    const rows = [['A', '1'], ['a', '2'], ['', '3'], ['Host', '4'], ['b c', '5'], ['D', ''], ['E', 'm→n']] as const
    const headers = rows.map(([name, value]) => ({ ...headerRow(name, false), value }))
    expect(errorsOf({ protocol: 'wss', headers })).toEqual({
      'headers.1.name': 'profiles.errors.headers.duplicate',
      'headers.2.name': 'profiles.errors.headers.nameMissing',
      'headers.3.name': 'profiles.errors.headers.reserved',
      'headers.4.name': 'profiles.errors.headers.name',
      'headers.5.value': 'profiles.errors.headers.valueMissing',
      'headers.6.value': 'profiles.errors.headers.value',
    })
    expect(draftOf({ ...formOf(profile), headers })).toMatchObject({ draft: { headerNames: ['A'] } })
  })

  it('has more headers than a profile may have', () => {
    const headers = Array.from({ length: 51 }, (_none, index) => ({ ...headerRow(`X-${index}`, false), value: 'x' }))
    expect(errorsOf({ protocol: 'ws', headers })).toEqual({ headers: 'profiles.errors.headers.tooMany' })
    expect(draftOf({ ...formOf(profile), headers })).toMatchObject({ draft: { headerNames: { length: 50 } } })
  })

  it('knows where each field stands', () => {
    const fields = ['host', 'password', 'tls.serverName', 'proxy.host', 'headers.0.value', 'subscriptions.1.filter', 'keepaliveSeconds']
    const sections = ['general', 'authentication', 'tls', 'network', 'network', 'subscriptions', 'advanced']
    expect(fields.map(sectionOf)).toEqual(sections)
  })
})
