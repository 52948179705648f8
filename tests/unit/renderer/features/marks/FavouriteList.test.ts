// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import type { TopicValue, ValuesFrame } from '@shared/views/view-frame'
import FavouriteList from '../../../../../src-renderer/features/marks/FavouriteList.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const view = vi.hoisted(() => ({ target: null as Ref<unknown> | null, frame: null as ShallowRef<ValuesFrame | null> | null }))
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({
  useView: (target: Ref<unknown>) => {
    const frame = shallowRef<ValuesFrame | null>(null)
    Object.assign(view, { target, frame })
    return { frame, viewId: shallowRef(1), error: shallowRef(null) }
  },
}))

const TOPICS = ['plant/press/temperature', 'plant/press/', 'status']
const value = (topic: string, more: Partial<TopicValue>): TopicValue => ({
  topic,
  known: true,
  previewKind: 'text',
  preview: 'on',
  retain: false,
  messages: 1,
  lastMessageAtMs: Date.now() - 180_000,
  lastSequence: 1,
  ...more,
})

function mountList(props: Partial<{ selectedTopic: string | null; collapsed: boolean; rows: number }> = {}) {
  return mount(FavouriteList, {
    props: { connectionId: 'c', topics: TOPICS, selectedTopic: null, paused: false, collapsed: false, rows: 6, ...props },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
}

describe('the favourites', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
  })

  it('show the last value of each, and say which had no message yet', async () => {
    const list = mountList()
    if (view.frame) {
      view.frame.value = {
        kind: 'values',
        values: [
          value(TOPICS[0] ?? '', { preview: '71.4' }),
          value(TOPICS[1] ?? '', { previewKind: 'empty', preview: '' }),
          value('status', { known: false, previewKind: 'none', lastMessageAtMs: null }),
        ],
      }
    }
    await flushPromises()
    const [first, second, third] = list.findAll('[role=option]').map((option) => option.text())
    expect(first).toMatch(/^temperature.*71\.4.*3 min/s)
    expect(second).toMatch(/^\(empty\).*\(empty payload\)/s)
    expect(third).toMatch(/^status\s*no message yet$/)
  })

  it('are watched only while they show', async () => {
    const list = mountList()
    expect(view.target?.value).toEqual({ connectionId: 'c', spec: { kind: 'values', topics: TOPICS } })
    await list.setProps({ collapsed: true })
    expect(view.target?.value).toBeNull()
    expect(list.find('[role=listbox]').exists()).toBe(false)
    expect(list.get('button').attributes('aria-expanded')).toBe('false')
    await list.get('button').trigger('click')
    expect(list.emitted('update:collapsed')).toEqual([[false]])
  })

  it('are selected with the keyboard, shown in the tree with Enter, removed with S', async () => {
    const list = mountList({ selectedTopic: 'status' })
    const box = list.get('[role=listbox]')
    expect(list.get(`[id="${box.attributes('aria-activedescendant')}"]`).attributes('data-topic')).toBe('status')
    await box.trigger('keydown', { key: 'ArrowUp' })
    await box.trigger('keydown', { key: 'Home' })
    await box.trigger('keydown', { key: 'Enter' })
    await box.trigger('keydown', { key: 's' })
    expect(list.emitted('select')).toEqual([[TOPICS[1]], [TOPICS[0]], [TOPICS[1]]])
    expect(list.emitted('reveal')).toEqual([['status']])
    expect(list.emitted('remove')).toEqual([['status']])
  })

  it('leave Tab and shortcuts alone', async () => {
    const list = mountList({ selectedTopic: 'status' })
    for (const key of ['Tab', 'x', 's']) {
      const event = new KeyboardEvent('keydown', { key, ctrlKey: key === 's', cancelable: true, bubbles: true })
      list.get('[role=listbox]').element.dispatchEvent(event)
      expect(event.defaultPrevented).toBe(false)
    }
  })

  it('are removed by their star without being selected', async () => {
    const list = mountList()
    const star = list.get('[data-topic=status] [data-star]')
    await star.trigger('mousedown', { button: 0 })
    await star.trigger('click')
    expect(list.emitted('remove')).toEqual([['status']])
    expect(list.emitted('select')).toBeUndefined()
  })

  it('are as many in sight as the handle says, by the keyboard too', async () => {
    const list = mountList({ rows: 2 })
    const handle = list.get('[role=separator]')
    expect(handle.attributes()).toMatchObject({ 'aria-valuenow': '2', 'aria-valuemax': '3', 'aria-label': 'Resize favourites' })
    for (const key of ['ArrowDown', 'ArrowUp', 'End', 'Home']) await handle.trigger('keydown', { key })
    expect(list.emitted('update:rows')).toEqual([[3], [2], [3], [1]])
  })
})
