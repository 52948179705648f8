import { randomUUID } from 'node:crypto'
import { AppError } from '@shared/ipc/app-error'
import { generateClientId } from '@shared/profile/profile-defaults'
import {
  profileDraftSchema,
  type PasswordChange,
  type PasswordStorage,
  type Profile,
  type ProfileDraft,
} from '@shared/profile/profile'
import { z } from '@shared/schema'

const storedPasswordSchema = z.discriminatedUnion('storage', [
  z.strictObject({ storage: z.literal('none') }),
  /** Typed again after each start: only the fact is stored. */
  z.strictObject({ storage: z.literal('session') }),
  z.strictObject({ storage: z.literal('encrypted'), base64: z.string() }),
  z.strictObject({ storage: z.literal('plain'), password: z.string() }),
])
type StoredPassword = z.infer<typeof storedPasswordSchema>

const storedProfileSchema = z.strictObject({
  id: z.uuid(),
  draft: profileDraftSchema,
  password: storedPasswordSchema,
})
type StoredProfile = z.infer<typeof storedProfileSchema>

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

/** What encrypts the passwords. */
interface Encryption {
  encrypt(secret: string): Promise<string>
  decrypt(base64: string): Promise<string>
}

/** The saved broker profiles. Passwords go in, and out to an engine only. */
export class ProfileStore {
  /** Passwords kept until the app closes, by profile. */
  readonly #sessionPasswords = new Map<string, string>()

  constructor(
    private readonly storage: Storage,
    private readonly encryption: Encryption,
    private readonly changed: (profiles: Profile[]) => void,
  ) {}

  list(): Profile[] {
    return this.storage.document.profiles.map((stored) => this.#publish(stored))
  }

  /** @throws {AppError} `profile-not-found` */
  get(profileId: string): Profile {
    return this.#publish(this.#find(profileId))
  }

  /**
   * The password to connect with: null when the profile has none, or its session password is gone.
   * @throws {AppError} `profile-not-found`, `keyring-unavailable`
   */
  async passwordOf(profileId: string): Promise<string | null> {
    const { password } = this.#find(profileId)
    switch (password.storage) {
      case 'none':
        return null
      case 'session':
        return this.#sessionPasswords.get(profileId) ?? null
      case 'encrypted':
        return this.encryption.decrypt(password.base64)
      case 'plain':
        return password.password
    }
  }

  /** Changes a profile, or makes one when `profileId` is null. @throws {AppError} */
  async save(profileId: string | null, draft: ProfileDraft, change: PasswordChange): Promise<Profile> {
    if (profileId !== null) this.#find(profileId)
    const changed = await this.#toStored(change)
    // Read only now: another request may have written while the password was being encrypted.
    const before = profileId === null ? null : this.#find(profileId)
    const id = profileId ?? randomUUID()
    const stored: StoredProfile = { id, draft, password: changed ?? before?.password ?? { storage: 'none' } }
    const { profiles } = this.storage.document
    this.#write(before === null ? [...profiles, stored] : profiles.map((profile) => (profile.id === id ? stored : profile)))
    if (change.kind !== 'keep') this.#sessionPasswords.delete(id)
    if (change.kind === 'set' && change.storage === 'session') this.#sessionPasswords.set(id, change.password)
    return this.#publish(stored)
  }

  /** A copy right after the original, with a client identifier of its own: two clients cannot share one. */
  duplicate(profileId: string, name: string): Profile {
    const original = this.#find(profileId)
    const copy: StoredProfile = {
      id: randomUUID(),
      draft: { ...original.draft, name, clientId: original.draft.clientId === '' ? '' : generateClientId() },
      password: original.password,
    }
    const profiles = [...this.storage.document.profiles]
    profiles.splice(profiles.findIndex(({ id }) => id === profileId) + 1, 0, copy)
    this.#write(profiles)
    const password = this.#sessionPasswords.get(profileId)
    if (password !== undefined) this.#sessionPasswords.set(copy.id, password)
    return this.#publish(copy)
  }

  delete(profileId: string): void {
    this.#find(profileId)
    this.#write(this.storage.document.profiles.filter(({ id }) => id !== profileId))
    this.#sessionPasswords.delete(profileId)
  }

  /** Puts a profile at another place in the list. */
  move(profileId: string, toIndex: number): Profile[] {
    const moved = this.#find(profileId)
    const profiles = this.storage.document.profiles.filter(({ id }) => id !== profileId)
    profiles.splice(toIndex, 0, moved)
    this.#write(profiles)
    return this.list()
  }

  /** What is to be stored from now on; null when nothing changes. */
  async #toStored(change: PasswordChange): Promise<StoredPassword | null> {
    if (change.kind === 'keep') return null
    if (change.kind === 'clear') return { storage: 'none' }
    switch (change.storage) {
      case 'encrypted':
        return { storage: 'encrypted', base64: await this.encryption.encrypt(change.password) }
      case 'session':
        return { storage: 'session' }
      case 'plain':
        return { storage: 'plain', password: change.password }
    }
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

  #publish({ id, draft, password }: StoredProfile): Profile {
    const passwordStorage: PasswordStorage = password.storage
    return { ...draft, id, passwordStorage }
  }
}
