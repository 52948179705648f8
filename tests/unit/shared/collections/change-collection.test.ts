import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeCollection, inverseOf } from '@shared/collections/change-collection'
import { MAX_FOLDER_DEPTH, MAX_ITEMS, type Collection, type CollectionChange, type Folder, type Item } from '@shared/collections/collection'
import { everyItem } from '@shared/collections/collection-tree'
import { savedFolder, savedMessage } from '../../../support/saved-messages'

/** Names, folders with what is in them. */
const outline = (items: Collection): unknown[] => items.map((item) => (item.kind === 'message' ? item.name : [item.name, ...outline(item.children)]))

function nested(depth: number, inside: readonly Item[] = []): Folder {
  return depth === 1 ? savedFolder('d1', ...inside) : savedFolder(`d${depth}`, nested(depth - 1, inside))
}

const a = savedMessage('a')
const b = savedMessage('b')
const inner = savedFolder('inner', b)
const outer = savedFolder('outer', inner, savedMessage('c'))
const items: Collection = [a, outer]

describe('changeCollection', () => {
  it('inserts at a place, at the top or in a folder however deep', () => {
    const item = savedMessage('new')
    expect(outline(changeCollection(items, { kind: 'insert', place: { folderId: null, index: 1 }, item }))).toEqual(['a', 'new', ['outer', ['inner', 'b'], 'c']])
    expect(outline(changeCollection(items, { kind: 'insert', place: { folderId: inner.id, index: 0 }, item }))).toEqual(['a', ['outer', ['inner', 'new', 'b'], 'c']])
  })

  it('moves an item between folders and among its siblings, but a folder not into itself', () => {
    expect(outline(changeCollection(items, { kind: 'move', id: b.id, place: { folderId: null, index: 0 } }))).toEqual(['b', 'a', ['outer', ['inner'], 'c']])
    expect(outline(changeCollection(items, { kind: 'move', id: inner.id, place: { folderId: outer.id, index: 1 } }))).toEqual(['a', ['outer', 'c', ['inner', 'b']]])
    expect(changeCollection(items, { kind: 'move', id: outer.id, place: { folderId: inner.id, index: 0 } })).toBe(items)
  })

  it('renames, rewrites and removes', () => {
    expect(outline(changeCollection(items, { kind: 'rename', id: inner.id, name: 'x' }))).toEqual(['a', ['outer', ['x', 'b'], 'c']])
    expect(outline(changeCollection(items, { kind: 'rewrite', message: { ...b, name: 'y' } }))).toEqual(['a', ['outer', ['inner', 'y'], 'c']])
    expect(outline(changeCollection(items, { kind: 'remove', id: outer.id }))).toEqual(['a'])
  })

  it('lets folders lie five deep, whether they come in or are moved there', () => {
    const deepest = nested(MAX_FOLDER_DEPTH, [savedMessage('x')])
    const place = { folderId: null, index: 0 }
    expect(() => changeCollection([], { kind: 'insert', place, item: deepest })).not.toThrow()
    expect(() => changeCollection([], { kind: 'insert', place, item: nested(MAX_FOLDER_DEPTH + 1) })).toThrowError(expect.objectContaining({ code: 'collection-full' }))
    const folder = savedFolder('more')
    const into = [...everyItem([deepest])].filter(({ kind }) => kind === 'folder').at(-1)?.id ?? null
    expect(() => changeCollection([deepest, folder], { kind: 'move', id: folder.id, place: { folderId: into, index: 0 } })).toThrowError(
      expect.objectContaining({ code: 'collection-full' }),
    )
  })

  it('takes so many items and no more, and none of an id that is there', () => {
    const full = Array.from({ length: MAX_ITEMS }, (_, index) => savedMessage(String(index)))
    const place = { folderId: null, index: 0 }
    expect(() => changeCollection(full, { kind: 'insert', place, item: a })).toThrowError(expect.objectContaining({ code: 'collection-full' }))
    expect(() => changeCollection(items, { kind: 'insert', place, item: savedFolder('f', b) })).toThrowError(expect.objectContaining({ code: 'invalid-arguments' }))
  })
})

describe('inverseOf', () => {
  it('undoes every change', () => {
    const ids = [...everyItem(items)].map(({ id }) => id)
    const id = fc.constantFrom(...ids)
    const place = fc.record({ folderId: fc.constantFrom(null, outer.id, inner.id), index: fc.nat(4) })
    const change: fc.Arbitrary<CollectionChange> = fc.oneof(
      fc.record({ kind: fc.constant('rename' as const), id, name: fc.string({ minLength: 1 }) }),
      fc.record({ kind: fc.constant('remove' as const), id }),
      fc.record({ kind: fc.constant('move' as const), id, place }),
      fc.record({ kind: fc.constant('insert' as const), place, item: fc.constant(savedMessage('new')) }),
      fc.constant({ kind: 'rewrite' as const, message: { ...b, note: 'changed' } }),
    )
    fc.assert(
      fc.property(change, (one) => {
        const undo = inverseOf(items, one)
        const changed = changeCollection(items, one)
        expect(undo === null ? changed : changeCollection(changed, undo)).toEqual(items)
      }),
    )
  })
})
