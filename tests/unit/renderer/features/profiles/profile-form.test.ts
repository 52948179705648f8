import { describe, expect, it } from 'vitest'
import type { Profile } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { draftOf, formOf, sectionOf, subscriptionRow, type ProfileForm } from '../../../../../src-renderer/features/profiles/profile-form'

const profile: Profile = {
  ...defaultProfileDraft('client'),
  name: 'Plant',
  id: '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e',
  passwordStorage: 'none',
  passphraseStorage: 'none',
}
const errorsOf = (patch: Partial<ProfileForm>) => {
  const checked = draftOf({ ...formOf(profile), ...patch })
  return 'errors' in checked ? checked.errors : {}
}

describe('the profile form', () => {
  it('gives back the profile it was made of, without identity and secrets', () => {
    const tls = { ...DEFAULT_TLS, alpnProtocols: ['mqtt', 'x-amzn-mqtt-ca'] }
    const { id: _id, passwordStorage: _password, passphraseStorage: _passphrase, ...draft } = { ...profile, tls }
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

  it('knows where each field stands', () => {
    const fields = ['host', 'password', 'tls.serverName', 'subscriptions.1.filter', 'keepaliveSeconds']
    expect(fields.map(sectionOf)).toEqual(['general', 'authentication', 'tls', 'subscriptions', 'advanced'])
  })
})
