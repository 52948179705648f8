// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chart } from '@shared/charts/dashboard'
import { AppError } from '@shared/ipc/app-error'
import { useChartsStore } from '../../../../../src-renderer/features/charts/charts-store'
import { newChart } from '../../../../../src-renderer/features/charts/new-chart'

const ID = '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e'
const request = vi.hoisted(() => vi.fn<(channel: string, args: unknown) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))

/** Main with these charts; `fail` makes it unable to keep others. */
function main(charts: Chart[], fail = false): void {
  request.mockImplementation((channel) => {
    if (channel === 'charts.read-dashboard') return Promise.resolve({ charts })
    return fail ? Promise.reject(new AppError('storage-failed', 'disk full')) : Promise.resolve(undefined)
  })
}

const named = (name: string): Chart => ({ ...newChart(), name })

beforeEach(() => {
  setActivePinia(createPinia())
  request.mockReset()
})

describe('the dashboard of a tab', () => {
  it('is put together, moved and taken apart, and kept each time', async () => {
    const [a, b, c] = [named('a'), named('b'), named('c')]
    main([a])
    const store = useChartsStore()
    const names = () => store.chartsOf(ID)?.map(({ name }) => name)
    await store.put(ID, b)
    await store.insert(ID, c, 1)
    expect(names()).toEqual(['a', 'c', 'b'])
    await store.move(ID, a.id, 2)
    expect(names()).toEqual(['c', 'b', 'a'])
    await store.put(ID, { ...b, name: 'B' })
    await store.remove(ID, c.id)
    expect(names()).toEqual(['B', 'a'])
    expect(request).toHaveBeenLastCalledWith('charts.update-dashboard', { connectionId: ID, dashboard: { charts: store.chartsOf(ID) } })
    expect(request.mock.calls.filter(([channel]) => channel === 'charts.read-dashboard')).toHaveLength(1)
  })

  it('is as before when it cannot be kept, or would be too much', async () => {
    main(Array.from({ length: 50 }, (_, index) => named(String(index))), true)
    const store = useChartsStore()
    const [first] = (await store.load(ID)).charts
    await expect(store.put(ID, named('one more'))).rejects.toMatchObject({ code: 'too-many' })
    await expect(store.remove(ID, first?.id ?? '')).rejects.toMatchObject({ code: 'storage-failed' })
    expect(store.chartsOf(ID)).toHaveLength(50)
  })
})

describe('the chart of a topic in the inspector', () => {
  it('takes each field once, up to the most a chart may have, and goes with the tab', () => {
    const store = useChartsStore()
    expect(store.inspectedOf(ID, 'a')).toBeNull()
    store.addField(ID, { topic: 'a', path: ['v'] }, 'V')
    store.addField(ID, { topic: 'a', path: ['v'] })
    expect(store.inspectedOf(ID, 'a')?.series).toEqual([{ topic: 'a', path: ['v'], aggregation: 'all', unit: 'V' }])
    for (let index = 0; index < 30; index += 1) store.addField(ID, { topic: 'a', path: [index] })
    expect(store.inspectedOf(ID, 'a')?.series).toHaveLength(20)
    expect(store.inspectedOf(ID, 'b')).toBeNull()
    store.keepOnly(new Set())
    expect(store.inspectedOf(ID, 'a')).toBeNull()
  })
})
