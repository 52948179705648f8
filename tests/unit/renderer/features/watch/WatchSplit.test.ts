// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TopicValue } from '@shared/views/view-frame'
import WatchSplit from '../../../../../src-renderer/features/watch/WatchSplit.vue'
import { useWatchStore } from '../../../../../src-renderer/features/watch/watch-store'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { FakeViews, topicFrameOf } from '../../support/fake-views'

let views = new FakeViews()
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({
  useView: (target: Parameters<FakeViews['useView']>[0]) => views.useView(target),
}))

const valueOf = (topic: string, more: Partial<TopicValue> = {}): TopicValue => ({
  topic,
  known: true,
  previewKind: 'text',
  preview: `value of ${topic}`,
  retain: false,
  messages: 12_055,
  lastMessageAtMs: Date.now(),
  lastSequence: 12_055,
  ...more,
})

async function setUp(topics: readonly string[], values: readonly TopicValue[] = topics.map((topic) => valueOf(topic))) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const store = useWatchStore()
  for (const topic of topics) store.toggle('c', topic)
  const wrapper = mount(WatchSplit, {
    props: { connectionId: 'c', selectedTopic: topics[1] ?? null },
    slots: { default: '<p>above</p>' },
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  const answer = async () => {
    await views.show((spec) => {
      if (spec.kind === 'values') return { kind: 'values', values: [...values] }
      return spec.kind === 'topic' ? topicFrameOf(spec, 40) : null
    })
    await flushPromises()
  }
  await answer()
  await answer()
  const cards = () => wrapper.findAll('li[data-topic]')
  return { wrapper, store, answer, cards }
}

beforeEach(() => {
  views = new FakeViews()
  document.body.innerHTML = ''
})

describe('the pinned topics of a tab', () => {
  it('are not there without pins, and nothing is looked at', async () => {
    const { wrapper } = await setUp([])
    expect(wrapper.text()).toBe('above')
    expect(views.specs).toEqual([])
  })

  it('are cards with the last value, how often it came, and the last five messages', async () => {
    const { wrapper, cards } = await setUp(['plant/a', 'plant/b'])
    expect(wrapper.get('section').attributes('aria-label')).toBe('Pinned topics')
    expect(cards().map((card) => card.attributes('data-topic'))).toEqual(['plant/a', 'plant/b'])
    const [first] = cards()
    expect(first?.text()).toContain('value of plant/a')
    expect(first?.text()).toContain('12,055 messages')
    expect(first?.findAll('ol > li').map((line) => line.get('bdi').text())).toEqual(['m40', 'm39', 'm38', 'm37', 'm36'])
    expect(wrapper.findAll('[aria-current=true]').map((button) => button.attributes('title'))).toEqual(['plant/b'])
  })

  it('are looked at in one view of their values and small ones of their messages', async () => {
    await setUp(['a', 'b'])
    expect(views.specs).toEqual([
      { kind: 'values', topics: ['a', 'b'] },
      { kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: 5 },
      { kind: 'topic', topic: 'b', newest: null, firstRow: 0, rowCount: 5 },
    ])
  })

  it('say what kind of value it is', async () => {
    const { cards } = await setUp(['bin', 'empty', 'none'], [
      valueOf('bin', { previewKind: 'binary', preview: 'ff d8', retain: true }),
      valueOf('empty', { previewKind: 'empty', preview: '' }),
      valueOf('none', { known: false, previewKind: 'none', preview: '', messages: 0, lastMessageAtMs: null }),
    ])
    const [bin, empty, none] = cards().map((card) => card.text())
    expect(bin).toMatch(/ff d8.*binary.*retained/)
    expect(empty).toContain('(empty)')
    expect(none).toContain('Nothing received yet')
  })

  it('are gone through and unpinned by keyboard', async () => {
    const { wrapper, cards, store } = await setUp(['a', 'b', 'c'])
    const focused = () => document.activeElement?.getAttribute('title')
    const button = cards()[0]?.get('button').element as HTMLElement | undefined
    button?.focus()
    await cards()[0]?.trigger('keydown', { key: 'ArrowRight' })
    expect(focused()).toBe('b')
    await cards()[1]?.trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(store.pinsOf('c')).toEqual(['a', 'c'])
    expect(focused()).toBe('c')
    await cards()[1]?.get('button').trigger('click')
    expect(wrapper.emitted('select')).toEqual([['c']])
    await wrapper.get('[aria-label="Unpin a"]').trigger('click')
    expect(store.pinsOf('c')).toEqual(['c'])
  })

  it('are not looked at while they are folded away', async () => {
    const { wrapper, answer } = await setUp(['a'])
    await wrapper.get('[aria-label="Fold pinned topics"]').trigger('click')
    await answer()
    expect(views.open[0]?.target.value).toBeNull()
    expect(wrapper.find('li[data-topic]').exists()).toBe(false)
    expect(wrapper.get('[aria-label="Show pinned topics"]').attributes('aria-expanded')).toBe('false')
  })
})

describe('the pins', () => {
  it('are six at the most, of each tab its own, and go with their tab', () => {
    setActivePinia(createPinia())
    const store = useWatchStore()
    for (const topic of 'abcdef') expect(store.toggle('one', topic)).toBe(true)
    expect(store.toggle('one', 'g')).toBe(false)
    expect(store.toggle('two', 'g')).toBe(true)
    expect(store.toggle('one', 'c')).toBe(true)
    expect(store.pinsOf('one')).toEqual(['a', 'b', 'd', 'e', 'f'])
    store.keepOnly(new Set(['two']))
    expect([store.pinsOf('one'), store.pinsOf('two')]).toEqual([[], ['g']])
    store.unpinAll('two')
    expect(store.pinsOf('two')).toEqual([])
  })
})
