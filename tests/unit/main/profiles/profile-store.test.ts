import { beforeEach, describe, expect, it } from 'vitest'
import { profileSchema } from '@shared/profile/profile'
import { KEEP_SECRETS } from '../../../../src-main/profiles/profile-secrets'
import { draftOf, profileOf, ProfileStoreBench } from '../support/profile-store-bench'

const UNKNOWN = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const NOT_FOUND = expect.objectContaining({ code: 'profile-not-found' }) as Error

let bench: ProfileStoreBench

beforeEach(() => {
  bench = new ProfileStoreBench()
})

/** Makes profiles of these names; their ids by name. */
async function make(...names: string[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const name of names) ids[name] = (await bench.store.save(null, draftOf(name), KEEP_SECRETS)).id
  return ids
}

describe('ProfileStore', () => {
  it('makes profiles with identities of their own and has them after a restart', async () => {
    const one = await bench.store.save(null, draftOf('one', { host: 'h', port: 5 }), KEEP_SECRETS)
    await make('two')
    expect(one).toEqual(profileOf(one.id, 'one', { host: 'h', port: 5 }))
    const before = bench.store.list()
    expect(new Set(before.map(({ id }) => id)).size).toBe(2)
    expect(bench.restart().list()).toEqual(before)
    expect(bench.names()).toEqual(['one', 'two'])
    for (const profile of before) expect(profileSchema.safeParse(profile).success).toBe(true)
  })

  it('changes a profile in its place', async () => {
    const { b } = await make('a', 'b', 'c')
    const changed = await bench.store.save(b ?? '', draftOf('B', { username: 'ada' }), KEEP_SECRETS)
    expect(changed).toMatchObject({ id: b, name: 'B', username: 'ada' })
    expect(bench.names()).toEqual(['a', 'B', 'c'])
    expect(bench.store.get(b ?? '')).toEqual(changed)
  })

  it('deletes one, and only that', async () => {
    const { b } = await make('a', 'b', 'c')
    bench.store.delete(b ?? '')
    expect(bench.names()).toEqual(['a', 'c'])
    expect(() => bench.store.get(b ?? '')).toThrow(NOT_FOUND)
  })

  it.each([
    [0, ['c', 'a', 'b', 'd']],
    [1, ['a', 'c', 'b', 'd']],
    [2, ['a', 'b', 'c', 'd']],
    [3, ['a', 'b', 'd', 'c']],
    [99, ['a', 'b', 'd', 'c']],
  ])('moves the third of four to place %i', async (toIndex, expected) => {
    const { c } = await make('a', 'b', 'c', 'd')
    expect(bench.store.move(c ?? '', toIndex).map(({ name }) => name)).toEqual(expected)
    expect(bench.names()).toEqual(expected)
  })

  it('moves a profile into another group, and leaves its group where none is named', async () => {
    const { a } = await make('a', 'b')
    expect(bench.store.move(a ?? '', 1, 'Plant').map(({ name, group }) => [name, group])).toEqual([['b', ''], ['a', 'Plant']])
    expect(bench.store.move(a ?? '', 0).map(({ name, group }) => [name, group])).toEqual([['a', 'Plant'], ['b', '']])
  })

  it('saves many at once, or none, and tells it once', async () => {
    const { a } = await make('a')
    bench.told.length = 0
    const all = ['x', 'y'].map((name) => ({ profileId: null, draft: draftOf(name), changes: KEEP_SECRETS }))
    const ids = await bench.store.saveAll([{ profileId: a ?? '', draft: draftOf('A'), changes: KEEP_SECRETS }, ...all])
    expect(bench.names()).toEqual(['A', 'x', 'y'])
    expect(bench.store.list().map(({ id }) => id)).toEqual(ids)
    expect(bench.told).toHaveLength(1)
    await expect(bench.store.saveAll([...all, { profileId: UNKNOWN, draft: draftOf('z'), changes: KEEP_SECRETS }])).rejects.toThrow(NOT_FOUND)
    expect(bench.names()).toEqual(['A', 'x', 'y'])
  })

  it('tells the whole list after every change', async () => {
    const { a, b } = await make('a', 'b')
    bench.store.move(b ?? '', 0)
    bench.store.duplicate(a ?? '', 'copy')
    await bench.store.save(a ?? '', draftOf('A'), KEEP_SECRETS)
    bench.store.delete(b ?? '')
    expect(bench.told.map((list) => list.map(({ name }) => name))).toEqual([
      ['a'],
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'a', 'copy'],
      ['b', 'A', 'copy'],
      ['A', 'copy'],
    ])
    expect(bench.told.at(-1)).toEqual(bench.store.list())
  })

  it('knows no profile it does not have', async () => {
    await make('a')
    const { store } = bench
    for (const ask of [() => store.get(UNKNOWN), () => store.delete(UNKNOWN), () => store.move(UNKNOWN, 0), () => store.duplicate(UNKNOWN, 'x')]) {
      expect(ask).toThrow(NOT_FOUND)
    }
    await expect(store.secretOf(UNKNOWN, 'password')).rejects.toEqual(NOT_FOUND)
    await expect(store.save(UNKNOWN, draftOf('x'), KEEP_SECRETS)).rejects.toEqual(NOT_FOUND)
    expect(bench.names()).toEqual(['a'])
  })
})

