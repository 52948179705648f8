import { AppError } from '@shared/ipc/app-error'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import type { PasswordChange, PasswordStorage, Profile, ProfileDraft } from '@shared/profile/profile'
import { INITIAL_PROFILES, ProfileStore, profilesDocumentSchema, type ProfilesDocument } from '../../../../src-main/profiles/profile-store'

export function draftOf(name: string, more: Partial<ProfileDraft> = {}): ProfileDraft {
  return { ...defaultProfileDraft(`client-of-${name}`), name, ...more }
}

/** A saved profile without secrets, unless told otherwise. */
export function profileOf(id: string, name: string, more: Partial<Profile> = {}): Profile {
  const main = { passwordStorage: 'none', passphraseStorage: 'none', authenticationDataStorage: 'none' } as const
  const none = { ...main, proxyPasswordStorage: 'none', headersStorage: 'none' } as const
  return { ...draftOf(name), id, ...none, ...more }
}

export function setPassword(password: string, storage: Exclude<PasswordStorage, 'none'>): PasswordChange {
  return { kind: 'set', password, storage }
}

/** Keeps its document as a file would: as JSON, checked when read. */
export class MemoryFile {
  failing = false
  #json = JSON.stringify(INITIAL_PROFILES)

  get document(): ProfilesDocument {
    return profilesDocumentSchema.parse(JSON.parse(this.#json))
  }

  get json(): string {
    return this.#json
  }

  write(document: ProfilesDocument): void {
    if (this.failing) throw new AppError('storage-failed', 'no space left on device')
    this.#json = JSON.stringify(document)
  }
}

/** What the keyrings of these tests make of a secret. */
export function turned(text: string): string {
  return Array.from(text).reverse().join('')
}

/** Turns words around; can be slow, or locked. */
export class FakeKeyring {
  locked = false
  decrypted = 0
  #gate: Promise<void> = Promise.resolve()

  /** Holds every call until the returned function is called. */
  hold(): () => void {
    let open: () => void = () => undefined
    this.#gate = new Promise((resolve) => (open = resolve))
    return open
  }

  async encrypt(secret: string): Promise<string> {
    await this.#gate
    if (this.locked) throw new AppError('keyring-unavailable', 'locked')
    return Buffer.from(turned(secret)).toString('base64')
  }

  async decrypt(base64: string): Promise<string> {
    await this.#gate
    this.decrypted += 1
    if (this.locked) throw new AppError('keyring-unavailable', 'locked')
    return turned(Buffer.from(base64, 'base64').toString())
  }
}

/** A profile store and all it speaks to. */
export class ProfileStoreBench {
  readonly file = new MemoryFile()
  readonly keyring = new FakeKeyring()
  readonly told: Profile[][] = []
  store = this.restart()

  /** Another run of the app with the same file. */
  restart(): ProfileStore {
    this.store = new ProfileStore(this.file, this.keyring, (profiles) => this.told.push(profiles))
    return this.store
  }

  names(): string[] {
    return this.store.list().map(({ name }) => name)
  }
}
