// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import ExploreSection from '../../../../../src-renderer/features/settings/ExploreSection.vue'
import { useSettingsStore } from '../../../../../src-renderer/features/settings/store'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const request = vi.hoisted(() => vi.fn<(channel: string, args: unknown) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))

function setUp() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const section = mount(ExploreSection, { global: { plugins: [pinia, i18n] } })
  return { section, store: useSettingsStore(), budget: section.get('input') }
}

beforeEach(() => {
  request.mockReset()
  request.mockResolvedValue(undefined)
})

describe('the settings of what is kept', () => {
  it('store a budget when it is all typed, not on the way', async () => {
    const { budget, store, section } = setUp()
    expect(budget.element.value).toBe('256')
    await budget.setValue('51')
    await budget.setValue('512')
    expect(request).not.toHaveBeenCalled()
    expect(section.text()).toContain('about 3,000,000 messages of 110 B')
    await budget.trigger('keydown', { key: 'Enter' })
    await budget.trigger('blur')
    expect(request.mock.calls).toEqual([['settings.update', { explore: { logBudgetMegabytes: 512 } }]])
    expect(store.settings.explore).toEqual({ logBudgetMegabytes: 512, forgetClearedTopics: false })
  })

  it.each(['15', '4096', '', '2x', '100.5'])('refuse a budget of “%s” and say why', async (text) => {
    const { budget, section } = setUp()
    await budget.setValue(text)
    await budget.trigger('blur')
    expect(request).not.toHaveBeenCalled()
    expect(section.text()).toContain('Enter a whole number from 16 to 4,095.')
    expect(budget.attributes('aria-invalid')).toBe('true')
  })

  it('have a switch that forgets cleared topics', async () => {
    const { section, store } = setUp()
    await section.get('[role=switch]').trigger('click')
    expect(request.mock.calls).toEqual([['settings.update', { explore: { forgetClearedTopics: true } }]])
    expect(store.settings.explore).toEqual({ logBudgetMegabytes: 256, forgetClearedTopics: true })
  })
})
