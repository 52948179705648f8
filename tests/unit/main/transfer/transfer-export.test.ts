import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Profile, ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { DEFAULT_WILL } from '@shared/profile/will'
import type { Sealed } from '@shared/transfer/pubscope-file'
import { seal } from '../../../../src-main/transfer/passphrase-box'
import { makeAuthority, toPkcs12, type Authority } from '../../../support/certificates'
import { draftOf, setPassword } from '../support/profile-store-bench'
import { TransferBench } from '../support/transfer-bench'

const PASSPHRASE = 'correct horse'
const SECRETS = { password: 'canary-password', passphrase: 'canary-passphrase' }

/** The least cost a file may name: the real one is tried once. */
const CHEAP = 2 ** 14
/** For the real cost, on a machine with other work. */
const SLOW_MS = 20_000
const HEAD = { format: 'pubscope-profiles', version: 1 }
const flip = (base64: string) => `${base64.startsWith('A') ? 'B' : 'A'}${base64.slice(1)}`

let sealed: Sealed
beforeAll(async () => {
  sealed = await seal(JSON.stringify({ ...HEAD, profiles: [{ draft: { host: 'h' } }] }), PASSPHRASE, CHEAP)
})

let bench: TransferBench
let authority: Authority
beforeEach(async () => {
  bench = new TransferBench()
  authority = await makeAuthority()
})
afterEach(() => bench.dispose())

const add = (text: string | Uint8Array, name: string) => bench.certificates.add(Buffer.from(text), name)

/** A profile with everything, its secrets stored. */
async function saveFull(more: Partial<ProfileDraft> = {}): Promise<Profile> {
  const tls = { ...DEFAULT_TLS, authority: add(authority.certificate, 'ca.pem'), certificate: add(authority.certificate, 'me.pem'), key: add(authority.key, 'me.key') }
  const draft = draftOf('Plant', { group: 'Hamburg', protocol: 'mqtts', username: 'ada', tls, will: { ...DEFAULT_WILL, topic: 'w' }, ...more })
  return bench.profiles.store.save(null, draft, {
    password: setPassword(SECRETS.password, 'encrypted'),
    passphrase: setPassword(SECRETS.passphrase, 'session'),
    proxyPassword: { kind: 'clear' },
    headers: { kind: 'clear' },
    authenticationData: { kind: 'clear' },
  })
}

async function exportTo(name: string, passphrase: string | null): Promise<string> {
  bench.chosen = join(bench.folder, name)
  await bench.ask('transfer.export', { profileIds: bench.profiles.store.list().map(({ id }) => id), passphrase })
  return readFileSync(join(bench.folder, name), 'utf8')
}

async function importFrom(importId: string, count = 1): Promise<Profile[]> {
  const choices = Array.from({ length: count }, (_, index) => ({ index, onClash: 'keep-both' as const }))
  await bench.ask('transfer.import', { importId, choices, storage: 'encrypted' })
  return bench.profiles.store.list()
}

const bytesOf = (profile: Profile | undefined, purpose: 'authority' | 'certificate' | 'key') => {
  const file = profile?.tls[purpose] ?? null
  return file === null ? null : Buffer.from(bench.certificates.read(file, purpose)).toString('utf8')
}

