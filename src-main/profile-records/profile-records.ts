import type { Connection } from '@shared/connection/connection'
import { z } from '@shared/schema'

/** As many as there can be profiles. */
const MOST_PROFILES = 1_000

export const RECORDS_SCHEMA_VERSION = 1

/** A tab, as far as its records go. */
export type RecordedTab = Pick<Connection, 'id' | 'source'>

/** What each profile has of one kind of thing, as it stands on disk. */
export interface RecordsDocument<Value> {
  readonly schemaVersion: typeof RECORDS_SCHEMA_VERSION
  readonly profiles: readonly { readonly profileId: string; readonly value: Value }[]
}

/** The schema of a file of records, for things of one kind; `formerKey`: what `value` was called in files of before. */
export function recordsDocumentSchema<Value>(value: z.ZodType<Value>, formerKey = 'value'): z.ZodType<RecordsDocument<Value>> {
  const entry = z.strictObject({ profileId: z.uuid(), value })
  const renamed = (raw: unknown): unknown =>
    typeof raw === 'object' && raw !== null && formerKey in raw
      ? Object.fromEntries(Object.entries(raw).map(([key, held]) => [key === formerKey ? 'value' : key, held as unknown]))
      : raw
  return z.strictObject({
    schemaVersion: z.literal(RECORDS_SCHEMA_VERSION),
    profiles: z.array(z.preprocess(renamed, entry)).max(MOST_PROFILES),
  })
}

export const NO_RECORDS: RecordsDocument<never> = { schemaVersion: RECORDS_SCHEMA_VERSION, profiles: [] }

/** Where the records lie. */
interface Storage<Value> {
  readonly document: RecordsDocument<Value>
  write(document: RecordsDocument<Value>): void
}

/** What all kinds of records have in common. */
export interface ProfileBound {
  tabsChanged(tabs: readonly RecordedTab[]): void
  profileDeleted(profileId: string): void
}

/** One thing for each profile, on disk. That of a tab without a profile lasts as long as the tab. */
export class ProfileRecords<Value> implements ProfileBound {
  readonly #unsaved = new Map<string, Value>()

  constructor(
    private readonly storage: Storage<Value>,
    /** What a profile has that has no record. */
    private readonly nothing: Value,
    /** A profile that was deleted may still have its tab. */
    private readonly hasProfile: (profileId: string) => boolean,
  ) {}

  read(tab: RecordedTab): Value {
    const profileId = this.#profileOf(tab)
    if (profileId === null) return this.#unsaved.get(tab.id) ?? this.nothing
    return this.storage.document.profiles.find((profile) => profile.profileId === profileId)?.value ?? this.nothing
  }

  /** @throws {AppError} `storage-failed`, `too-many` */
  update(tab: RecordedTab, value: Value): void {
    const profileId = this.#profileOf(tab)
    if (profileId === null) this.#unsaved.set(tab.id, value)
    else this.#write(profileId, value)
  }

  /** Forgets the records of tabs that are gone, and keeps those of a tab that became a profile's. @throws {AppError} as `update` */
  tabsChanged(tabs: readonly RecordedTab[]): void {
    for (const [id, value] of this.#unsaved) {
      const tab = tabs.find((open) => open.id === id)
      const profileId = tab === undefined ? null : this.#profileOf(tab)
      if (tab !== undefined && profileId === null) continue
      this.#unsaved.delete(id)
      if (profileId !== null) this.#write(profileId, value)
    }
  }

  /** @throws {AppError} as `update` */
  profileDeleted(profileId: string): void {
    this.#write(profileId, this.nothing)
  }

  #profileOf({ source }: RecordedTab): string | null {
    return source.kind === 'profile' && this.hasProfile(source.profileId) ? source.profileId : null
  }

  #write(profileId: string, value: Value): void {
    const before = this.storage.document.profiles
    const others = before.filter((profile) => profile.profileId !== profileId)
    const isNothing = JSON.stringify(value) === JSON.stringify(this.nothing)
    if (isNothing && others.length === before.length) return
    this.storage.write({
      schemaVersion: RECORDS_SCHEMA_VERSION,
      // Those of profiles that were lost with their file might be one too many.
      profiles: isNothing ? others : [...others, { profileId, value }].slice(-MOST_PROFILES),
    })
  }
}
