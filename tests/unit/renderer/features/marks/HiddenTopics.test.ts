// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import HiddenTopics from '../../../../../src-renderer/features/marks/HiddenTopics.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

type Edit = (filters: readonly string[]) => readonly string[]

async function mountHidden(filters: readonly string[], hiddenTopics: number, open = true) {
  const bar = mount(HiddenTopics, {
    props: { filters, hiddenTopics, open },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  /** What the last change makes of the filters. */
  const changed = () => (bar.emitted<[Edit]>('change')?.at(-1)?.[0] ?? ((list) => list))(filters)
  const inputs = () => [...document.querySelectorAll<HTMLInputElement>('[role=dialog] input')]
  const type = async (input: HTMLInputElement | undefined, text: string) => {
    if (!input) return
    input.value = text
    input.dispatchEvent(new Event('input'))
    await flushPromises()
  }
  const submit = async () => {
    document.querySelector('[role=dialog] form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
  }
  return { bar, changed, inputs, type, submit }
}

const dialogText = () => document.querySelector('[role=dialog]')?.textContent ?? ''

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('hidden topics', () => {
  it('are counted, where the user hid any', async () => {
    const { bar } = await mountHidden(['a/#'], 1_234, false)
    expect(bar.get('button').text()).toBe('1,234 topics hidden')
    await bar.setProps({ filters: [] })
    expect(bar.find('button').exists()).toBe(false)
  })

  it('are hidden by filters that can be added, if they are valid and new', async () => {
    const { changed, inputs, type, submit } = await mountHidden(['a/#'], 1)
    const add = () => inputs().at(-1)
    await type(add(), 'a#')
    await submit()
    expect(dialogText()).toContain('# stands for whole levels')
    await type(add(), 'a/#')
    await submit()
    expect(dialogText()).toContain('in the list already')
    expect(changed()).toEqual(['a/#'])
    await type(add(), 'b/+')
    await submit()
    expect(changed()).toEqual(['a/#', 'b/+'])
  })

  it('are changed in their place', async () => {
    const { changed, inputs, type } = await mountHidden(['a/#', 'b'], 1)
    const [first] = inputs()
    await type(first, 'c/#')
    first?.dispatchEvent(new Event('change'))
    await flushPromises()
    expect(changed()).toEqual(['c/#', 'b'])
    await type(first, 'b')
    first?.dispatchEvent(new Event('change'))
    await flushPromises()
    expect(dialogText()).toContain('in the list already')
  })

  it('show again when their filter goes, or all', async () => {
    const { changed } = await mountHidden(['a/#', 'b'], 1)
    document.querySelector<HTMLElement>('[aria-label="Show again: b"]')?.click()
    expect(changed()).toEqual(['a/#'])
    const all = [...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find((button) => button.textContent?.includes('Show all'))
    all?.click()
    expect(changed()).toEqual([])
  })
})