describe('an export without secrets', () => {
  it('holds none of them, and is for the user alone', async () => {
    await saveFull()
    const text = await exportTo('out.json', null)
    const keyLine = authority.key.split('\n')[2] ?? ''
    for (const canary of [SECRETS.password, SECRETS.passphrase, keyLine, Buffer.from(authority.key).toString('base64').slice(40, 80)]) {
      expect(canary).not.toBe('')
      expect(text).not.toContain(canary)
    }
    expect(statSync(join(bench.folder, 'out.json')).mode & 0o777).toBe(0o600)
    // No half-written file is left beside it.
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('withholds a key that stands in the file of its certificate, and PKCS#12 files', async () => {
    const both = add(`${authority.certificate}\n${authority.key}`, 'both.pem')
    await saveFull({ tls: { ...DEFAULT_TLS, authority: both, certificate: add(toPkcs12(authority, 'pw'), 'me.p12') } })
    const text = await exportTo('out.json', null)
    const { profiles } = JSON.parse(text) as { profiles: { files: Record<string, { base64: string }>; withheld: unknown }[] }
    expect(Buffer.from(profiles[0]?.files['authority']?.base64 ?? '', 'base64').toString()).not.toContain('PRIVATE')
    expect(profiles[0]?.withheld).toEqual({ certificate: 'me.p12' })
  })

  it('comes in again as it was, but for what is secret', async () => {
    const before = await saveFull()
    const text = await exportTo('out.json', null)
    bench.profiles.store.delete(before.id)
    const preview = await bench.preview('in.json', text)
    expect(preview.profiles[0]).toMatchObject({
      group: 'Hamburg',
      brings: [],
      certificates: ['authority', 'certificate'],
      remarks: [{ code: 'file-not-included', purpose: 'key', file: 'me.key' }],
    })
    const [after] = await importFrom(preview.importId)
    const { id: _id, tls: _tls, passwordStorage: _p, passphraseStorage: _q, ...draft } = before
    expect(after).toMatchObject({ ...draft, passwordStorage: 'none', passphraseStorage: 'none', tls: { key: null } })
    expect(bytesOf(after, 'authority')?.trim()).toBe(authority.certificate.trim())
  })
})

describe('an export with secrets', () => {
  it('shows nothing without its passphrase, and comes in again whole with it', async () => {
    const before = await saveFull()
    const text = await exportTo('out.json', PASSPHRASE)
    for (const plain of [SECRETS.password, SECRETS.passphrase, PASSPHRASE, 'Plant', 'localhost', 'ada']) expect(text).not.toContain(plain)
    bench.profiles.store.delete(before.id)

    const opened = await bench.open('in.json', text)
    if (opened.kind !== 'sealed') throw new Error(opened.kind)
    const { importId } = opened
    const preview = await bench.ask('transfer.unlock', { importId, passphrase: PASSPHRASE })
    expect(preview).toMatchObject({ profiles: [{ name: 'Plant', brings: ['password', 'passphrase'], certificates: ['authority', 'certificate', 'key'], remarks: [] }] })
    expect(JSON.stringify(preview)).not.toContain('canary')

    const [after] = await importFrom((preview as { importId: string }).importId)
    expect(await bench.profiles.store.secretOf(after?.id ?? '', 'password')).toBe(SECRETS.password)
    expect(await bench.profiles.store.secretOf(after?.id ?? '', 'passphrase')).toBe(SECRETS.passphrase)
    expect(bytesOf(after, 'key')).toBe(authority.key)
  }, SLOW_MS)

  it('can be tried again after a wrong passphrase', async () => {
    const opened = await bench.open('in.json', JSON.stringify({ ...HEAD, sealed }))
    if (opened.kind !== 'sealed') throw new Error(opened.kind)
    const { importId } = opened
    await expect(bench.ask('transfer.unlock', { importId, passphrase: 'wrong horse' })).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(await bench.ask('transfer.unlock', { importId, passphrase: PASSPHRASE })).toMatchObject({ profiles: [{ name: 'h:1883' }] })
  })

  it('notices every change', async () => {
    for (const changed of [
      { ...sealed, dataBase64: flip(sealed.dataBase64) },
      { ...sealed, cipher: { ...sealed.cipher, tagBase64: flip(sealed.cipher.tagBase64) } },
      { ...sealed, cipher: { ...sealed.cipher, nonceBase64: flip(sealed.cipher.nonceBase64) } },
      { ...sealed, kdf: { ...sealed.kdf, n: 2 ** 15 } },
    ]) {
      const opened = await bench.open('in.json', JSON.stringify({ ...HEAD, sealed: changed }))
      if (opened.kind !== 'sealed') throw new Error(opened.kind)
      await expect(bench.ask('transfer.unlock', { importId: opened.importId, passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'passphrase-wrong' })
    }
  })

  it.each([
    { n: 2 ** 30 }, { n: 3 ** 12 }, { n: 2 }, { r: 1_000 }, { p: 1_000 }, { name: 'md5' }, { saltBase64: '' },
  ])('does not compute what a hostile file asks for: %j', async (kdf) => {
    const hostile = { ...HEAD, sealed: { ...sealed, kdf: { ...sealed.kdf, ...kdf } } }
    await expect(bench.open('in.json', JSON.stringify(hostile))).rejects.toMatchObject({ details: { fault: 'broken' } })
  })

  it('may not hold another closed file', async () => {
    const nested = await seal(JSON.stringify({ ...HEAD, sealed }), PASSPHRASE, CHEAP)
    const opened = await bench.open('in.json', JSON.stringify({ ...HEAD, sealed: nested }))
    if (opened.kind !== 'sealed') throw new Error(opened.kind)
    await expect(bench.ask('transfer.unlock', { importId: opened.importId, passphrase: PASSPHRASE })).rejects.toMatchObject({ details: { fault: 'broken' } })
  })

  it('says which secrets it could not get', async () => {
    await saveFull()
    bench.profiles.restart()
    bench.profiles.keyring.locked = true
    bench.chosen = join(bench.folder, 'out.json')
    const profileIds = bench.profiles.store.list().map(({ id }) => id)
    expect(await bench.ask('transfer.export', { profileIds, passphrase: PASSPHRASE })).toEqual({ fileName: 'out.json', profiles: 1, leftOut: 2 })
  }, SLOW_MS)

  it('wants a passphrase of some length', async () => {
    await expect(bench.ask('transfer.export', { profileIds: ['5b3f4b1e-6f1c-4b5e-9a53-0d8f8a4f0c11'], passphrase: 'short' })).rejects.toThrow()
  })
})

describe('a file for an export', () => {
  it('need not be chosen', async () => {
    const { id } = await saveFull()
    bench.chosen = null
    expect(await bench.ask('transfer.export', { profileIds: [id], passphrase: null })).toBeNull()
  })

  it('that cannot be written is said, and leaves nothing', async () => {
    const { id } = await saveFull()
    bench.chosen = join(bench.folder, 'no-such-folder', 'out.json')
    await expect(bench.ask('transfer.export', { profileIds: [id], passphrase: null })).rejects.toMatchObject({ code: 'file-not-written' })
  })

  it('of a profile with pins says that they come along', async () => {
    const pins = [{ fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'), subject: 'press 4' }]
    const draft = { name: 'n', host: 'h', tls: { pins } }
    const text = JSON.stringify({ format: 'pubscope-profiles', version: 1, profiles: [{ draft, files: {}, withheld: {} }] })
    const { profiles } = await bench.preview('in.json', text)
    expect(profiles[0]?.remarks).toEqual([{ code: 'pinned' }])
  })

  it('of a profile that a later version wrote keeps what is known', async () => {
    const text = JSON.stringify({
      format: 'pubscope-profiles',
      version: 1,
      profiles: [{ draft: { name: 'n', host: 'h', colour: 'red', tls: { verifyHostName: false, stars: 5 } }, secrets: { password: 'p', token: 't' }, files: {}, withheld: {} }],
    })
    const { profiles } = await bench.preview('in.json', text)
    expect(profiles[0]?.remarks.map(({ code }) => code)).toEqual(['value-unknown', 'value-unknown', 'secret-unusable'])
    expect(profiles[0]?.brings).toEqual(['password'])
  })
})
