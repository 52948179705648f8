import { beforeEach, describe, expect, it } from 'vitest'
import type { HeadersChange } from '@shared/profile/profile'
import { headerSecretChange, readHeaderValues } from '../../../../src-main/profiles/header-values'
import { profileHandlers } from '../../../../src-main/profiles/profile-handlers'
import { draftOf, ProfileStoreBench } from '../support/profile-store-bench'

const KEEP = { kind: 'keep' } as const
const set = (values: Record<string, string | null>, storage: 'encrypted' | 'session' | 'plain' = 'encrypted'): HeadersChange => ({
  kind: 'set',
  values: Object.entries(values).map(([name, value]) => ({ name, value })),
  storage,
})

let bench: ProfileStoreBench

beforeEach(() => {
  bench = new ProfileStoreBench()
})

const save = (headers: HeadersChange, profileId: string | null = null) => {
  const names = headers.kind === 'set' ? headers.values.map(({ name }) => name) : []
  const draft = draftOf('a', { protocol: 'ws', headerNames: names })
  return profileHandlers(bench.store, () => undefined)['profiles.save']({ profileId, draft, password: KEEP, passphrase: KEEP, proxyPassword: KEEP, authenticationData: KEEP, headers })
}

describe('the values of headers', () => {
  it.each(['encrypted', 'session', 'plain'] as const)('are a secret: %s', async (storage) => {
    const saved = await save(set({ Authorization: 'Bearer canary', 'X-Tenant': 'plant' }, storage))
    expect(saved).toMatchObject({ headerNames: ['Authorization', 'X-Tenant'], headersStorage: storage })
    expect(JSON.stringify([saved, bench.store.list(), bench.told])).not.toContain('canary')
    expect(bench.file.json.includes('canary')).toBe(storage === 'plain')
    const values = [{ name: 'Authorization', value: 'Bearer canary' }, { name: 'X-Tenant', value: 'plant' }]
    expect(await bench.store.headersOf(saved.id)).toEqual(values)
    bench.restart()
    expect(await bench.store.headersOf(saved.id)).toEqual(storage === 'session' ? [] : values)
  })

  it('change one by one, and go with their header', async () => {
    const { id } = await save(set({ A: '1', B: '2', C: '3' }))
    await save(set({ a: null, B: 'two', D: null }), id)
    expect(await bench.store.headersOf(id)).toEqual([{ name: 'a', value: '1' }, { name: 'B', value: 'two' }])
    const empty = await save(set({}), id)
    expect(empty.headersStorage).toBe('none')
    expect(await bench.store.headersOf(id)).toEqual([])
  })

  it('stay as they are when nothing is said of them, whatever the keyring says', async () => {
    const { id } = await save(set({ A: '1' }))
    bench.keyring.locked = true
    await save(KEEP, id)
    bench.keyring.locked = false
    expect(await bench.store.headersOf(id)).toEqual([{ name: 'A', value: '1' }])
  })

  it('make way for new ones, or for none, when the keyring no longer opens them', async () => {
    const { id } = await save(set({ A: '1' }))
    bench.keyring.locked = true
    await expect(save(set({ A: null }), id)).rejects.toMatchObject({ code: 'keyring-unavailable' })
    await save(set({ A: '2' }, 'plain'), id)
    expect(await bench.store.headersOf(id)).toEqual([{ name: 'A', value: '2' }])
    expect(await save(set({}), id)).toMatchObject({ headersStorage: 'none' })
  })
})

describe('readHeaderValues', () => {
  it.each([null, '', '{', '{}', '[{"name":"A"}]', '[{"name":"Host","value":"x"}]', '[{"name":"A","value":"x\\r\\ny"}]'])(
    'finds none in %j',
    (secret) => {
      expect(readHeaderValues(secret)).toEqual([])
    },
  )
})

describe('headerSecretChange', () => {
  it('keeps no value that nobody has', () => {
    expect(headerSecretChange(set({ A: null }), [])).toEqual({ kind: 'clear' })
    expect(headerSecretChange(KEEP, [])).toEqual(KEEP)
  })
})
