import { describe, expect, it } from 'vitest'
import { PRESET_IDS, PRESETS, presetOf, presetOfHost } from '@shared/profile/presets'
import { profileDraftSchema } from '@shared/profile/profile'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'

describe('the presets', () => {
  it('are all listed, once', () => {
    expect(PRESETS.map(({ id }) => id)).toEqual([...PRESET_IDS])
    for (const id of PRESET_IDS) expect(presetOf(id)?.id).toBe(id)
  })

  it.each(PRESETS)('$id makes a profile that can be saved, once it has a host', ({ fill }) => {
    const draft = defaultProfileDraft('client')
    const filled = { ...draft, ...fill, tls: { ...draft.tls, ...fill.tls }, name: 'x', host: fill.host || 'h' }
    expect(profileDraftSchema.safeParse(filled).success).toBe(true)
  })

  it.each(PRESETS.filter(({ limits }) => limits.includes('public')))('$id asks for no more than a public broker gives', ({ fill }) => {
    expect(fill.subscriptions?.map(({ filter }) => filter)).not.toContain('#')
    expect(fill.protocol).toBe('mqtts')
  })
})

describe('presetOfHost', () => {
  it.each([
    ['a1b2c3-ats.iot.eu-central-1.amazonaws.com', 'aws-iot'],
    ['A1B2C3-ATS.iot.us-east-1.amazonaws.com', 'aws-iot'],
    ['a.ats.iot.cn-north-1.amazonaws.com.cn', 'aws-iot'],
    ['contoso.azure-devices.net', 'azure-iot'],
    ['abc.s1.eu.hivemq.cloud', 'hivemq-cloud'],
    ['test.mosquitto.org', 'test-mosquitto'],
    ['broker.emqx.io', 'public-emqx'],
    [' broker.hivemq.com ', 'public-hivemq'],
  ])('%s is %s', (host, id) => {
    expect(presetOfHost(host)?.id).toBe(id)
  })

  it.each(['', 'localhost', 'mosquitto.org', 'test.mosquitto.org.evil.example', 'azure-devices.net.evil.example', 'iot.amazonaws.com'])(
    '%s is nobody known',
    (host) => {
      expect(presetOfHost(host)).toBeNull()
    },
  )
})
