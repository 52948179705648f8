import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyStorage } from '@shared/certificates/made-certificate'
import { AppError } from '@shared/ipc/app-error'
import { codeOf } from './chosen-file'

/** What encrypts with the system's keyring, where there is one. */
export interface Keyring {
  canEncrypt(): Promise<boolean>
  encrypt(secret: string): Promise<string>
  decrypt(encrypted: string): Promise<string>
}

/** The private keys made here, a file each (mode 0600) in a folder of their own (0700); encrypted where the system can. */
export class KeyFolder {
  constructor(
    private readonly folder: string,
    private readonly keyring: Keyring,
  ) {}

  /** Keeps a key (PEM) and says how. @throws {AppError} `storage-failed`, `keyring-unavailable` */
  async keep(id: string, pem: string): Promise<KeyStorage> {
    const storage = (await this.keyring.canEncrypt()) ? 'encrypted' : 'plain'
    const text = storage === 'encrypted' ? await this.keyring.encrypt(pem) : pem
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(this.#pathOf(id), text, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      throw new AppError('storage-failed', 'The private key could not be stored', { file: id, reason: codeOf(error) })
    }
    return storage
  }

  /** A key again, as PEM. @throws {AppError} `private-key-unavailable` when its file or the keyring's key is gone */
  async read(id: string, storage: KeyStorage): Promise<string> {
    try {
      const text = readFileSync(this.#pathOf(id), 'utf8')
      return storage === 'encrypted' ? await this.keyring.decrypt(text) : text
    } catch {
      throw new AppError('private-key-unavailable', 'A private key is gone or cannot be decrypted')
    }
  }

  remove(id: string): void {
    rmSync(this.#pathOf(id), { force: true })
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}.key`)
  }
}
