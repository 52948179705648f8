import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../../../../src-renderer/features/collections/tree-rows'
import { savedFolder, savedMessage } from '../../../../support/saved-messages'

describe('rowsOf', () => {
  it('lists what is in open folders, with its level and its place among its siblings', () => {
    const inner = savedFolder('inner', savedMessage('b'))
    const items = [savedMessage('a'), savedFolder('outer', inner, savedMessage('c'))]
    const shown = (closed: readonly string[]) =>
      rowsOf(items, new Set(closed)).map(({ item, level, position, siblings }) => `${item.name} ${level} ${position}/${siblings}`)
    expect(shown([])).toEqual(['a 1 1/2', 'outer 1 2/2', 'inner 2 1/2', 'b 3 1/1', 'c 2 2/2'])
    expect(shown([inner.id])).toEqual(['a 1 1/2', 'outer 1 2/2', 'inner 2 1/2', 'c 2 2/2'])
  })
})
