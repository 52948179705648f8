// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { askedOf } from '@shared/connection/asked'
import type { Connection } from '@shared/connection/connection'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import type { TreeFrame, TreeRow } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import TopicTree from '../../../../../src-renderer/features/topics/TopicTree.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { treeRow as row } from '../../support/tree-row'
import { ONLINE } from '../../../../support/connection-status'

interface OpenView {
  target: Ref<{ spec: Partial<SpecOf<'tree'>> } | null>
  frame: ShallowRef<unknown>
}
const bridge = vi.hoisted(() => ({ request: vi.fn<(channel: string, args: unknown) => Promise<unknown>>() }))
const views: OpenView[] = []
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request: bridge.request, listen: () => () => undefined }))
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({
  useView: (target: OpenView['target']) => {
    const view = { target, frame: shallowRef(null) }
    views.push(view)
    return { frame: view.frame, viewId: shallowRef(1), error: shallowRef(null) }
  },
}))

const connection: Connection = {
  id: '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e',
  name: 'Test',
  source: { kind: 'demo' },
  address: 'mqtt://localhost:1883',
  routes: ['direct'],
  tlsChecks: null,
  username: '',
  clientId: 'x',
  asked: askedOf(defaultProfileDraft('x')),
  status: ONLINE,
  subscriptions: [{ filter: 'plant/#', qos: 0, state: { kind: 'granted', qos: 0 } }],
  outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
  paused: false,
}

const ROWS = [row('a', { expanded: true, subtopics: 2 }), row('a/'), row('a/b', { retain: true })]

async function treeWith(rows: readonly TreeRow[], firstRow = 0, totalRows = rows.length) {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(260)
  const tree = mount(TopicTree, {
    props: { connection, selectedTopic: null, favourites: new Set<string>(), hidden: [], lastSequence: () => 41, columns: ['messages', 'age'] },
    global: { plugins: [createPinia(), i18n] },
    attachTo: document.body,
  })
  const [view] = views
  const show = async (frame: Partial<TreeFrame>) => {
    if (view) view.frame.value = { kind: 'tree', firstRow, totalRows, rows, matches: null, searching: false, hiddenTopics: 0, ...frame }
    await flushPromises()
  }
  await show({})
  return { tree, view, show }
}

