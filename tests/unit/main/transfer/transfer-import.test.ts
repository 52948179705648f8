import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestArgs } from '@shared/ipc/contract'
import { makeAuthority } from '../../../support/certificates'
import { draftOf, setPassword } from '../support/profile-store-bench'
import { TransferBench } from '../support/transfer-bench'

let bench: TransferBench
beforeEach(() => {
  bench = new TransferBench()
})
afterEach(() => bench.dispose())

const connection = (name: string, more: object = {}) => ({ name, clientId: 'c', host: 'h', port: 1883, protocol: 'mqtt', mqttVersion: '5.0', ...more })
const CLEAR = { kind: 'clear' } as const
const save = (name: string) => bench.profiles.store.save(null, draftOf(name), { password: setPassword('old', 'plain'), passphrase: CLEAR, proxyPassword: CLEAR, headers: CLEAR, authenticationData: CLEAR })

async function importAll(document: unknown, onClash: 'keep-both' | 'replace' = 'keep-both', storage: RequestArgs<'transfer.import'>['storage'] = 'plain') {
  const { importId, profiles } = await bench.preview('mqttx.json', document)
  return bench.ask('transfer.import', { importId, choices: profiles.map(({ index }) => ({ index, onClash })), storage })
}

describe('a preview', () => {
  it('says what comes along, and never what is secret', async () => {
    const preview = await bench.preview('mqttx.json', [
      connection('a', { username: 'ada', password: 'canary', will: { lastWillTopic: 'w' }, subscriptions: [{ topic: 'x', qos: 0 }] }),
      connection('b', { host: '' }),
    ])
    expect(preview).toMatchObject({
      source: 'mqttx',
      fileName: 'mqttx.json',
      profiles: [
        { index: 0, name: 'a', address: 'mqtt://h:1883', username: 'ada', brings: ['password'], hasWill: true, subscriptionCount: 1, clashes: false, certificates: [] },
      ],
      unusable: [{ name: 'b', obstacle: { code: 'host-missing' } }],
    })
    expect(JSON.stringify(preview)).not.toContain('canary')
    expect(bench.profiles.names()).toEqual([])
  })

  it('names each file that cannot come along, and why', async () => {
    const authority = await makeAuthority()
    const ca = bench.file('ca.pem', authority.certificate)
    const locked = bench.file('locked.pem', authority.certificate)
    chmodSync(locked, 0)
    mkdirSync(join(bench.folder, 'folder'))
    const { profiles } = await bench.preview('mqttx.json', [
      connection('good', { ca, cert: ca, key: bench.file('key.pem', authority.key) }),
      connection('bad', { ca: join(bench.folder, 'gone.pem'), cert: 'me.pem', key: ca }),
      connection('worse', { ca: '\\\\evil.example\\share\\ca.pem', cert: '//evil.example/me.pem', key: join(bench.folder, 'folder') }),
      connection('endless', { ca: '/dev/zero', cert: bench.file('large.pem', Buffer.alloc(2 * 1024 * 1024 + 1)) }),
    ])
    expect(profiles.map(({ certificates, remarks }) => ({ certificates, codes: remarks.map(({ code }) => code) }))).toEqual([
      { certificates: ['authority', 'certificate', 'key'], codes: [] },
      { certificates: [], codes: ['file-missing', 'file-relative', 'file-unusable'] },
      { certificates: [], codes: ['file-network', 'file-network', 'file-unusable'] },
      { certificates: [], codes: ['file-unusable', 'file-unusable'] },
    ])
    expect(existsSync(join(bench.folder, 'certificates'))).toBe(false)
  })

  it('drops a password that MQTT cannot carry', async () => {
    const { profiles } = await bench.preview('mqttx.json', [connection('a', { password: '\ud800' })])
    expect(profiles[0]).toMatchObject({ brings: [], remarks: [{ code: 'secret-unusable', name: 'password' }] })
  })

  it('has a limit on remarks', async () => {
    const subscriptions = Array.from({ length: 400 }, (_, index) => ({ topic: `${index}#`, qos: 0 }))
    const { profiles } = await bench.preview('mqttx.json', [connection('a', { subscriptions, rejectUnauthorized: false })])
    expect(profiles[0]?.remarks).toHaveLength(100)
    expect(profiles[0]?.remarks[0]).toEqual({ code: 'not-verified' })
  })
})