describe('a duplicate', () => {
  it('stands right behind the original, the same in all but name and client identifier', async () => {
    const { a } = await make('a', 'z')
    const copy = bench.store.duplicate(a ?? '', 'a (copy)')
    expect(bench.names()).toEqual(['a', 'a (copy)', 'z'])
    expect(copy.id).not.toBe(a)
    expect(copy).toEqual({ ...bench.store.get(a ?? ''), id: copy.id, name: 'a (copy)', clientId: copy.clientId })
    expect(copy.clientId).toMatch(/^[0-9a-z]{20}$/)
  })

  it('leaves the client identifier to the broker when the original does', async () => {
    const { id } = await bench.store.save(null, draftOf('a', { clientId: '' }), KEEP_SECRETS)
    expect(bench.store.duplicate(id, 'b').clientId).toBe('')
  })

  it('goes its own way', async () => {
    const { a } = await make('a')
    const copy = bench.store.duplicate(a ?? '', 'b')
    await bench.store.save(copy.id, draftOf('b', { host: 'elsewhere' }), KEEP_SECRETS)
    expect(bench.store.get(a ?? '').host).toBe('localhost')
  })
})

describe('the limit on profiles', () => {
  const LIMIT = 1_000
  const TOO_MANY = expect.objectContaining({ code: 'too-many', details: { limit: LIMIT } }) as Error

  it('holds for new ones and copies, for a longer list could not be read again', async () => {
    const { a } = await make('a')
    const [first] = bench.file.document.profiles
    if (first === undefined) throw new Error('not saved')
    const profiles = Array.from({ length: LIMIT }, (_, index) => {
      return index === 0 ? first : { ...first, id: `${UNKNOWN.slice(0, -4)}${index.toString(16).padStart(4, '0')}` }
    })
    bench.file.write({ schemaVersion: 1, profiles })
    await expect(bench.store.save(null, draftOf('one more'), KEEP_SECRETS)).rejects.toEqual(TOO_MANY)
    expect(() => bench.store.duplicate(a ?? '', 'copy')).toThrow(TOO_MANY)
    expect(bench.restart().list()).toHaveLength(LIMIT)
    bench.store.delete(a ?? '')
    await bench.store.save(null, draftOf('now'), KEEP_SECRETS)
    expect(bench.restart().list()).toHaveLength(LIMIT)
  })
})

describe('a disk that cannot be written', () => {
  const FAILED = expect.objectContaining({ code: 'storage-failed' }) as Error

  it('leaves every profile as it was', async () => {
    const { a, b } = await make('a', 'b')
    const [before, json, told] = [bench.store.list(), bench.file.json, bench.told.length]
    bench.file.failing = true
    const { store } = bench
    await expect(store.save(null, draftOf('c'), KEEP_SECRETS)).rejects.toEqual(FAILED)
    await expect(store.save(a ?? '', draftOf('A'), KEEP_SECRETS)).rejects.toEqual(FAILED)
    expect(() => store.duplicate(a ?? '', 'copy')).toThrow(FAILED)
    expect(() => store.delete(a ?? '')).toThrow(FAILED)
    expect(() => store.move(b ?? '', 0)).toThrow(FAILED)
    expect(store.list()).toEqual(before)
    expect(bench.file.json).toBe(json)
    expect(bench.told).toHaveLength(told)
  })
})
