import { beforeEach, describe, expect, it } from 'vitest'
import type { PasswordChange } from '@shared/profile/profile'
import { KEEP_SECRETS, ProfileSecrets } from '../../../../src-main/profiles/profile-secrets'
import { draftOf, FakeKeyring, ProfileStoreBench, setPassword } from '../support/profile-store-bench'

const PASSWORD = 'canary-of-the-user'
const PASSPHRASE = 'canary-of-the-key'
const SECRET_NAMES = ['password', 'passphrase'] as const
const KEEP: PasswordChange = { kind: 'keep' }
const CLEAR: PasswordChange = { kind: 'clear' }
const PLACES = ['encrypted', 'session', 'plain'] as const
const PAIRS = PLACES.flatMap((password) => PLACES.map((passphrase) => [password, passphrase] as const))

let bench: ProfileStoreBench

beforeEach(() => {
  bench = new ProfileStoreBench()
})

const save = (password: PasswordChange, passphrase: PasswordChange, id: string | null = null) =>
  bench.store.save(id, draftOf('a'), { ...KEEP_SECRETS, password, passphrase })
const secretsOf = (id: string) => Promise.all(SECRET_NAMES.map((name) => bench.store.secretOf(id, name)))

describe('a passphrase beside a password', () => {
  it.each(PAIRS)('each is where it should be: %s and %s', async (password, passphrase) => {
    const { id } = await save(setPassword(PASSWORD, password), setPassword(PASSPHRASE, passphrase))
    expect(bench.store.get(id)).toMatchObject({ passwordStorage: password, passphraseStorage: passphrase })
    expect(await secretsOf(id)).toEqual([PASSWORD, PASSPHRASE])
    expect(bench.file.json.includes(PASSWORD)).toBe(password === 'plain')
    expect(bench.file.json.includes(PASSPHRASE)).toBe(passphrase === 'plain')
    bench.restart()
    expect(await secretsOf(id)).toEqual([password === 'session' ? null : PASSWORD, passphrase === 'session' ? null : PASSPHRASE])
  })

  it.each(PAIRS)('neither ever leaves with the profile: %s and %s', async (password, passphrase) => {
    const saved = await save(setPassword(PASSWORD, password), setPassword(PASSPHRASE, passphrase))
    const copy = bench.store.duplicate(saved.id, 'copy')
    const seen = JSON.stringify([saved, copy, bench.store.list(), bench.store.get(saved.id), bench.told, bench.store.move(saved.id, 1)])
    expect(seen).not.toContain('canary')
    expect(seen).not.toContain(Buffer.from(PASSPHRASE).toString('base64'))
  })

  it.each(PAIRS)('one changes without the other: %s and %s', async (password, passphrase) => {
    const { id } = await save(setPassword(PASSWORD, password), setPassword(PASSPHRASE, passphrase))
    await save(setPassword('new', password), KEEP, id)
    expect(await secretsOf(id)).toEqual(['new', PASSPHRASE])
    await save(CLEAR, KEEP, id)
    expect(await secretsOf(id)).toEqual([null, PASSPHRASE])
    await save(KEEP, CLEAR, id)
    expect(await secretsOf(id)).toEqual([null, null])
    expect(bench.store.get(id)).toMatchObject({ passwordStorage: 'none', passphraseStorage: 'none' })
    expect(bench.file.json).not.toContain('canary')
  })

  it('both go with a copy', async () => {
    const { id } = await save(setPassword(PASSWORD, 'session'), setPassword(PASSPHRASE, 'session'))
    const copy = bench.store.duplicate(id, 'copy')
    bench.store.delete(id)
    expect(await secretsOf(copy.id)).toEqual([PASSWORD, PASSPHRASE])
  })
})

describe('a passphrase that cannot be encrypted', () => {
  it('leaves the whole profile as it was, its password too', async () => {
    const { id } = await save(setPassword(PASSWORD, 'session'), KEEP)
    const before = bench.file.json
    bench.keyring.locked = true
    const saving = save(setPassword('new', 'session'), setPassword(PASSPHRASE, 'encrypted'), id)
    await expect(saving).rejects.toMatchObject({ code: 'keyring-unavailable' })
    bench.keyring.locked = false
    expect(bench.file.json).toBe(before)
    expect(await secretsOf(id)).toEqual([PASSWORD, null])
  })
})

describe('ProfileSecrets', () => {
  it('keeps the secrets of a session apart, by profile and name, and forgets them all at once', async () => {
    const secrets = new ProfileSecrets(new FakeKeyring())
    const read = () => Promise.all(['a', 'b'].flatMap((id) => SECRET_NAMES.map((name) => secrets.read(id, name, { storage: 'session' }))))
    for (const id of ['a', 'b']) for (const name of SECRET_NAMES) secrets.remember(id, { ...KEEP_SECRETS, [name]: setPassword(`${name} of ${id}`, 'session') })
    expect(await read()).toEqual(['password of a', 'passphrase of a', 'password of b', 'passphrase of b'])
    secrets.forget('a')
    expect(await read()).toEqual([null, null, 'password of b', 'passphrase of b'])
    secrets.copy('b', 'a')
    expect(await read()).toEqual(['password of b', 'passphrase of b', 'password of b', 'passphrase of b'])
  })

  it('reads no secret of the session for one that is stored otherwise', async () => {
    const secrets = new ProfileSecrets(new FakeKeyring())
    secrets.remember('a', { ...KEEP_SECRETS, password: setPassword('of the session', 'session') })
    expect(await secrets.read('a', 'password', { storage: 'none' })).toBeNull()
    expect(await secrets.read('a', 'password', { storage: 'plain', secret: 'of the file' })).toBe('of the file')
  })
})
