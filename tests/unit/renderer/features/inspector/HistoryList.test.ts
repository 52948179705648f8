// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import HistoryList from '../../../../../src-renderer/features/inspector/HistoryList.vue'
import { useHistory, type History } from '../../../../../src-renderer/features/inspector/use-history'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { FakeViews, topicFrameOf } from '../../support/fake-views'

let views = new FakeViews()
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({
  useView: (target: Parameters<FakeViews['useView']>[0]) => views.useView(target),
}))

/** As many rows as are in sight; one of them in part. */
const PAGE = 10

async function setUp(newest: number, oldest = 1) {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(PAGE * 28)
  const engine = { newest, oldest }
  let history: History | undefined
  const Parent = defineComponent(() => {
    const mine = useHistory(ref('c'), ref('a'))
    history = mine
    return () => h(HistoryList, { history: mine })
  })
  const wrapper = mount(Parent, { global: { plugins: [i18n] }, attachTo: document.body })
  if (history === undefined) throw new Error('not set up')
  const answer = async () => {
    await views.show((spec) => (spec.kind === 'topic' ? topicFrameOf(spec, engine.newest, engine.oldest) : null))
    await flushPromises()
  }
  const list = wrapper.get('[role=listbox]')
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await list.trigger('keydown', { key })
      await answer()
      await answer()
    }
  }
  const scrollTo = async (px: number) => {
    list.element.scrollTop = px
    list.element.dispatchEvent(new Event('scroll'))
    await flushPromises()
    await answer()
  }
  await answer()
  await answer()
  const selected = () => wrapper.findAll('[aria-selected=true]').map((row) => Number(row.attributes('data-sequence')))
  return { wrapper, engine, history, answer, press, scrollTo, selected, list }
}

beforeEach(() => {
  views = new FakeViews()
  document.body.innerHTML = ''
})

describe('HistoryList', () => {
  it('is a listbox whose options say which of how many they are', async () => {
    const { wrapper, selected } = await setUp(2_000_000)
    const first = wrapper.get('[role=option]')
    expect(first.attributes()).toMatchObject({ 'aria-setsize': '2000000', 'aria-posinset': '1', 'data-sequence': '2000000' })
    expect(wrapper.findAll('[role=option]').length).toBeLessThan(30)
    expect(selected()).toEqual([2_000_000])
    expect(wrapper.text()).toContain('2,000,000 received, all kept')
    expect(wrapper.text()).toContain('live')
  })

  it('goes through all messages by keyboard, page by page and to the end', async () => {
    const { press, selected, history, list, wrapper } = await setUp(100_000)
    await press('ArrowDown', 'ArrowDown')
    expect(selected()).toEqual([99_998])
    await press('PageDown')
    expect(history.opened.value?.row).toBe(2 + PAGE - 2)
    await press('End')
    expect(selected()).toEqual([1])
    expect(wrapper.find(`[id="${list.attributes('aria-activedescendant')}"]`).attributes('data-sequence')).toBe('1')
    await press('ArrowUp', 'PageUp')
    expect(selected()).toEqual([2 + PAGE - 2])
    await press('Home')
    expect(history.opened.value).toBeNull()
    expect(selected()).toEqual([100_000])
  })

  it('stands still once it is scrolled, and says how many came', async () => {
    const { wrapper, engine, answer, scrollTo, history } = await setUp(5_000)
    await scrollTo(28 * 100)
    expect(history.isHeld.value).toBe(true)
    const before = wrapper.findAll('[role=option]').map((row) => row.attributes('data-sequence'))
    engine.newest = 5_123
    await answer()
    expect(wrapper.findAll('[role=option]').map((row) => row.attributes('data-sequence'))).toEqual(before)
    const back = wrapper.get('button')
    expect(back.text()).toContain('123 newer — back to live')
    await back.trigger('click')
    await answer()
    expect(wrapper.get('[role=option]').attributes('data-sequence')).toBe('5123')
    expect(wrapper.find('button').exists()).toBe(false)
  })

  it('is live again when scrolled back to its top, unless a message is held open', async () => {
    const { scrollTo, press, history } = await setUp(5_000)
    await scrollTo(280)
    await scrollTo(0)
    expect(history.isHeld.value).toBe(false)
    await press('ArrowDown')
    await scrollTo(280)
    await scrollTo(0)
    expect(history.isHeld.value).toBe(true)
    await press('ArrowUp', 'ArrowUp')
    expect(history.isHeld.value).toBe(false)
  })

  it('says at its end what was let go, and how old the oldest is', async () => {
    const { wrapper, press } = await setUp(10_000, 9_001)
    expect(wrapper.text()).toContain('1,000 kept of 10,000 received')
    expect(wrapper.text()).not.toContain('let go')
    await press('End')
    expect(wrapper.text()).toContain('9,000 older messages were let go: the log is full')
    expect(wrapper.text()).toMatch(/The oldest kept came [\d,]+ d ago/)
  })

  it('says so when all it holds was let go', async () => {
    const { wrapper, engine, press, answer } = await setUp(100)
    await press('ArrowDown')
    Object.assign(engine, { newest: 1_000, oldest: 500 })
    await answer()
    expect(wrapper.text()).toContain('These messages were let go')
    expect(wrapper.text()).toContain('501 newer — back to live')
    await press('Home')
    expect(wrapper.get('[role=option]').attributes('data-sequence')).toBe('1000')
  })
})
