import { describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS, SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import type { Profile } from '@shared/profile/profile'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { DEFAULT_SUBSCRIPTION_OPTIONS } from '@shared/profile/subscription'
import { draftOf, draftPart, formOf, sectionOf, subscriptionRow, type ProfileForm } from '../../../../../src-renderer/features/profiles/profile-form'

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
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')
const FULL: Partial<Profile> = {
  cleanStart: false,
  maximumPacketBytes: 20_000,
  connectOptions: {
    sessionExpirySeconds: 5_400,
    receiveMaximum: 7,
    topicAliasMaximum: 9,
    sendTopicAliases: true,
    requestResponseInformation: true,
    requestProblemInformation: false,
    userProperties: [{ name: 'a', value: '' }, { name: 'a', value: '2' }],
    authenticationMethod: 'K8S',
  },
  will: {
    topic: 'gone',
    payloadBase64: base64(Uint8Array.of(0, 255, 1)),
    payloadFormat: 'hex',
    qos: 1,
    retain: true,
    delaySeconds: 60,
    payloadIsUtf8: true,
    messageExpirySeconds: 86_400,
    contentType: 'x/y',
    responseTopic: 'answer',
    correlationDataBase64: base64('c'),
    userProperties: [{ name: '__proto__', value: 'x' }],
  },
  subscriptions: [
    { filter: 'a', qos: 1, options: { noLocal: true, retainAsPublished: true, retainHandling: 2, identifier: 7 } },
    { filter: 'b', qos: 0 },
  ],
}

function formWith(change: (form: ProfileForm) => void): ProfileForm {
  const form = formOf(profile)
  change(form)
  return form
}
const errorsOf = (change: (form: ProfileForm) => void) => {
  const checked = draftOf(formWith(change))
  return 'errors' in checked ? checked.errors : {}
}

describe('what MQTT 5.0 can say', () => {
  it.each(['5.0', '3.1.1', '3.1'] as const)('comes back from the form as it was, with %s chosen too', (mqttVersion) => {
    const full: Profile = { ...profile, ...FULL, mqttVersion }
    expect(draftOf(formOf(full))).toEqual({ draft: draftPart(full) })
  })

  it.each([0, 1, SESSION_NEVER_EXPIRES])('keeps a session expiry of %i s', (sessionExpirySeconds) => {
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds }
    expect(draftOf(formOf({ ...profile, connectOptions }))).toMatchObject({ draft: { connectOptions } })
  })

  it('is called wrong field by field', () => {
    const errors = errorsOf((form) => {
      Object.assign(form.connectOptions, { sessionEnd: 'time', sessionExpiry: { count: 99_999_999, unit: 'd' }, receiveMaximum: 0, topicAliasMaximum: null })
      form.maximumPacket = { count: 1, unit: 'B' }
      Object.assign(form.will, { enabled: true, topic: 'a/#', responseTopic: '+', correlationHex: '0', delay: { count: null, unit: 's' } })
      form.will.payload = { format: 'json', text: '{', original: null, sealed: false }
    })
    expect(Object.keys(errors).sort()).toEqual([
      'connectOptions.receiveMaximum',
      'connectOptions.sessionExpirySeconds',
      'connectOptions.topicAliasMaximum',
      'maximumPacketBytes',
      'will.correlationDataBase64',
      'will.delaySeconds',
      'will.payloadBase64',
      'will.responseTopic',
      'will.topic',
    ])
  })

  it('does not stand in the way where it has no effect: what is wrong is as by default, the rest stays', () => {
    const form = formWith((each) => {
      Object.assign(each, { mqttVersion: '3.1.1' })
      Object.assign(each.connectOptions, { receiveMaximum: 0, topicAliasMaximum: 12 })
      Object.assign(each.will, { enabled: true, topic: 'gone', responseTopic: '+', contentType: 'kept' })
    })
    expect(draftOf(form)).toMatchObject({
      draft: { connectOptions: { receiveMaximum: null, topicAliasMaximum: 12 }, will: { topic: 'gone', responseTopic: '', contentType: 'kept' } },
    })
  })

  it('finds the topic and payload of a will wrong in every version', () => {
    const errors = errorsOf((form) => {
      Object.assign(form, { mqttVersion: '3.1.1' })
      Object.assign(form.will, { enabled: true, topic: '', payload: { format: 'hex', text: '0', original: null, sealed: false } })
    })
    expect(Object.keys(errors).sort()).toEqual(['will.payloadBase64', 'will.topic'])
  })

  it('knows the limit of a will', () => {
    const payload = (bytes: number) => ({ format: 'text' as const, text: 'x'.repeat(bytes), original: null, sealed: false })
    const withPayload = (bytes: number) => errorsOf((form) => Object.assign(form.will, { enabled: true, topic: 'a', payload: payload(bytes) }))
    expect(withPayload(65_535)).toEqual({})
    expect(withPayload(65_536)).toEqual({ 'will.payloadBase64': 'profiles.errors.will.payloadBase64' })
  })

  it('leaves no will while it is switched off, whatever was typed', () => {
    const form = formWith((each) => Object.assign(each.will, { topic: 'a/#', contentType: 'x' }))
    expect(draftOf(form)).toMatchObject({ draft: { will: null } })
  })
})

describe('subscription options', () => {
  const optionsOf = (filter: string, more: object) =>
    errorsOf((form) => {
      form.subscriptions = [subscriptionRow(filter, 0, { ...DEFAULT_SUBSCRIPTION_OPTIONS, ...more })]
    })

  it('allow no local everywhere but on a shared subscription [MQTT-3.8.3-4]', () => {
    expect(optionsOf('a/#', { noLocal: true })).toEqual({})
    expect(optionsOf('$share/crew/a/#', {})).toEqual({})
    expect(optionsOf('$share/crew/a/#', { noLocal: true })).toEqual({ 'subscriptions.0.options.noLocal': 'mqtt.subscription.sharedNoLocal' })
  })

  it.each([0, 268_435_456, Number.NaN])('refuse the identifier %d', (identifier) => {
    expect(optionsOf('a', { identifier })).toEqual({ 'subscriptions.0.options.identifier': 'mqtt.subscription.identifierError' })
  })
})

describe('the client identifier', () => {
  it.each([
    ['automatic', false, []],
    ['5.0', false, []],
    ['3.1.1', true, []],
    ['3.1.1', false, ['clientId']],
    ['3.1', true, ['clientId']],
  ] as const)('may be empty with %s and clean start %s: %j', (mqttVersion, cleanStart, wrong) => {
    expect(Object.keys(errorsOf((form) => Object.assign(form, { mqttVersion, cleanStart, clientId: '' })))).toEqual(wrong)
  })
})

it('every field stands in a section', () => {
  const fields = ['connectOptions.authenticationMethod', 'cleanStart', 'connectOptions.sessionExpirySeconds', 'will.topic', 'connectOptions.receiveMaximum', 'maximumPacketBytes']
  expect(fields.map(sectionOf)).toEqual(['authentication', 'session', 'session', 'will', 'mqtt5', 'advanced'])
})
