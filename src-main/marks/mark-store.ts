import type { Connection } from '@shared/connection/connection'
import { marksSchema, NO_MARKS, type Marks } from '@shared/marks/marks'
import { z } from '@shared/schema'

/** As many as there can be profiles. */
const MOST_PROFILES = 1_000

export const MARKS_SCHEMA_VERSION = 1
export const marksDocumentSchema = z.strictObject({
  schemaVersion: z.literal(MARKS_SCHEMA_VERSION),
  profiles: z.array(z.strictObject({ profileId: z.uuid(), marks: marksSchema })).max(MOST_PROFILES),
})
export type MarksDocument = z.infer<typeof marksDocumentSchema>
export const INITIAL_MARKS: MarksDocument = { schemaVersion: MARKS_SCHEMA_VERSION, profiles: [] }

/** Where the marks lie. */
interface Storage {
  readonly document: MarksDocument
  write(document: MarksDocument): void
}

/** A tab, as far as its marks go. */
export type MarkedTab = Pick<Connection, 'id' | 'source'>

/** The marks of each profile, on disk. Those of a tab without a profile last as long as the tab. */
export class MarkStore {
  readonly #unsaved = new Map<string, Marks>()

  constructor(
    private readonly storage: Storage,
    /** A profile that was deleted may still have its tab. */
    private readonly hasProfile: (profileId: string) => boolean,
  ) {}

  read(tab: MarkedTab): Marks {
    const profileId = this.#profileOf(tab)
    if (profileId === null) return this.#unsaved.get(tab.id) ?? NO_MARKS
    return this.storage.document.profiles.find((profile) => profile.profileId === profileId)?.marks ?? NO_MARKS
  }

  /** @throws {AppError} `storage-failed`, `too-many` */
  update(tab: MarkedTab, marks: Marks): void {
    const profileId = this.#profileOf(tab)
    if (profileId === null) this.#unsaved.set(tab.id, marks)
    else this.#write(profileId, marks)
  }

  /** Forgets the marks of tabs that are gone, and keeps those of a tab that became a profile's. @throws {AppError} as `update` */
  tabsChanged(tabs: readonly MarkedTab[]): void {
    for (const [id, marks] of this.#unsaved) {
      const tab = tabs.find((open) => open.id === id)
      const profileId = tab === undefined ? null : this.#profileOf(tab)
      if (tab !== undefined && profileId === null) continue
      this.#unsaved.delete(id)
      if (profileId !== null) this.#write(profileId, marks)
    }
  }

  /** @throws {AppError} as `update` */
  profileDeleted(profileId: string): void {
    this.#write(profileId, NO_MARKS)
  }

  #profileOf({ source }: MarkedTab): string | null {
    return source.kind === 'profile' && this.hasProfile(source.profileId) ? source.profileId : null
  }

  #write(profileId: string, marks: Marks): void {
    const before = this.storage.document.profiles
    const others = before.filter((profile) => profile.profileId !== profileId)
    const isEmpty = marks.favourites.length + marks.hidden.length === 0
    if (isEmpty && others.length === before.length) return
    this.storage.write({
      schemaVersion: MARKS_SCHEMA_VERSION,
      // Those of profiles that were lost with their file might be one too many.
      profiles: isEmpty ? others : [...others, { profileId, marks }].slice(-MOST_PROFILES),
    })
  }
}