describe('a file', () => {
  it.each([
    ['nonsense', 'hello', 'not-json'],
    ['no text', Buffer.from([0x7b, 0xff, 0xfe]), 'not-json'],
    ['too large', Buffer.alloc(16 * 1024 * 1024 + 1, 0x20), 'too-large'],
    ['nothing of use', '{}', 'nothing-found'],
  ])('with %s is refused with the reason', async (_what, content, fault) => {
    await expect(bench.open('x.json', content)).rejects.toMatchObject({ code: 'transfer-unreadable', details: { fault, file: 'x.json' } })
  })

  it('that is none is refused', async () => {
    bench.chosen = bench.folder
    await expect(bench.ask('transfer.choose-file', undefined)).rejects.toMatchObject({ details: { fault: 'no-file' } })
    bench.chosen = join(bench.folder, 'gone')
    await expect(bench.ask('transfer.choose-file', undefined)).rejects.toMatchObject({ details: { fault: 'unreadable', reason: 'ENOENT' } })
    symlinkSync('/dev/zero', join(bench.folder, 'zero'))
    bench.chosen = join(bench.folder, 'zero')
    await expect(bench.ask('transfer.choose-file', undefined)).rejects.toMatchObject({ details: { fault: 'no-file' } })
  })

  it('need not be chosen', async () => {
    expect(await bench.ask('transfer.choose-file', undefined)).toBeNull()
  })

  it('of another program on this computer is offered by number', async () => {
    bench.knownSources = [bench.file('settings.json', JSON.stringify({ ConnectionManager_connections: { a: { host: 'h' } } }))]
    expect(await bench.ask('transfer.find-sources', undefined)).toEqual([{ index: 0, path: bench.knownSources[0] }])
    expect(await bench.ask('transfer.open-source', { index: 0 })).toMatchObject({ kind: 'preview', preview: { source: 'mqtt-explorer' } })
    await expect(bench.ask('transfer.open-source', { index: 1 })).rejects.toMatchObject({ code: 'transfer-unreadable' })
  })
})

describe('an import', () => {
  it('saves what was chosen, with its password and files', async () => {
    const authority = await makeAuthority()
    const preview = await bench.preview('settings.json', {
      ConnectionManager_connections: {
        a: { name: 'a', host: 'h', password: 'canary', selfSignedCertificate: { name: '../../ca.pem', data: Buffer.from(authority.certificate).toString('base64') } },
        b: { name: 'b', host: 'h' },
      },
    })
    const { importId } = preview
    expect(await bench.ask('transfer.import', { importId, choices: [{ index: 0, onClash: 'keep-both' }], storage: 'session' })).toEqual({ added: 1, replaced: 0 })
    const [profile] = bench.profiles.store.list()
    expect(profile).toMatchObject({ name: 'a', passwordStorage: 'session', passphraseStorage: 'none', tls: { authority: { name: 'ca.pem' } } })
    expect(await bench.profiles.store.secretOf(profile?.id ?? '', 'password')).toBe('canary')
    expect(bench.profiles.file.json).not.toContain('canary')
    expect(readdirSync(join(bench.folder, 'certificates'))).toEqual([profile?.tls.authority?.fileId])
    expect(bench.profiles.names()).toEqual(['a'])
  })

  it('overwrites nothing unasked: the same name gets a number', async () => {
    await save('a')
    await save('a 2')
    expect(await importAll([connection('a'), connection('a')])).toEqual({ added: 2, replaced: 0 })
    expect(bench.profiles.names()).toEqual(['a', 'a 2', 'a 3', 'a 4'])
  })

  it('replaces where told to, once, with the secrets it brings or none', async () => {
    const before = await save('a')
    expect(await importAll([connection('a', { host: 'elsewhere' }), connection('a', { host: 'third' })], 'replace')).toEqual({ added: 1, replaced: 1 })
    const [replaced, beside] = bench.profiles.store.list()
    expect(replaced).toMatchObject({ id: before.id, host: 'elsewhere', passwordStorage: 'none' })
    expect(beside).toMatchObject({ name: 'a 2', host: 'third' })
  })

  it('is all or nothing', async () => {
    await save('a')
    bench.profiles.keyring.locked = true
    await expect(importAll([connection('b'), connection('c', { password: 'x' })], 'keep-both', 'encrypted')).rejects.toMatchObject({ code: 'keyring-unavailable' })
    expect(bench.profiles.names()).toEqual(['a'])
  })

  it('is told once, and writes once', async () => {
    await importAll(Array.from({ length: 300 }, (_, index) => connection(`n${index}`)))
    expect(bench.profiles.told).toHaveLength(1)
    expect(bench.profiles.told[0]).toHaveLength(300)
  })

  it('cannot go beyond the limit of profiles', async () => {
    await importAll(Array.from({ length: 999 }, (_, index) => connection(`n${index}`)))
    await expect(importAll([connection('x'), connection('y')])).rejects.toMatchObject({ code: 'too-many' })
    expect(bench.profiles.names()).toHaveLength(999)
  })

  it('is forgotten when it is done, discarded, or too many others were opened', async () => {
    const choices = [{ index: 0, onClash: 'keep-both' as const }]
    const ids = []
    for (let count = 0; count < 3; count += 1) ids.push((await bench.preview('a.json', [connection('a')])).importId)
    const [first = '', second = '', third = ''] = ids
    const gone = { code: 'transfer-gone' }
    await expect(bench.ask('transfer.import', { importId: first, choices, storage: 'plain' })).rejects.toMatchObject(gone)
    await bench.ask('transfer.discard', { importId: second })
    await expect(bench.ask('transfer.import', { importId: second, choices, storage: 'plain' })).rejects.toMatchObject(gone)
    await bench.ask('transfer.import', { importId: third, choices, storage: 'plain' })
    await expect(bench.ask('transfer.import', { importId: third, choices, storage: 'plain' })).rejects.toMatchObject(gone)
  })

  it('takes pasted commands', async () => {
    expect(await bench.ask('transfer.read-text', { text: 'mosquitto_sub -h h -P canary -t a' })).toMatchObject({
      kind: 'preview',
      preview: { source: 'mosquitto', fileName: null, profiles: [{ brings: ['password'] }] },
    })
  })
})
