import { describe, expect, it, vi } from 'vitest'
import { SecretBox } from '../../../../src-main/secrets/secret-box'
import { turned } from '../support/profile-store-bench'

const UNAVAILABLE = expect.objectContaining({ code: 'keyring-unavailable' }) as Error
const CANARY = 'canary-5ecret'

type Storage = ConstructorParameters<typeof SecretBox>[0]

/** safeStorage as Electron 25 has it, which does everything at once. */
function electron25(available = true) {
  return {
    isEncryptionAvailable: () => available,
    encryptString: (plain: string) => Buffer.from(turned(plain)),
    decryptString: (encrypted: Buffer) => turned(encrypted.toString()),
  }
}

/** As Electron 45 has it: with promises, and the keyring by name. */
function electron45(backend: ReturnType<NonNullable<Storage['getSelectedStorageBackend']>> = 'gnome_libsecret', available = true) {
  return {
    isEncryptionAvailable: vi.fn(() => true),
    encryptString: vi.fn((plain: string) => Buffer.from(`sync ${plain}`)),
    decryptString: vi.fn((encrypted: Buffer) => `sync ${encrypted.toString()}`),
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: (plain: string) => Promise.resolve(Buffer.from(turned(plain))),
    decryptStringAsync: (encrypted: Buffer) => Promise.resolve({ result: turned(encrypted.toString()), shouldReEncrypt: false }),
  }
}

describe('SecretBox', () => {
  it.each([
    ['Electron 25', electron25()],
    ['Electron 45', electron45()],
  ])('gives back what it was given, as text in between: %s', async (_what, storage) => {
    const box = new SecretBox(storage)
    const secret = `${CANARY} ü 😀 \0`
    const base64 = await box.encrypt(secret)
    expect(base64).toMatch(/^[A-Za-z0-9+/]+=*$/)
    expect(Buffer.from(base64, 'base64').toString()).not.toContain(CANARY)
    expect(await box.decrypt(base64)).toBe(secret)
  })

  it('does not block the app where it need not', async () => {
    const storage = electron45()
    const box = new SecretBox(storage)
    await box.decrypt(await box.encrypt('x'))
    for (const sync of [storage.isEncryptionAvailable, storage.encryptString, storage.decryptString]) expect(sync).not.toHaveBeenCalled()
  })

  it.each([
    ['Electron 25 with a keyring', electron25(true), true],
    ['Electron 25 without', electron25(false), false],
    ['Electron 45 with a keyring', electron45(), true],
    ['Electron 45 without', electron45('gnome_libsecret', false), false],
    ['a key that everyone knows', electron45('basic_text'), false],
    ['a key that everyone knows, without promises', { ...electron25(), getSelectedStorageBackend: () => 'basic_text' as const }, false],
    ['KDE', electron45('kwallet6'), true],
  ])('knows whether it can encrypt: %s', async (_what, storage, expected) => {
    expect(await new SecretBox(storage).canEncrypt()).toBe(expected)
  })

  it('uses the methods as methods: Electron insists on its own object', async () => {
    const storage = {
      ...electron25(),
      key: 'k',
      isEncryptionAvailable(): boolean {
        return this.key === 'k'
      },
      encryptString(plain: string): Buffer {
        return Buffer.from(this.key + plain)
      },
      decryptString(encrypted: Buffer): string {
        return encrypted.toString().slice(this.key.length)
      },
    }
    const box = new SecretBox(storage)
    expect(await box.decrypt(await box.encrypt('x'))).toBe('x')
  })

  it.each([
    ['no keyring', electron25(false)],
    ['a key that everyone knows', electron45('basic_text')],
  ])('never encrypts for show: %s', async (_what, storage) => {
    await expect(new SecretBox(storage).encrypt(CANARY)).rejects.toEqual(UNAVAILABLE)
  })

  it.each([
    ['at once', { ...electron25(), encryptString: () => { throw new Error(`failed on ${CANARY}`) } }],
    ['later', { ...electron45(), encryptStringAsync: () => Promise.reject(new Error(`failed on ${CANARY}`)) }],
  ])('says the keyring cannot when encrypting fails %s', async (_when, storage) => {
    const error: unknown = await new SecretBox(storage).encrypt(CANARY).catch((thrown: unknown) => thrown)
    expect(error).toEqual(UNAVAILABLE)
    expect(String(error)).not.toContain(CANARY)
  })

  it.each([
    ['at once', { ...electron25(), decryptString: () => { throw new Error('Error while decrypting') } }],
    ['later', { ...electron45(), decryptStringAsync: () => Promise.reject(new Error('Error while decrypting')) }],
  ])('says the keyring cannot when decrypting fails %s', async (_when, storage) => {
    await expect(new SecretBox(storage).decrypt('AAAA')).rejects.toEqual(UNAVAILABLE)
  })
})
