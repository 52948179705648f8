import { randomUUID } from 'node:crypto'
import { AppError } from '@shared/ipc/app-error'
import { generateClientId } from '@shared/profile/profile-defaults'
import { profileDraftSchema, type Profile, type ProfileDraft } from '@shared/profile/profile'
import type { SecretName } from '@shared/profile/secret'
import { z } from '@shared/schema'
import { readHeaderValues, type HeaderValues } from './header-values'
import { ProfileSecrets, storedSecretSchema, type Encryption, type SecretChanges } from './profile-secrets'

const storedProfileSchema = z.strictObject({
  id: z.uuid(),
  draft: profileDraftSchema,
  password: storedSecretSchema,
  passphrase: storedSecretSchema,
  proxyPassword: storedSecretSchema,
  headers: storedSecretSchema,
  authenticationData: storedSecretSchema,
})
type StoredProfile = z.infer<typeof storedProfileSchema>

const NO_SECRET = { storage: 'none' } as const

/** Most profiles that are kept. */
const MAX_PROFILES = 1_000

export const PROFILES_SCHEMA_VERSION = 1
export const profilesDocumentSchema = z.strictObject({
  schemaVersion: z.literal(PROFILES_SCHEMA_VERSION),
  profiles: z.array(storedProfileSchema).max(MAX_PROFILES),
})
export type ProfilesDocument = z.infer<typeof profilesDocumentSchema>
export const INITIAL_PROFILES: ProfilesDocument = { schemaVersion: PROFILES_SCHEMA_VERSION, profiles: [] }

/** Where the profiles lie. */
interface Storage {
  readonly document: ProfilesDocument
  write(document: ProfilesDocument): void
}

/** A profile to be saved; without an id it is a new one. */
export interface ChangedProfile {
  readonly profileId: string | null
  readonly draft: ProfileDraft
  readonly changes: SecretChanges
}

/** The saved broker profiles. Secrets go in, and out to an engine only. */
export class ProfileStore {
  readonly #secrets: ProfileSecrets

  constructor(
    private readonly storage: Storage,
    encryption: Encryption,
    private readonly changed: (profiles: Profile[]) => void,
  ) {
    this.#secrets = new ProfileSecrets(encryption)
  }

  list(): Profile[] {
    return this.storage.document.profiles.map((stored) => this.#publish(stored))
  }

  /** @throws {AppError} `profile-not-found` */
  get(profileId: string): Profile {
    return this.#publish(this.#find(profileId))
  }

  /**
   * A secret to connect with: null when the profile has none, or it was kept for a session that is over.
   * @throws {AppError} `profile-not-found`, `keyring-unavailable`
   */
  async secretOf(profileId: string, name: SecretName): Promise<string | null> {
    return this.#secrets.read(profileId, name, this.#find(profileId)[name])
  }

  /** The headers of which there is a value. @throws {AppError} `profile-not-found`, `keyring-unavailable` */
  async headersOf(profileId: string): Promise<HeaderValues> {
    return readHeaderValues(await this.secretOf(profileId, 'headers'))
  }

  /** Changes a profile, or makes one when `profileId` is null. @throws {AppError} */
  async save(profileId: string | null, draft: ProfileDraft, changes: SecretChanges): Promise<Profile> {
    const [id = ''] = await this.saveAll([{ profileId, draft, changes }])
    return this.get(id)
  }

  /** Saves all, or none when one of them fails; returns their ids. @throws {AppError} */
  async saveAll(changed: readonly ChangedProfile[]): Promise<string[]> {
    const encrypted = []
    for (const { profileId, draft, changes } of changed) {
      if (profileId !== null) this.#find(profileId)
      const secrets = await this.#secrets.toStored(changes)
      encrypted.push({ id: profileId ?? randomUUID(), isNew: profileId === null, draft, changes, secrets })
    }
    // Read only now: another request may have written while the secrets were being encrypted.
    const profiles = new Map(this.storage.document.profiles.map((profile) => [profile.id, profile]))
    for (const { id, isNew, draft, secrets } of encrypted) {
      const before = isNew ? null : this.#find(id)
      profiles.set(id, {
        id,
        draft,
        password: secrets.password ?? before?.password ?? NO_SECRET,
        passphrase: secrets.passphrase ?? before?.passphrase ?? NO_SECRET,
        proxyPassword: secrets.proxyPassword ?? before?.proxyPassword ?? NO_SECRET,
        headers: secrets.headers ?? before?.headers ?? NO_SECRET,
        authenticationData: secrets.authenticationData ?? before?.authenticationData ?? NO_SECRET,
      })
    }
    this.#write([...profiles.values()])
    for (const { id, changes } of encrypted) this.#secrets.remember(id, changes)
    return encrypted.map(({ id }) => id)
  }

  /** A copy right after the original, with a client identifier of its own: two clients cannot share one. */
  duplicate(profileId: string, name: string): Profile {
    const original = this.#find(profileId)
    const copy: StoredProfile = {
      ...original,
      id: randomUUID(),
      draft: { ...original.draft, name, clientId: original.draft.clientId === '' ? '' : generateClientId() },
    }
    const profiles = [...this.storage.document.profiles]
    profiles.splice(profiles.findIndex(({ id }) => id === profileId) + 1, 0, copy)
    this.#write(profiles)
    this.#secrets.copy(profileId, copy.id)
    return this.#publish(copy)
  }

  delete(profileId: string): void {
    this.#find(profileId)
    this.#write(this.storage.document.profiles.filter(({ id }) => id !== profileId))
    this.#secrets.forget(profileId)
  }

  /** Puts a profile at another place in the list, and into a group where one is named. */
  move(profileId: string, toIndex: number, group?: string): Profile[] {
    const found = this.#find(profileId)
    const moved = group === undefined ? found : { ...found, draft: { ...found.draft, group } }
    const profiles = this.storage.document.profiles.filter(({ id }) => id !== profileId)
    profiles.splice(toIndex, 0, moved)
    this.#write(profiles)
    return this.list()
  }

  #find(profileId: string): StoredProfile {
    const found = this.storage.document.profiles.find(({ id }) => id === profileId)
    if (found === undefined) throw new AppError('profile-not-found', 'There is no such profile')
    return found
  }

  #write(profiles: StoredProfile[]): void {
    if (profiles.length > MAX_PROFILES) throw new AppError('too-many', 'Too many profiles', { limit: MAX_PROFILES })
    this.storage.write({ schemaVersion: PROFILES_SCHEMA_VERSION, profiles })
    this.changed(this.list())
  }

  #publish({ id, draft, password, passphrase, proxyPassword, headers, authenticationData }: StoredProfile): Profile {
    return {
      ...draft,
      id,
      passwordStorage: password.storage,
      passphraseStorage: passphrase.storage,
      proxyPasswordStorage: proxyPassword.storage,
      headersStorage: headers.storage,
      authenticationDataStorage: authenticationData.storage,
    }
  }
}
