import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { changeCollection, inverseOf } from '@shared/collections/change-collection'
import type { Collection, CollectionChange, Item, Place } from '@shared/collections/collection'
import { findItem, placeOf, withNewIds } from '@shared/collections/collection-tree'
import type { MessageContent, SavedMessage } from '@shared/collections/saved-message'
import { request } from '../../bridge/client'
import { EMPTY_CONTENT } from './message-form'

/** What the panel below the message shows. */
export type SendingTab = 'runs' | 'log' | 'request'

/** The saved messages, which of them is looked at, and the way back from the last deletion. */
export const useCollectionsStore = defineStore('collections', () => {
  const items = shallowRef<Collection>([])
  const isLoading = ref(true)
  const loadError = shallowRef<unknown>(null)
  const selectedId = ref<string | null>(null)
  const closed = ref<ReadonlySet<string>>(new Set())
  const removed = shallowRef<{ readonly name: string; readonly undo: CollectionChange } | null>(null)
  const tab = ref<SendingTab>('runs')
  /** What is to be saved into a folder the user has yet to choose. */
  const saving = shallowRef<{ readonly name: string; readonly content: MessageContent } | null>(null)

  const selected = computed(() => (selectedId.value === null ? null : findItem(items.value, selectedId.value)))

  async function load(): Promise<void> {
    try {
      items.value = await request('collections.read')
      loadError.value = null
    } catch (error) {
      loadError.value = error
    } finally {
      isLoading.value = false
    }
  }

  /** Makes a change, and says what undoes it. */
  async function change(wanted: CollectionChange): Promise<CollectionChange | null> {
    const undo = inverseOf(items.value, wanted)
    await request('collections.change', wanted)
    // Others may have been made meanwhile.
    items.value = changeCollection(items.value, wanted)
    return undo
  }

  function setClosed(id: string, isClosed: boolean): void {
    const next = new Set(closed.value)
    if (isClosed) next.add(id)
    else next.delete(id)
    closed.value = next
  }

  /** Where something new goes: into the selected folder, or beside the selected message. */
  function placeForNew(): { folderId: string | null; index: number } {
    const { value } = selected
    if (value === null) return { folderId: null, index: items.value.length }
    if (value.kind === 'folder') return { folderId: value.id, index: value.children.length }
    const place = placeOf(items.value, value.id)
    return place === null ? { folderId: null, index: items.value.length } : { ...place, index: place.index + 1 }
  }

  async function insert(item: Item, place = placeForNew()): Promise<void> {
    await change({ kind: 'insert', place, item })
    if (place.folderId !== null) setClosed(place.folderId, false)
    selectedId.value = item.id
  }

  const addFolder = (name: string) => insert({ kind: 'folder', id: crypto.randomUUID(), name, children: [] })

  const addMessage = (name: string, content: MessageContent = EMPTY_CONTENT, place = placeForNew()) =>
    insert({ kind: 'message', id: crypto.randomUUID(), name, ...content }, place)

  async function duplicate(item: Item, name: string): Promise<void> {
    const place = placeOf(items.value, item.id)
    if (place !== null) await insert({ ...withNewIds(item, () => crypto.randomUUID()), name }, { ...place, index: place.index + 1 })
  }

  async function remove(item: Item): Promise<void> {
    const undo = await change({ kind: 'remove', id: item.id })
    removed.value = undo === null ? null : { name: item.name, undo }
    if (selectedId.value !== null && findItem(items.value, selectedId.value) === null) selectedId.value = null
  }

  async function undoRemove(): Promise<void> {
    if (removed.value === null) return
    const { undo } = removed.value
    await change(undo)
    removed.value = null
    if (undo.kind === 'insert') selectedId.value = undo.item.id
  }

  const rename = (id: string, name: string) => change({ kind: 'rename', id, name })
  const rewrite = (message: SavedMessage) => change({ kind: 'rewrite', message })

  /** Moves an item to a place among those that stay. */
  async function move(item: Item, place: Place): Promise<void> {
    await change({ kind: 'move', id: item.id, place })
    if (place.folderId !== null) setClosed(place.folderId, false)
  }

  const moveTo = (item: Item, folderId: string | null) => move(item, { folderId, index: Number.MAX_SAFE_INTEGER })

  /** Moves an item among its siblings. */
  async function moveBy(item: Item, by: -1 | 1): Promise<void> {
    const place = placeOf(items.value, item.id)
    if (place === null || place.index + by < 0) return
    await change({ kind: 'move', id: item.id, place: { ...place, index: place.index + by } })
  }

  return {
    items,
    isLoading,
    loadError,
    selectedId,
    selected,
    closed,
    removed,
    tab,
    saving,
    load,
    setClosed,
    insert,
    addFolder,
    addMessage,
    duplicate,
    remove,
    undoRemove,
    rename,
    rewrite,
    move,
    moveTo,
    moveBy,
  }
})
