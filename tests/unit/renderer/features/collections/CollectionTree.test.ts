// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import CollectionTree from '../../../../../src-renderer/features/collections/CollectionTree.vue'
import { useCollectionsStore } from '../../../../../src-renderer/features/collections/collections-store'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { savedFolder, savedMessage } from '../../../../support/saved-messages'

const bridge = vi.hoisted(() => ({ request: vi.fn<(channel: string, args?: unknown) => Promise<unknown>>() }))
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request: bridge.request, listen: () => () => undefined }))

const first = savedMessage('first')
const inside = savedMessage('inside')
const folder = savedFolder('folder', inside)

async function show() {
  setActivePinia(createPinia())
  const store = useCollectionsStore()
  bridge.request.mockImplementation((channel) => Promise.resolve(channel === 'collections.read' ? [first, folder] : undefined))
  await store.load()
  const wrapper = mount(CollectionTree, { props: { menuOf: () => [] }, global: { plugins: [i18n] } })
  const press = async (...keys: readonly Partial<KeyboardEvent>[]) => {
    for (const key of keys) await wrapper.get('[role=tree]').trigger('keydown', key)
    await flushPromises()
  }
  return { store, press, rows: () => wrapper.findAll('[role=treeitem]').map((row) => row.get('.name').text()) }
}

const selectedName = (store: ReturnType<typeof useCollectionsStore>) => store.selected?.name

describe('the tree of saved messages', () => {
  beforeEach(() => void bridge.request.mockReset())

  it('is gone through and folded by keys', async () => {
    const { store, press, rows } = await show()
    await press({ key: 'ArrowDown' }, { key: 'ArrowDown' }, { key: 'ArrowDown' })
    expect(selectedName(store)).toBe('inside')
    await press({ key: 'ArrowLeft' })
    expect(selectedName(store)).toBe('folder')
    await press({ key: 'ArrowLeft' })
    expect(rows()).toEqual(['first', 'folder'])
    await press({ key: 'ArrowRight' }, { key: 'ArrowRight' })
    expect([rows(), selectedName(store)]).toEqual([['first', 'folder', 'inside'], 'inside'])
  })

  it('deletes what is selected, and has it back', async () => {
    const { store, press, rows } = await show()
    await press({ key: 'End' }, { key: 'ArrowLeft' }, { key: 'Delete' })
    expect(rows()).toEqual(['first'])
    expect(bridge.request).toHaveBeenLastCalledWith('collections.change', { kind: 'remove', id: folder.id })
    await store.undoRemove()
    await flushPromises()
    expect(rows()).toEqual(['first', 'folder', 'inside'])
    expect(selectedName(store)).toBe('folder')
  })

  it('moves what is selected among its siblings', async () => {
    const { press, rows } = await show()
    await press({ key: 'Home' }, { key: 'ArrowDown', altKey: true })
    expect(rows()).toEqual(['folder', 'inside', 'first'])
    await press({ key: 'ArrowUp', altKey: true })
    expect(rows()).toEqual(['first', 'folder', 'inside'])
  })

  it('keeps what there is when a change is refused', async () => {
    const { store, rows } = await show()
    bridge.request.mockImplementation(() => Promise.reject(new Error('storage-failed')))
    await expect(store.remove(first)).rejects.toThrow()
    expect([rows(), store.removed]).toEqual([['first', 'folder', 'inside'], null])
  })
})
