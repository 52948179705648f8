import { describe, expect, it } from 'vitest'
import {
  DEFAULT_PORTS,
  passwordChangeSchema,
  profileDraftSchema,
  profileSchema,
  protocolSchema,
  type ProfileDraft,
} from '@shared/profile/profile'
import { MAX_SUBSCRIPTIONS } from '@shared/profile/subscription'
import { DEFAULT_SUBSCRIPTIONS, defaultProfileDraft, generateClientId } from '@shared/profile/profile-defaults'

const draft: ProfileDraft = { ...defaultProfileDraft('abc'), name: 'Home' }
const accepts = (change: Record<string, unknown>) => profileDraftSchema.safeParse({ ...draft, ...change }).success

describe('profileDraftSchema', () => {
  it('accepts the default draft once it has a name', () => {
    expect(profileDraftSchema.parse(draft)).toEqual(draft)
    expect(profileDraftSchema.safeParse(defaultProfileDraft('abc')).success).toBe(false)
  })

  it('trims the name and the host', () => {
    expect(profileDraftSchema.parse({ ...draft, name: ' Home ', host: ' localhost\n' })).toEqual(draft)
  })

  it.each(Object.keys(draft))('needs %s', (field) => {
    const rest = Object.fromEntries(Object.entries(draft).filter(([key]) => key !== field))
    expect(profileDraftSchema.safeParse(rest).success).toBe(false)
  })

  it.each<[string, unknown[], unknown[]]>([
    ['name', ['a', '家', 'x'.repeat(200)], ['', ' ', 'x'.repeat(201), null]],
    ['protocol', ['mqtt', 'mqtts', 'ws', 'wss'], ['ssl', 'MQTTS', 'http', '', null]],
    [
      'host',
      ['localhost', '10.0.0.1', '::1', '[fe80::1]', 'a.example.org', 'münchen.example'],
      ['', ' ', 'a b', 'mqtt://a', 'a/b', 'user@a', 'a?b', 'a#b', 'a\tb', 'x'.repeat(254)],
    ],
    ['port', [1, 1883, 65_535], [0, -1, 65_536, 1.5, '1883', Number.NaN, Number.POSITIVE_INFINITY, null]],
    ['path', ['/', '/mqtt', '/a/b?c=d#e'], ['', 'mqtt', '/a b', '/a\n', `/${'x'.repeat(1_000)}`]],
    ['mqttVersion', ['automatic', '5.0', '3.1.1', '3.1'], ['5', '3', 4, null]],
    ['cleanStart', [true, false], [0, 'true', null]],
    ['keepaliveSeconds', [0, 60, 65_535], [-1, 65_536, 0.5, null]],
    ['connectTimeoutSeconds', [1, 300], [0, 301, 2.5, null]],
    ['maxConnectAttempts', [null, 1, 10_000], [0, -1, 10_001, 1.5, undefined]],
    ['username', ['', 'anna', 'käthe', 'x'.repeat(65_535)], [null, 1, 'x'.repeat(65_536)]],
    ['clientId', ['', 'abc', 'x'.repeat(65_535)], [null, 1, 'x'.repeat(65_536)]],
  ])('%s', (field, good, bad) => {
    for (const value of good) expect(accepts({ [field]: value }), `accepts ${JSON.stringify(value)}`).toBe(true)
    for (const value of bad) expect(accepts({ [field]: value }), `refuses ${JSON.stringify(value)}`).toBe(false)
  })

  // [MQTT-1.5.4]: a UTF-8 string holds 65,535 bytes, no lone surrogate, no NUL; a packet with another cannot be sent.
  it.each(['clientId', 'username'])('%s is a UTF-8 string of MQTT', (field) => {
    expect(accepts({ [field]: '€'.repeat(21_845) })).toBe(true)
    for (const bad of ['€'.repeat(21_846), 'a\uD800', 'a\0b']) expect(accepts({ [field]: bad })).toBe(false)
  })

  it('checks every topic filter, and how many there are', () => {
    const many = Array.from({ length: MAX_SUBSCRIPTIONS + 1 }, (_, index) => ({ filter: `a/${index}`, qos: 0 }))
    expect(accepts({ subscriptions: [] })).toBe(true)
    expect(accepts({ subscriptions: many.slice(1) })).toBe(true)
    expect(accepts({ subscriptions: many })).toBe(false)
    for (const bad of [{ filter: 'a/#/b', qos: 0 }, { filter: '', qos: 0 }, { filter: 'a', qos: 3 }, { filter: 'a' }]) {
      expect(accepts({ subscriptions: [bad] })).toBe(false)
    }
  })

  it('refuses what it does not know, a password above all', () => {
    expect(accepts({ password: 'secret' })).toBe(false)
    const profile = { ...draft, id: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', passwordStorage: 'encrypted', passphraseStorage: 'none', proxyPasswordStorage: 'session', headersStorage: 'plain', authenticationDataStorage: 'none' }
    expect(profileSchema.safeParse(profile).success).toBe(true)
    expect(profileSchema.safeParse({ ...profile, password: 'secret' }).success).toBe(false)
    expect(profileSchema.safeParse({ ...profile, passphrase: 'secret' }).success).toBe(false)
    expect(profileSchema.safeParse({ ...profile, id: '1' }).success).toBe(false)
  })
})

describe('passwordChangeSchema', () => {
  const accepted = (change: unknown) => passwordChangeSchema.safeParse(change).success

  it('keeps, clears, or sets with a place to store it', () => {
    expect(accepted({ kind: 'keep' })).toBe(true)
    expect(accepted({ kind: 'clear' })).toBe(true)
    for (const storage of ['encrypted', 'session', 'plain']) {
      expect(accepted({ kind: 'set', password: ' ', storage })).toBe(true)
    }
    expect(accepted({ kind: 'set', password: 'x', storage: 'none' })).toBe(false)
    expect(accepted({ kind: 'set', password: 'x' })).toBe(false)
    expect(accepted({ kind: 'set', password: '', storage: 'plain' })).toBe(false)
    expect(accepted({ kind: 'keep', password: 'x' })).toBe(false)
  })

  // [MQTT-3.1.3.6]: binary data of at most 65,535 bytes. A lone surrogate would be sent as another password.
  it('takes only what can be sent as it is', () => {
    const set = (password: string) => accepted({ kind: 'set', password, storage: 'session' })
    expect(set('€'.repeat(21_845))).toBe(true)
    expect(set('a\0b')).toBe(true)
    expect(set('€'.repeat(21_846))).toBe(false)
    expect(set('\uDC00')).toBe(false)
  })
})

describe('the defaults', () => {
  it('subscribe to everything, and to $SYS, which # leaves out', () => {
    expect(defaultProfileDraft('x').subscriptions).toEqual([{ filter: '#', qos: 0 }, { filter: '$SYS/#', qos: 0 }])
  })

  it('are each draft’s own', () => {
    const changed = defaultProfileDraft('x')
    changed.subscriptions.pop()
    for (const subscription of changed.subscriptions) subscription.qos = 2
    expect(defaultProfileDraft('x').subscriptions).toEqual(DEFAULT_SUBSCRIPTIONS)
  })

  it('know a port for every protocol', () => {
    expect(Object.keys(DEFAULT_PORTS)).toEqual(protocolSchema.options)
    expect(DEFAULT_PORTS.mqtt).toBe(1883)
  })
})

describe('generateClientId', () => {
  const many = Array.from({ length: 5_000 }, generateClientId)

  it('keeps to what every server must accept [MQTT-3.1.3-5]', () => {
    for (const clientId of many) expect(clientId).toMatch(/^[0-9a-zA-Z]{1,23}$/)
  })

  it('never says the same twice, and bears no mark', () => {
    expect(new Set(many).size).toBe(many.length)
    for (const part of [(id: string) => id.slice(0, 3), (id: string) => id.slice(-3)]) {
      expect(new Set(many.map(part)).size).toBeGreaterThan(1_000)
    }
  })

  it('uses every character about as often as any other', () => {
    const counts = new Map<string, number>()
    for (const character of many.join('')) counts.set(character, (counts.get(character) ?? 0) + 1)
    expect(counts.size).toBe(36)
    const fair = (many.length * 20) / 36
    // Four of them come 8 times in 256, the others 7 times; the spread of chance is below 6 % here.
    for (const count of counts.values()) expect(Math.abs(count / fair - 1)).toBeLessThan(0.25)
  })
})
