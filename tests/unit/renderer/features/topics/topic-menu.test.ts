// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { topicMenu } from '../../../../../src-renderer/features/topics/topic-menu'
import type { MenuAction, MenuItem } from '../../../../../src-renderer/ui/menu-item'
import type { TreeRow } from '@shared/views/view-frame'
import { treeRow as row } from '../../support/tree-row'

function menuOf(of: TreeRow | null, isFavourite = false) {
  const actions = {
    setExpanded: vi.fn(),
    expandToDepth: vi.fn(),
    copy: vi.fn(),
    publishHere: vi.fn(),
    listRetained: vi.fn(),
    clearRetained: vi.fn(),
    showTable: vi.fn(),
    decode: vi.fn(),
    toggleFavourite: vi.fn(),
    hide: vi.fn(),
    showHidden: vi.fn(),
  }
  const items = topicMenu(of, isFavourite, actions, (key, _values, count) => key.replace(/^topics\./, '') + String(count ?? ''))
  const all = (list: readonly MenuItem[]): MenuAction[] =>
    list.flatMap((item) => (item === 'separator' ? [] : 'items' in item ? all(item.items) : [item]))
  const choose = (label: string): void => all(items).find((item) => item.label === label)?.onSelect()
  return { actions, labels: all(items).map(({ label }) => label), choose }
}

describe('the menu of a topic', () => {
  it('hides the topic alone, or it with all below, by filters that do just that', () => {
    const { choose, actions } = menuOf(row('a/b', { expanded: false }))
    choose('menu.hide')
    choose('menu.hideBelow')
    expect(actions.hide.mock.calls).toEqual([['a/b'], ['a/b/#']])
  })

  it('offers only what makes a difference', () => {
    expect(menuOf(row('leaf', {})).labels).not.toContain('menu.hideBelow')
    expect(menuOf(row('leaf', {})).labels).not.toContain('menu.expandBelow')
    expect(menuOf(row('folder', { expanded: true, previewKind: 'none' })).labels).not.toContain('menu.hide')
  })

  it('offers for the level without a name at the top only what can be done with it', () => {
    const { labels, choose, actions } = menuOf(row('', { expanded: true, previewKind: 'none' }))
    expect(labels).not.toContain('menu.addFavourite')
    choose('menu.hideBelow')
    expect(actions.hide).toHaveBeenCalledWith('/#')
  })

  it('offers a decoder rule for the topic alone, or for all below it', () => {
    const leaf = menuOf(row('a/b', {}))
    leaf.choose('menu.decode')
    const folder = menuOf(row('a', { expanded: false }))
    folder.choose('menu.decodeBelow')
    expect([leaf.actions.decode.mock.calls, folder.actions.decode.mock.calls]).toEqual([[['a/b']], [['a/#']]])
  })

  it('takes a favourite back', () => {
    expect(menuOf(row('a', {})).labels).toContain('menu.addFavourite')
    const { choose, actions } = menuOf(row('a', {}), true)
    choose('menu.removeFavourite')
    expect(actions.toggleFavourite).toHaveBeenCalledWith('a')
  })

  it('expands below a topic, or the whole tree, to a depth', () => {
    const { choose, actions } = menuOf(row('a', { expanded: false }))
    choose('levels3')
    const whole = menuOf(null)
    whole.choose('levels1')
    expect(actions.expandToDepth).toHaveBeenCalledWith('a', 3)
    expect(whole.actions.expandToDepth).toHaveBeenCalledWith(null, 1)
    whole.choose('menu.hidden')
    expect(whole.actions.showHidden).toHaveBeenCalled()
  })
})
