// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { NO_MARKS, type Marks } from '@shared/marks/marks'
import { useMarksStore } from '../../../../../src-renderer/features/marks/marks-store'

const ID = '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e'
const request = vi.hoisted(() => vi.fn<(channel: string, args: unknown) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))

/** Main with these marks; `fail` makes it unable to keep others. */
function main(marks: Marks, fail = false): void {
  request.mockImplementation((channel) => {
    if (channel === 'marks.read') return Promise.resolve(marks)
    return fail ? Promise.reject(new AppError('storage-failed', 'disk full')) : Promise.resolve(undefined)
  })
}

beforeEach(() => {
  setActivePinia(createPinia())
  request.mockReset()
})

describe('the marks of a tab', () => {
  it('are changed only once they are known, so that none get lost', async () => {
    main({ favourites: ['old'], hidden: ['x/#'] })
    const store = useMarksStore()
    await store.toggleFavourite(ID, 'new')
    expect(store.marksOf(ID)).toEqual({ favourites: ['old', 'new'], hidden: ['x/#'] })
    expect(request).toHaveBeenLastCalledWith('marks.update', { connectionId: ID, marks: store.marksOf(ID) })
    await store.toggleFavourite(ID, 'old')
    expect(store.marksOf(ID).favourites).toEqual(['new'])
    expect(request.mock.calls.filter(([channel]) => channel === 'marks.read')).toHaveLength(1)
  })

  it('hold each hidden filter once', async () => {
    main(NO_MARKS)
    const store = useMarksStore()
    await store.setHidden(ID, (hidden) => [...hidden, 'a/#'])
    await store.setHidden(ID, (hidden) => [...hidden, 'a/#', 'b'])
    expect(store.marksOf(ID).hidden).toEqual(['a/#', 'b'])
  })

  it('are as before when they cannot be kept', async () => {
    main({ favourites: ['old'], hidden: [] }, true)
    const store = useMarksStore()
    await expect(store.toggleFavourite(ID, 'new')).rejects.toMatchObject({ code: 'storage-failed' })
    expect(store.marksOf(ID).favourites).toEqual(['old'])
  })

  it('are no more than can be watched', async () => {
    main({ favourites: Array.from({ length: 100 }, (_, index) => `t${index}`), hidden: [] })
    const store = useMarksStore()
    await expect(store.toggleFavourite(ID, 'one more')).rejects.toMatchObject({ code: 'too-many' })
    await store.toggleFavourite(ID, 't5')
    expect(store.marksOf(ID).favourites).toHaveLength(99)
  })

  it('are forgotten with the tab', async () => {
    main({ favourites: ['a'], hidden: [] })
    const store = useMarksStore()
    await store.load(ID)
    store.keepOnly(new Set())
    expect(store.marksOf(ID)).toEqual(NO_MARKS)
  })
})
