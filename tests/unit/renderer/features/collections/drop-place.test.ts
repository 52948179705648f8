import { describe, expect, it } from 'vitest'
import { changeCollection } from '@shared/collections/change-collection'
import type { Collection, Item } from '@shared/collections/collection'
import { everyItem } from '@shared/collections/collection-tree'
import { dropPlace } from '../../../../../src-renderer/features/collections/drop-place'
import { rowsOf } from '../../../../../src-renderer/features/collections/tree-rows'
import { savedFolder, savedMessage } from '../../../../support/saved-messages'

const a = savedMessage('a')
const b = savedMessage('b')
const c = savedMessage('c')
const inner = savedFolder('inner', c)
const folder = savedFolder('folder', b, inner)
const end = savedMessage('end')
const ITEMS: Collection = [a, folder, end]
const ALL_OPEN = new Set<string>()

/** The tree once `dragged` fell there, as names; null: it cannot fall there. */
function dropped(dragged: Item, over: Item, share: number, closed: ReadonlySet<string> = ALL_OPEN): string | null {
  const row = rowsOf(ITEMS, closed).find(({ item }) => item.id === over.id) ?? expect.fail('the row is not in sight')
  const found = dropPlace(ITEMS, row, share, !closed.has(over.id), dragged.id)
  if (found === null) return null
  return namesOf(changeCollection(ITEMS, { kind: 'move', id: dragged.id, place: found.place }))
}
const namesOf = (items: Collection): string =>
  items.map((item) => (item.kind === 'folder' ? `${item.name}(${namesOf(item.children)})` : item.name)).join(' ')

describe('where a dragged item falls', () => {
  it.each<[string, Item, Item, number, string | null]>([
    ['before a message', end, a, 0.2, 'end a folder(b inner(c))'],
    ['after a message', a, end, 0.8, 'folder(b inner(c)) end a'],
    ['before a folder', end, folder, 0.1, 'a end folder(b inner(c))'],
    ['at the end of a folder', a, folder, 0.5, 'folder(b inner(c) a) end'],
    ['at the start of an open folder', a, folder, 0.9, 'folder(a b inner(c)) end'],
    ['beside what is in a folder', end, c, 0.1, 'a folder(b inner(end c))'],
    ['among its siblings', b, inner, 0.9, 'a folder(inner(b c)) end'],
    ['out of its folder', c, a, 0.1, 'c a folder(b inner()) end'],
    ['as a folder into a folder', inner, a, 0.9, 'a inner(c) folder(b) end'],
    ['where it is: before itself', b, b, 0.1, null],
    ['where it is: after the one before', folder, a, 0.9, null],
    ['where it is: last of its folder', inner, folder, 0.5, null],
    ['into itself', folder, folder, 0.5, null],
    ['into what is in it', folder, inner, 0.5, null],
    ['beside what is in it', folder, c, 0.1, null],
  ])('%s', (_where, dragged, over, share, expected) => {
    expect(dropped(dragged, over, share)).toBe(expected)
  })

  it('after a closed folder, where an open one would take it', () => {
    expect(dropped(a, folder, 0.9, new Set([folder.id]))).toBe('folder(b inner(c)) a end')
  })

  it('loses nothing, wherever that is', () => {
    const ids = [...everyItem(ITEMS)].map(({ id }) => id).sort()
    for (const row of rowsOf(ITEMS, ALL_OPEN)) {
      for (const dragged of everyItem(ITEMS)) {
        for (const share of [0, 0.3, 0.7, 1]) {
          const found = dropPlace(ITEMS, row, share, true, dragged.id)
          if (found === null) continue
          const after = changeCollection(ITEMS, { kind: 'move', id: dragged.id, place: found.place })
          expect([...everyItem(after)].map(({ id }) => id).sort()).toEqual(ids)
        }
      }
    }
  })
})
