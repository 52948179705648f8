import type { PasswordChange } from '@shared/profile/profile'
import { secretNameSchema, type SecretName } from '@shared/profile/secret'
import { z } from '@shared/schema'

const SECRET_NAMES = secretNameSchema.options

export const storedSecretSchema = z.discriminatedUnion('storage', [
  z.strictObject({ storage: z.literal('none') }),
  /** Typed again after each start: only the fact is stored. */
  z.strictObject({ storage: z.literal('session') }),
  z.strictObject({ storage: z.literal('encrypted'), base64: z.string() }),
  z.strictObject({ storage: z.literal('plain'), secret: z.string() }),
])
export type StoredSecret = z.infer<typeof storedSecretSchema>

/** What happens to each secret when a profile is saved. */
export type SecretChanges = Readonly<Record<SecretName, PasswordChange>>

/** Leaves every secret as it is: a new profile has none. */
export const KEEP_SECRETS: SecretChanges = {
  password: { kind: 'keep' },
  passphrase: { kind: 'keep' },
  proxyPassword: { kind: 'keep' },
  headers: { kind: 'keep' },
  authenticationData: { kind: 'keep' },
}

/** What encrypts the secrets. */
export interface Encryption {
  encrypt(secret: string): Promise<string>
  decrypt(base64: string): Promise<string>
}

/** Keeps secrets the way the user chose for each. */
export class ProfileSecrets {
  /** Those kept until the app closes, by profile and name. */
  readonly #session = new Map<string, string>()

  constructor(private readonly encryption: Encryption) {}

  /** The secret itself; null when there is none, or it was kept for a session that is over. @throws {AppError} */
  async read(profileId: string, name: SecretName, stored: StoredSecret): Promise<string | null> {
    switch (stored.storage) {
      case 'none':
        return null
      case 'session':
        return this.#session.get(keyOf(profileId, name)) ?? null
      case 'encrypted':
        return this.encryption.decrypt(stored.base64)
      case 'plain':
        return stored.secret
    }
  }

  /** What is to be stored from now on, of each secret that changes. @throws {AppError} `keyring-unavailable` */
  async toStored(changes: SecretChanges): Promise<Partial<Record<SecretName, StoredSecret>>> {
    const stored: Partial<Record<SecretName, StoredSecret>> = {}
    for (const name of SECRET_NAMES) {
      const secret = await this.#storedOf(changes[name])
      if (secret !== null) stored[name] = secret
    }
    return stored
  }

  async #storedOf(change: PasswordChange): Promise<StoredSecret | null> {
    if (change.kind === 'keep') return null
    if (change.kind === 'clear') return { storage: 'none' }
    switch (change.storage) {
      case 'encrypted':
        return { storage: 'encrypted', base64: await this.encryption.encrypt(change.password) }
      case 'session':
        return { storage: 'session' }
      case 'plain':
        return { storage: 'plain', secret: change.password }
    }
  }

  /** Takes over what the changes say of the present session, once they are stored. */
  remember(profileId: string, changes: SecretChanges): void {
    for (const name of SECRET_NAMES) {
      const change = changes[name]
      if (change.kind === 'keep') continue
      this.#session.delete(keyOf(profileId, name))
      if (change.kind === 'set' && change.storage === 'session') this.#session.set(keyOf(profileId, name), change.password)
    }
  }

  copy(fromId: string, toId: string): void {
    for (const name of SECRET_NAMES) {
      const secret = this.#session.get(keyOf(fromId, name))
      if (secret !== undefined) this.#session.set(keyOf(toId, name), secret)
    }
  }

  forget(profileId: string): void {
    for (const name of SECRET_NAMES) this.#session.delete(keyOf(profileId, name))
  }
}

function keyOf(profileId: string, name: SecretName): string {
  return `${profileId} ${name}`
}
