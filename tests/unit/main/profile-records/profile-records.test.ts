import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { marksSchema, NO_MARKS, type Marks } from '@shared/marks/marks'
import { markHandlers } from '../../../../src-main/marks/mark-handlers'
import {
  NO_RECORDS,
  ProfileRecords,
  recordsDocumentSchema,
  type RecordedTab,
  type RecordsDocument,
} from '../../../../src-main/profile-records/profile-records'

const A = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const B = '7a1b2c3d-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const TAB = '11111111-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const OTHER_TAB = '22222222-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const MARKS: Marks = { favourites: ['plant/a'], hidden: ['noise/#'] }
const OTHERS: Marks = { favourites: [], hidden: ['$SYS/#'] }

const ofProfile = (profileId: string, id = TAB): RecordedTab => ({ id, source: { kind: 'profile', profileId } })
const unsaved = (id = TAB): RecordedTab => ({ id, source: { kind: 'command-line' } })

let profiles: Set<string>
let file: { document: RecordsDocument<Marks>; failing: boolean; write: (document: RecordsDocument<Marks>) => void }
let store: ProfileRecords<Marks>

beforeEach(() => {
  profiles = new Set([A, B])
  file = {
    document: NO_RECORDS,
    failing: false,
    write(document) {
      if (this.failing) throw new AppError('storage-failed', 'disk full')
      // As it comes back from disk.
      this.document = recordsDocumentSchema(marksSchema).parse(JSON.parse(JSON.stringify(document)))
    },
  }
  store = new ProfileRecords(file, NO_MARKS, (profileId) => profiles.has(profileId))
})

describe('ProfileRecords', () => {
  it('keeps the marks of each profile over a restart', () => {
    expect(store.read(ofProfile(A))).toEqual(NO_MARKS)
    store.update(ofProfile(A), MARKS)
    store.update(ofProfile(B), OTHERS)
    const restarted = new ProfileRecords(file, NO_MARKS, () => true)
    expect(restarted.read(ofProfile(A, OTHER_TAB))).toEqual(MARKS)
    expect(restarted.read(ofProfile(B))).toEqual(OTHERS)
  })

  it('writes nothing for a profile without marks', () => {
    store.update(ofProfile(A), MARKS)
    store.update(ofProfile(A), NO_MARKS)
    expect(file.document).toEqual(NO_RECORDS)
  })

  it('deletes the marks of a deleted profile, and takes none for it any more', () => {
    store.update(ofProfile(A), MARKS)
    store.update(ofProfile(B), OTHERS)
    profiles.delete(A)
    store.profileDeleted(A)
    expect(file.document.profiles.map(({ profileId }) => profileId)).toEqual([B])
    store.update(ofProfile(A), MARKS)
    expect(store.read(ofProfile(A))).toEqual(MARKS)
    expect(file.document.profiles.map(({ profileId }) => profileId)).toEqual([B])
  })

  it('keeps those of a tab without a profile until it closes', () => {
    store.update(unsaved(), MARKS)
    expect(file.document).toEqual(NO_RECORDS)
    store.tabsChanged([unsaved(), unsaved(OTHER_TAB)])
    expect(store.read(unsaved())).toEqual(MARKS)
    expect(store.read(unsaved(OTHER_TAB))).toEqual(NO_MARKS)
    store.tabsChanged([unsaved(OTHER_TAB)])
    expect(store.read(unsaved())).toEqual(NO_MARKS)
  })

  it('takes them along when the tab is saved as a profile', () => {
    store.update(unsaved(), MARKS)
    store.tabsChanged([ofProfile(B)])
    expect(file.document.profiles).toEqual([{ profileId: B, value: MARKS }])
    expect(store.read(ofProfile(B))).toEqual(MARKS)
  })

  it('reads a file in which values went by another name', () => {
    const former = { schemaVersion: 1, profiles: [{ profileId: A, marks: MARKS }] }
    expect(recordsDocumentSchema(marksSchema, 'marks').parse(former).profiles).toEqual([{ profileId: A, value: MARKS }])
    expect(recordsDocumentSchema(marksSchema).safeParse(former).success).toBe(false)
  })

  it('leaves the marks as they were when they cannot be written', () => {
    store.update(ofProfile(A), MARKS)
    file.failing = true
    expect(() => store.update(ofProfile(A), OTHERS)).toThrow('disk full')
    expect(store.read(ofProfile(A))).toEqual(MARKS)
  })
})

it('marks are asked for by connection', async () => {
  const handlers = markHandlers(store, (id) => (id === TAB ? ofProfile(A) : unsaved(id)))
  await handlers['marks.update']({ connectionId: TAB, marks: MARKS })
  expect(await handlers['marks.read']({ connectionId: TAB })).toEqual(MARKS)
  expect(await handlers['marks.read']({ connectionId: OTHER_TAB })).toEqual(NO_MARKS)
  expect(store.read(ofProfile(A))).toEqual(MARKS)
})
