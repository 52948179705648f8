// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSettingsStore } from '../../../../../src-renderer/features/settings/store'

const request = vi.hoisted(() => vi.fn<(channel: string, args: unknown) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))

describe('the layout', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    request.mockReset()
    request.mockResolvedValue(undefined)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('changes at once, and is stored when it rests: what changed, and nothing else', () => {
    const store = useSettingsStore()
    store.setLayout({ treePercent: 30 })
    store.setLayout({ treePercent: 31 })
    store.setLayout({ publishCollapsed: true })
    expect(store.settings.layout).toMatchObject({ treePercent: 31, publishCollapsed: true })
    expect(request).not.toHaveBeenCalled()
    vi.runAllTimers()
    expect(request.mock.calls).toEqual([['settings.update', { layout: { treePercent: 31, publishCollapsed: true } }]])

    store.setTree({ columns: ['size'] })
    store.setTree({ favouriteRows: 3 })
    expect(store.settings.tree).toMatchObject({ columns: ['size'], favouriteRows: 3 })
    vi.runAllTimers()
    expect(request).toHaveBeenLastCalledWith('settings.update', { tree: { columns: ['size'], favouriteRows: 3 } })

    store.setLayout({ historyPercent: 40 })
    vi.runAllTimers()
    expect(request).toHaveBeenLastCalledWith('settings.update', { layout: { historyPercent: 40 } })
  })
})
