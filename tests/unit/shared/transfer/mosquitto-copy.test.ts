import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topicFilterFault, topicNameFault } from '@shared/mqtt/topic'
import { DEFAULT_CONNECT_OPTIONS, SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import type { Profile, ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { DEFAULT_WILL } from '@shared/profile/will'
import { mosquittoPub, mosquittoSub, type CopiedCommand } from '@shared/transfer/mosquitto-copy'
import { readTransfer } from '@shared/transfer/read-transfer'
import { profileOf as savedProfile } from '../../main/support/profile-store-bench'

const profileOf = (draft: Partial<ProfileDraft>, more: Partial<Profile> = {}): Profile =>
  savedProfile('5b3f4b1e-6f1c-4b5e-9a53-0d8f8a4f0c11', 'p', { clientId: 'me', ...draft, ...more })

function commandOf(copied: CopiedCommand): string {
  if (!copied.ok) throw new Error(copied.reason)
  return copied.command
}

const notesOf = (copied: CopiedCommand) => (copied.ok ? copied.notes : [])
const text = (maxLength = 12) => fc.string({ unit: fc.constantFrom(...'ab1 \'"\\$`#*?!&|;<>()é🙂/'), maxLength })
const filter = fc.oneof(text(), fc.constantFrom('#', '+/a', '$SYS/#', '$share/g/a b')).filter((topic) => topicFilterFault(topic) === null)
const topic = text().filter((name) => topicNameFault(name) === null)
const pairs = fc.array(fc.record({ name: text(), value: text() }), { maxLength: 3 })

/** What a command can say: one QoS and one set of options for all filters, one ALPN protocol, no stored files. */
const sayable = fc
  .record({
    protocol: fc.constantFrom('mqtt' as const, 'mqtts' as const),
    host: fc.constantFrom('broker.example', '10.0.0.1', '::1'),
    port: fc.integer({ min: 1, max: 65_535 }).filter((port) => port !== 8_883),
    username: text(),
    clientId: text().map((id) => `c${id}`),
    keepaliveSeconds: fc.integer({ min: 5, max: 65_535 }),
    cleanStart: fc.boolean(),
    qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
    filters: fc.uniqueArray(filter, { minLength: 1, maxLength: 5 }),
    identifier: fc.option(fc.integer({ min: 1, max: 1_000 })),
    expiry: fc.constantFrom(0, 60, SESSION_NEVER_EXPIRES),
    receiveMaximum: fc.option(fc.integer({ min: 1, max: 65_535 })),
    userProperties: pairs,
    five: fc.boolean(),
    verifyHostName: fc.boolean(),
    proxyUser: fc.option(text()),
    will: fc.option(fc.record({ topic, payload: text(), retain: fc.boolean(), qos: fc.constantFrom(0 as const, 2 as const), contentType: text(), userProperties: pairs })),
  })
  .map((given): Partial<ProfileDraft> => {
    const { five, identifier, will, cleanStart } = given
    const options = { noLocal: false, retainAsPublished: false, retainHandling: 0 as const, identifier }
    return {
      protocol: given.protocol,
      host: given.host,
      port: given.port,
      username: given.username,
      clientId: given.clientId,
      keepaliveSeconds: given.keepaliveSeconds,
      proxy: given.proxyUser === null ? { kind: 'none' } : { kind: 'socks5', host: 'proxy.example', port: 1_081, username: given.proxyUser },
      cleanStart,
      mqttVersion: five ? '5.0' : 'automatic',
      connectOptions: five
        ? { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: given.expiry, receiveMaximum: given.receiveMaximum, userProperties: given.userProperties }
        : { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: cleanStart ? 0 : SESSION_NEVER_EXPIRES },
      subscriptions: given.filters.map((one) => ({ filter: one, qos: given.qos, ...(five && identifier !== null && { options }) })),
      tls: { ...DEFAULT_TLS, verifyHostName: given.protocol === 'mqtt' || given.verifyHostName },
      will:
        will === null
          ? null
          : {
              ...DEFAULT_WILL,
              topic: will.topic,
              payloadBase64: Buffer.from(will.payload).toString('base64'),
              qos: will.qos,
              retain: will.retain,
              ...(five && { contentType: will.contentType, userProperties: will.userProperties }),
            },
    }
  })

describe('mosquitto_sub', () => {
  it('is read again as the same profile', () => {
    fc.assert(
      fc.property(sayable, (draft) => {
        const profile = profileOf(draft)
        const transfer = readTransfer(commandOf(mosquittoSub(profile)))
        const entry = transfer.kind === 'entries' ? transfer.entries[0] : undefined
        if (entry?.kind !== 'usable') throw new Error(JSON.stringify(transfer))
        expect({ ...profile, ...entry.draft, name: 'p' }).toEqual(profile)
        expect(entry.remarks).toEqual([{ code: 'option-ignored', option: '-v', reason: 'printing' }])
      }),
      { numRuns: 300 },
    )
  })

  it('never has the password', () => {
    const copied = mosquittoSub(profileOf({ username: 'ada' }, { passwordStorage: 'plain' }))
    expect(commandOf(copied)).toMatch(/ -u ada .* -P "\$MQTT_PASSWORD"$/)
    expect(notesOf(copied)).toContain('password')
  })

  it('tells a SAS token from a password', () => {
    const copied = mosquittoSub(profileOf({ credentials: 'azure-connection-string' }, { passwordStorage: 'session' }))
    expect(notesOf(copied)).toEqual(['sas-token'])
  })

  it('has stand-ins for the files of a profile', () => {
    const file = (name: string) => ({ kind: 'copy' as const, fileId: '5b3f4b1e-6f1c-4b5e-9a53-0d8f8a4f0c11', name })
    const tls = { ...DEFAULT_TLS, authority: file('mine.crt'), certificate: file('me.pem'), key: file('me.key') }
    const copied = mosquittoSub(profileOf({ protocol: 'mqtts', tls }))
    expect(commandOf(copied)).toContain('--cafile ca.pem --cert client.pem --key client.key')
    expect(notesOf(copied)).toEqual(['files'])
  })

  it.each([
    [{ protocol: 'mqtts' as const, tls: { ...DEFAULT_TLS, verifyCertificate: false } }, 'verification'],
    [{ protocol: 'mqtts' as const, tls: { ...DEFAULT_TLS, serverName: 'other' } }, 'server-name'],
    [{ protocol: 'mqtts' as const, tls: { ...DEFAULT_TLS, alpnProtocols: ['a', 'b'] } }, 'alpn'],
    [{ protocol: 'mqtts' as const, tls: { ...DEFAULT_TLS, pins: [{ fingerprint: 'AA', subject: 'x' }] } }, 'pins'],
    [{ alternates: [{ host: 'b', port: 1 }] }, 'alternates'],
    [{ keepaliveSeconds: 2 }, 'keepalive'],
    [{ keepaliveSeconds: 0 }, 'keepalive'],
    [{ cleanStart: false, clientId: '' }, 'session'],
    [{ subscriptions: [{ filter: 'a', qos: 0 as const }, { filter: 'b', qos: 1 as const }] }, 'qos'],
    [{ subscriptions: [] }, 'nothing-subscribed'],
    [{ subscriptions: [{ filter: 'a', qos: 0 as const, options: { noLocal: true, retainAsPublished: false, retainHandling: 0 as const, identifier: null } }] }, 'subscription-options'],
    [{ will: { ...DEFAULT_WILL, topic: 'w', payloadBase64: 'gA==' } }, 'will-payload'],
  ])('says of %j: %s', (draft, note) => {
    expect(notesOf(mosquittoSub(profileOf(draft)))).toContain(note)
  })

  it.each(['ws', 'wss'] as const)('cannot be had for %s', (protocol) => {
    expect(mosquittoSub(profileOf({ protocol }))).toEqual({ ok: false, reason: 'web-socket' })
  })
})

describe('mosquitto_pub', () => {
  it('publishes what is being written, or words that stand for it', () => {
    const profile = profileOf({ clientId: '', subscriptions: [] })
    expect(commandOf(mosquittoPub(profile, null))).toBe('mosquitto_pub -h localhost -p 1883 -t topic -m payload')
    expect(commandOf(mosquittoPub(profile, { topic: 'a b', payload: '{"x":1}', qos: 1, retain: true }))).toBe(
      `mosquitto_pub -h localhost -p 1883 -t 'a b' -q 1 -r -m '{"x":1}'`,
    )
    expect(commandOf(mosquittoPub(profile, { topic: 'a', payload: '', qos: 0, retain: true }))).toMatch(/-r -n$/)
  })
})