describe('TopicTree', () => {
  beforeEach(() => {
    views.length = 0
    document.body.innerHTML = ''
    bridge.request.mockReset()
    bridge.request.mockResolvedValue(undefined)
  })

  it('is a WAI-ARIA tree whose items start with their level and carry their topic', async () => {
    const { tree } = await treeWith(ROWS)
    expect(tree.get('[role=tree]').attributes('aria-label')).toBe('Topics')
    const items = tree.findAll('[role=treeitem]')
    expect(items.map((item) => item.attributes('data-topic'))).toEqual(['a', 'a/', 'a/b'])
    expect(items.map((item) => item.attributes('aria-level'))).toEqual(['1', '2', '2'])
    expect(items.map((item) => item.attributes('aria-expanded'))).toEqual(['true', undefined, undefined])
    expect(items[0]?.text()).toMatch(/^a/)
    expect(items[1]?.text()).toMatch(/^\(empty\)/)
    expect(items[2]?.text()).toContain('retained')
    expect(items[2]?.text()).toContain('1,234')
  })

  it('selects with the arrow keys from the selected topic on', async () => {
    const { tree } = await treeWith(ROWS)
    await tree.get('[role=tree]').trigger('keydown', { key: 'ArrowDown' })
    await tree.setProps({ selectedTopic: 'a' })
    await tree.get('[role=tree]').trigger('keydown', { key: 'ArrowDown' })
    expect(tree.emitted('select')).toEqual([['a'], ['a/']])
    const active = tree.get('[role=tree]').attributes('aria-activedescendant')
    expect(tree.get(`[id="${active}"]`).attributes('aria-selected')).toBe('true')
  })

  it('keeps the selection on its topic when rows move', async () => {
    const { tree, show } = await treeWith(ROWS)
    await tree.setProps({ selectedTopic: 'a/b' })
    await show({ rows: [row('0'), ...ROWS], totalRows: 4 })
    expect(tree.get('[aria-selected=true]').attributes('data-topic')).toBe('a/b')
  })

  it('shows a topic whose row comes into being on the way to it, also when an older frame comes first', async () => {
    const { tree, show } = await treeWith(ROWS)
    bridge.request.mockImplementation((channel) => Promise.resolve(channel === 'topics.reveal' ? { row: 142 } : undefined))
    const revealed = tree.vm.reveal('deep/topic')
    await flushPromises()
    await show({ rows: [...ROWS, row('b')], totalRows: 4 })
    await show({ totalRows: 200 })
    expect(await revealed).toBe(true)
    expect(tree.get('[role=tree]').element.scrollTop).toBeGreaterThan(0)
  })

  it('selects a row that is not there yet as soon as it is', async () => {
    const { tree, show } = await treeWith(ROWS, 0, 1_000)
    await tree.get('[role=tree]').trigger('keydown', { key: 'End' })
    expect(tree.emitted('select')).toBeUndefined()
    await show({ firstRow: 990, totalRows: 1_000, rows: Array.from({ length: 10 }, (_, index) => row(`t${990 + index}`)) })
    expect(tree.emitted('select')).toEqual([['t999']])
  })

  it('asks for a window of rows, never for all of them', async () => {
    const { view } = await treeWith(ROWS, 0, 1_000_000)
    expect(view?.target.value?.spec).toMatchObject({ firstRow: 0 })
    expect(view?.target.value?.spec.rowCount).toBeLessThan(100)
  })

  it('asks for nothing while the page is hidden, and keeps what it shows', async () => {
    const { tree, view } = await treeWith(ROWS)
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(view?.target.value).toBeNull()
    if (view) view.frame.value = null
    await flushPromises()
    expect(tree.findAll('[role=treeitem]')).toHaveLength(3)
  })

  it('says which filters are subscribed when nothing came yet', async () => {
    const { tree } = await treeWith([])
    expect(tree.text()).toContain('Waiting for messages')
    expect(tree.text()).toContain('plant/#')
  })

  it('words a wrong topic filter and goes on with the last right one', async () => {
    const { tree, view } = await treeWith(ROWS)
    await tree.get('input').setValue('a/b#')
    expect(document.body.textContent).toContain('# stands for whole levels')
    expect(view?.target.value?.spec.search).toBe('')
  })

  it('pauses by a button that then resumes', async () => {
    const { tree } = await treeWith(ROWS)
    await tree.get('button[aria-label="Pause"]').trigger('click')
    expect(bridge.request).toHaveBeenCalledWith('connections.set-paused', { connectionId: connection.id, paused: true })
    await tree.setProps({ connection: { ...connection, paused: true } })
    expect(tree.find('button[aria-label="Resume"]').exists()).toBe(true)
    expect(tree.text()).toContain('Paused')
  })

  it('sorts by its columns, of which the user chooses', async () => {
    const { tree, view } = await treeWith(ROWS)
    const button = (name: string) => tree.findAll('button.column').find((column) => column.text() === name)
    expect(tree.findAll('button.column').map((column) => column.text())).toEqual(['Topic', 'Messages', 'Age'])
    await button('Messages')?.trigger('click')
    expect(view?.target.value?.spec.sort).toBe('messages')
    expect(button('Messages')?.attributes('aria-pressed')).toBe('true')
    await tree.setProps({ columns: ['size', 'rate'] })
    expect(tree.findAll('button.column').map((column) => column.text())).toEqual(['Topic', 'Rate', 'Size'])
    expect(tree.find('[role=treeitem]').text()).not.toContain('1,234')
  })

  it('holds the order of rows sorted by a number while the pointer is among them', async () => {
    const { tree, view } = await treeWith(ROWS)
    const list = tree.get('[role=tree]')
    await tree.findAll('button.column')[1]?.trigger('click')
    expect(view?.target.value?.spec.liveSort).toBe(true)
    await list.trigger('pointerenter')
    expect(view?.target.value?.spec.liveSort).toBe(false)
    await list.trigger('pointerleave')
    expect(view?.target.value?.spec.liveSort).toBe(true)
    await tree.setProps({ selectedTopic: 'a' })
    await list.trigger('keydown', { key: 'ArrowDown' })
    expect(view?.target.value?.spec.liveSort).toBe(false)
  })

  it('shows only what changed since a moment, and says so when nothing did', async () => {
    const { tree, view, show } = await treeWith(ROWS)
    await tree.get('button[aria-label="Changed only"]').trigger('click')
    expect(view?.target.value?.spec.changedAfter).toBe(41)
    expect(tree.text()).toMatch(/Changed since \d\d:\d\d:\d\d/)
    await show({ rows: [], totalRows: 0 })
    expect(tree.text()).toMatch(/Nothing has changed since \d\d:\d\d:\d\d/)
    await tree.setProps({ lastSequence: () => 99 })
    const seen = tree.findAll('button').find((button) => button.text() === 'Mark all seen')
    await seen?.trigger('click')
    expect(view?.target.value?.spec.changedAfter).toBe(99)
    await tree.setProps({ lastSequence: () => 5 })
    await show({ rows: ROWS })
    expect(view?.target.value?.spec.changedAfter).toBe(0)
    await tree.get('button[aria-label="Show all topics"]').trigger('click')
    expect(view?.target.value?.spec.changedAfter).toBeNull()
  })

  it('leaves hidden topics to the engine, and says when it leaves nothing', async () => {
    const { tree, view, show } = await treeWith(ROWS)
    await tree.setProps({ hidden: ['a/#'] })
    expect(view?.target.value?.spec.hidden).toEqual(['a/#'])
    await show({ rows: [], totalRows: 0, hiddenTopics: 2 })
    expect(tree.text()).toContain('All topics are hidden')
    expect(tree.text()).toContain('2 topics are hidden by filters of yours')
  })

  it('does not say that nothing matches before all was searched', async () => {
    const { tree, show } = await treeWith(ROWS)
    await tree.get('input').setValue('zzz')
    await vi.waitFor(async () => {
      await show({ rows: [], totalRows: 0, matches: 0, searching: true })
      expect(tree.text()).not.toContain('No topic matches')
    })
    await vi.waitFor(async () => {
      await show({ rows: [], totalRows: 0, matches: 0, searching: false })
      expect(tree.text()).toContain('No topic matches')
    })
  })

  it('shows favourites by a star, whose click selects nothing', async () => {
    const { tree } = await treeWith(ROWS)
    await tree.setProps({ favourites: new Set(['a/b']) })
    expect(tree.get('[data-topic="a/b"]').text()).toContain('favourite')
    const star = tree.get('[data-topic="a/b"] [data-star]')
    await star.trigger('mousedown', { button: 0 })
    await star.trigger('click')
    expect(tree.emitted('toggleFavourite')).toEqual([['a/b']])
    expect(tree.emitted('select')).toBeUndefined()
  })

  it('draws rows that have not come yet', async () => {
    const { tree } = await treeWith(ROWS, 0, 1_000)
    expect(tree.findAll('.placeholder').length).toBeGreaterThan(5)
  })
})
