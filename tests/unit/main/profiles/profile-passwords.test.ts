import { beforeEach, describe, expect, it } from 'vitest'
import type { PasswordChange } from '@shared/profile/profile'
import { KEEP_SECRETS } from '../../../../src-main/profiles/profile-secrets'
import { draftOf, ProfileStoreBench, setPassword, turned } from '../support/profile-store-bench'

const CANARY = 'canary-5ecret'
const KEEP = { kind: 'keep' } as const
const CLEAR = { kind: 'clear' } as const
const PLACES = ['encrypted', 'session', 'plain'] as const

const passwordOnly = (password: PasswordChange) => ({ ...KEEP_SECRETS, password })

let bench: ProfileStoreBench

beforeEach(() => {
  bench = new ProfileStoreBench()
})

async function make(change: PasswordChange): Promise<string> {
  return (await bench.store.save(null, draftOf('a'), passwordOnly(change))).id
}

const change = (id: string, to: PasswordChange) => bench.store.save(id, draftOf('a'), passwordOnly(to))

describe('a password', () => {
  it.each([
    ['encrypted', CANARY, CANARY],
    ['session', CANARY, null],
    ['plain', CANARY, CANARY],
  ] as const)('kept %s is there now, and after a restart as promised', async (storage, now, later) => {
    const id = await make(setPassword(CANARY, storage))
    expect(bench.store.get(id).passwordStorage).toBe(storage)
    expect(await bench.store.secretOf(id, 'password')).toBe(now)
    const store = bench.restart()
    expect(await store.secretOf(id, 'password')).toBe(later)
    expect(store.get(id).passwordStorage).toBe(storage)
  })

  it.each([
    ['encrypted', false],
    ['session', false],
    ['plain', true],
  ] as const)('kept %s stands in the file readable: %s', async (storage, readable) => {
    await make(setPassword(CANARY, storage))
    expect(bench.file.json.includes(CANARY)).toBe(readable)
  })

  it('is none when none was set', async () => {
    const id = await make(KEEP)
    expect(bench.store.get(id).passwordStorage).toBe('none')
    expect(await bench.store.secretOf(id, 'password')).toBeNull()
  })

  it.each(PLACES)('kept %s never leaves with the profile', async (storage) => {
    const id = await make(setPassword(CANARY, storage))
    const copy = bench.store.duplicate(id, 'copy')
    const seen = JSON.stringify([bench.store.list(), bench.store.get(id), copy, bench.told, await change(id, KEEP), bench.store.move(id, 1)])
    expect(seen).not.toContain(CANARY)
    expect(seen).not.toContain(Buffer.from(turned(CANARY)).toString('base64'))
  })

  it.each(PLACES)('kept %s stays when the profile is changed, and can be changed', async (storage) => {
    const id = await make(setPassword(CANARY, storage))
    await change(id, KEEP)
    expect(await bench.store.secretOf(id, 'password')).toBe(CANARY)
    for (const place of PLACES) {
      await change(id, setPassword(`new ${place}`, place))
      expect(await bench.store.secretOf(id, 'password')).toBe(`new ${place}`)
      expect(bench.store.get(id).passwordStorage).toBe(place)
      expect(bench.file.json).not.toContain(CANARY)
    }
  })

  it.each(PLACES)('kept %s is gone when cleared', async (storage) => {
    const id = await make(setPassword(CANARY, storage))
    await change(id, CLEAR)
    expect(bench.store.get(id).passwordStorage).toBe('none')
    expect(await bench.store.secretOf(id, 'password')).toBeNull()
    expect(bench.file.json).not.toContain(CANARY)
  })

  it.each(PLACES)('kept %s goes with a copy, and each has its own from then on', async (storage) => {
    const id = await make(setPassword(CANARY, storage))
    const copy = bench.store.duplicate(id, 'copy')
    expect(await bench.store.secretOf(copy.id, 'password')).toBe(CANARY)
    await change(id, CLEAR)
    expect(await bench.store.secretOf(copy.id, 'password')).toBe(CANARY)
  })

  it('of the session is forgotten with its profile', async () => {
    const id = await make(setPassword(CANARY, 'session'))
    bench.store.delete(id)
    await expect(bench.store.secretOf(id, 'password')).rejects.toMatchObject({ code: 'profile-not-found' })
  })

  it('may hold anything a string can', async () => {
    const password = 'ünï 😀 " \\ \u0000 \n'
    for (const storage of PLACES) {
      const id = await make(setPassword(password, storage))
      expect(await bench.store.secretOf(id, 'password')).toBe(password)
    }
  })
})

