import type { SafeStorage } from 'electron'
import { AppError } from '@shared/ipc/app-error'

/** What the running Electron's safeStorage has; older ones lack some of it. */
type AvailableSafeStorage = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
  Partial<
    Pick<SafeStorage, 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>
  >

/** Encrypts with the system's keyring, where there is one. */
export class SecretBox {
  constructor(private readonly storage: AvailableSafeStorage) {}

  /** Whether secrets can be encrypted with a key that lies outside our own files. */
  async canEncrypt(): Promise<boolean> {
    // "basic_text" is a key anyone can read in Chromium's source: no encryption.
    if (this.storage.getSelectedStorageBackend?.() === 'basic_text') return false
    if (this.storage.isAsyncEncryptionAvailable !== undefined) return this.storage.isAsyncEncryptionAvailable()
    return this.storage.isEncryptionAvailable()
  }

  /** The secret, encrypted, as base64. @throws {AppError} `keyring-unavailable` */
  async encrypt(secret: string): Promise<string> {
    if (!(await this.canEncrypt())) throw keyringUnavailable()
    try {
      const encrypted =
        this.storage.encryptStringAsync === undefined
          ? this.storage.encryptString(secret)
          : await this.storage.encryptStringAsync(secret)
      return encrypted.toString('base64')
    } catch {
      throw keyringUnavailable()
    }
  }

  /** The secret again. @throws {AppError} `keyring-unavailable` when the key is another one now, or gone. */
  async decrypt(base64: string): Promise<string> {
    const bytes = Buffer.from(base64, 'base64')
    try {
      if (this.storage.decryptStringAsync === undefined) return this.storage.decryptString(bytes)
      return (await this.storage.decryptStringAsync(bytes)).result
    } catch {
      throw keyringUnavailable()
    }
  }
}

function keyringUnavailable(): AppError {
  return new AppError('keyring-unavailable', "The system's keyring cannot encrypt or decrypt")
}
