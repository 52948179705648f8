// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import type { TreeRow } from '@shared/views/view-frame'
import { handleTreeKey } from '../../../../../src-renderer/features/topics/tree-keys'
import { treeRow } from '../../support/tree-row'

const row = (topic: string, expanded: boolean | null): TreeRow => treeRow(topic, { expanded })

function press(keys: KeyboardEventInit, active: TreeRow | null) {
  const navigation = {
    active: ref(active === null ? null : { row: active, index: 5 }),
    moveBy: vi.fn(),
    moveTo: vi.fn(),
    moveToTopic: vi.fn(() => Promise.resolve(true)),
    setExpanded: vi.fn(),
    expandToDepth: vi.fn(),
  }
  const copyTopic = vi.fn()
  const toggleFavourite = vi.fn()
  const expandToDepth = vi.fn()
  const taken = handleTreeKey(new KeyboardEvent('keydown', keys), navigation, {
    pageRows: 20,
    totalRows: 100,
    copyTopic,
    openMenu: vi.fn(),
    toggleFavourite,
    expandToDepth,
  })
  return { ...navigation, copyTopic, toggleFavourite, expandToDepth, taken }
}

describe('keys in the tree', () => {
  it('S marks the row, a digit expands so many levels of the whole tree, with or without a row', () => {
    expect(press({ key: 's' }, row('a/b', null)).toggleFavourite).toHaveBeenCalledWith('a/b')
    expect(press({ key: 's' }, null).taken).toBe(false)
    expect(press({ key: 's', ctrlKey: true }, row('a', null)).taken).toBe(false)
    expect(press({ key: '3' }, null).expandToDepth).toHaveBeenCalledWith(3)
    expect(press({ key: '6' }, row('a', true)).taken).toBe(false)
  })

  it('move by rows, pages and to the ends', () => {
    expect(press({ key: 'ArrowDown' }, null).moveBy).toHaveBeenCalledWith(1)
    expect(press({ key: 'PageUp' }, null).moveBy).toHaveBeenCalledWith(-20)
    expect(press({ key: 'End' }, null).moveTo).toHaveBeenCalledWith(99)
  })

  it('right opens, then goes into', () => {
    expect(press({ key: 'ArrowRight' }, row('a', false)).setExpanded).toHaveBeenCalledWith('a', true, false)
    expect(press({ key: 'ArrowRight' }, row('a', true)).moveTo).toHaveBeenCalledWith(6)
    expect(press({ key: 'ArrowRight', shiftKey: true }, row('a', true)).setExpanded).toHaveBeenCalledWith('a', true, true)
  })

  it('left closes, then goes to the level above, an empty one too', () => {
    expect(press({ key: 'ArrowLeft' }, row('a', true)).setExpanded).toHaveBeenCalledWith('a', false, false)
    expect(press({ key: 'ArrowLeft' }, row('a/b', null)).moveToTopic).toHaveBeenCalledWith('a')
    expect(press({ key: 'ArrowLeft' }, row('/b', false)).moveToTopic).toHaveBeenCalledWith('')
    expect(press({ key: 'ArrowLeft' }, row('a', null)).moveToTopic).not.toHaveBeenCalled()
  })

  it('space and enter open and close', () => {
    expect(press({ key: ' ' }, row('a', true)).setExpanded).toHaveBeenCalledWith('a', false, false)
    expect(press({ key: 'Enter' }, row('a', null)).setExpanded).not.toHaveBeenCalled()
  })

  it('leave shortcuts of the app alone, but for copying the topic', () => {
    expect(press({ key: 'k', ctrlKey: true }, row('a', null)).taken).toBe(false)
    expect(press({ key: 'Enter', ctrlKey: true }, row('a', false)).taken).toBe(false)
    expect(press({ key: 'c', ctrlKey: true }, row('a/b', null)).copyTopic).toHaveBeenCalledWith('a/b')
  })
})