describe('a keyring that does not answer', () => {
  const UNAVAILABLE = expect.objectContaining({ code: 'keyring-unavailable' }) as Error

  it('saves nothing rather than in the open', async () => {
    bench.keyring.locked = true
    await expect(make(setPassword(CANARY, 'encrypted'))).rejects.toEqual(UNAVAILABLE)
    expect(bench.store.list()).toEqual([])
    expect(bench.file.json).not.toContain(CANARY)
  })

  it('leaves the session password that was to be replaced', async () => {
    const id = await make(setPassword(CANARY, 'session'))
    bench.keyring.locked = true
    await expect(change(id, setPassword('new', 'encrypted'))).rejects.toEqual(UNAVAILABLE)
    expect(await bench.store.secretOf(id, 'password')).toBe(CANARY)
  })

  it('is told to whoever wants to connect, and does not hinder a copy', async () => {
    const id = await make(setPassword(CANARY, 'encrypted'))
    bench.keyring.locked = true
    await expect(bench.store.secretOf(id, 'password')).rejects.toEqual(UNAVAILABLE)
    const copy = bench.store.duplicate(id, 'copy')
    bench.keyring.locked = false
    expect(await bench.store.secretOf(copy.id, 'password')).toBe(CANARY)
  })

  it('is not asked for a copy: the system might ask the user', async () => {
    const id = await make(setPassword(CANARY, 'encrypted'))
    bench.store.duplicate(id, 'copy')
    expect(bench.keyring.decrypted).toBe(0)
  })
})

describe('a disk that cannot be written', () => {
  const FAILED = { code: 'storage-failed' }

  it.each([
    ['clearing', CLEAR],
    ['another for the session', setPassword('new', 'session')],
    ['another place', setPassword('new', 'plain')],
  ])('leaves the session password as it was: %s', async (_what, to) => {
    const id = await make(setPassword(CANARY, 'session'))
    bench.file.failing = true
    await expect(change(id, to)).rejects.toMatchObject(FAILED)
    expect(await bench.store.secretOf(id, 'password')).toBe(CANARY)
    expect(bench.store.get(id).passwordStorage).toBe('session')
  })
})

describe('while a password is being encrypted', () => {
  it('other changes are not lost', async () => {
    const id = await make(KEEP)
    const release = bench.keyring.hold()
    const saving = bench.store.save(null, draftOf('slow'), passwordOnly(setPassword(CANARY, 'encrypted')))
    await bench.store.save(null, draftOf('quick'), KEEP_SECRETS)
    await bench.store.save(id, draftOf('changed'), KEEP_SECRETS)
    release()
    await saving
    expect(bench.names()).toEqual(['changed', 'quick', 'slow'])
  })

  it('a profile that is deleted stays deleted, and its save says so', async () => {
    const id = await make(KEEP)
    const release = bench.keyring.hold()
    const saving = change(id, setPassword(CANARY, 'encrypted'))
    bench.store.delete(id)
    release()
    await expect(saving).rejects.toMatchObject({ code: 'profile-not-found' })
    expect(bench.store.list()).toEqual([])
  })

  it('a change without a password does not bring the old one back', async () => {
    const id = await make(setPassword('old', 'plain'))
    const release = bench.keyring.hold()
    const setting = change(id, setPassword(CANARY, 'encrypted'))
    release()
    const keeping = bench.store.save(id, draftOf('renamed'), KEEP_SECRETS)
    await Promise.all([setting, keeping])
    expect(await bench.store.secretOf(id, 'password')).toBe(CANARY)
  })
})
