// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import SearchBox from '../../../../../src-renderer/features/topics/SearchBox.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

enableAutoUnmount(afterEach)

function searchBox(text = '', props: { matches?: number | null; searching?: boolean } = {}) {
  const box = mount(SearchBox, {
    props: {
      modelValue: text,
      matches: null,
      searching: false,
      ...props,
      'onUpdate:modelValue': (typed: string) => box.setProps({ modelValue: typed }),
    },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  const input = box.get<HTMLInputElement>('input[type=search]')
  const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
    await input.trigger('keydown', { key, ...more })
    await nextTick()
  }
  return { box, input, press, type: (typed: string) => input.setValue(typed), text: () => box.props('modelValue') }
}

const options = (): string[] => [...document.querySelectorAll('[role=option] code')].map(({ textContent }) => textContent ?? '')
const activeOption = (input: HTMLInputElement): string | null => {
  const id = input.getAttribute('aria-activedescendant')
  return id === null ? null : (document.getElementById(id)?.querySelector('code')?.textContent ?? null)
}

describe('SearchBox', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
  })

  it('keeps the names it is found by', async () => {
    const { box, input, type } = searchBox()
    expect(input.attributes('aria-label')).toBe('Filter topics')
    await type('x')
    await box.get('button[aria-label="Clear filter"]').trigger('click')
    expect(box.props('modelValue')).toBe('')
  })

  it.each([
    ['a#', /^# stands for whole levels.*put it in quotes/],
    ['/(/', /missing closing \)/],
    ['rate>fast', /^rate takes messages a second/],
    ['since>5m', /^since: takes a time/],
    ['retained:yes', /^retained stands alone/],
    ['a '.repeat(21), /too many terms/],
    ['x'.repeat(65_536), /too long/],
    [`/${'x'.repeat(1_001)}/`, /at most 1,000 characters/],
    ['/x{900}x{900}x{900}/', /repeats too much/],
  ])('says at once what is wrong with %.20s', async (text, words) => {
    const { box, input, type } = searchBox()
    await type(text)
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(document.getElementById(input.attributes('aria-describedby') ?? '')?.textContent).toMatch(words)
    expect(box.get('.field-box').classes()).toContain('invalid')
  })

  it('does not call wrong what is not finished', async () => {
    const { input, type } = searchBox()
    await type('since:')
    expect(input.attributes('aria-invalid')).toBeUndefined()
    expect(document.getElementById(input.attributes('aria-describedby') ?? '')?.textContent).toMatch(/such as since:30s/)
  })

  it('says it in the list where that is open, and counts nothing meanwhile', async () => {
    const { box, input, type } = searchBox('', { matches: 3 })
    await type('a# pay')
    expect(options()).toEqual(['payload:error'])
    expect(document.getElementById(input.attributes('aria-describedby') ?? '')?.textContent).toMatch(/^# stands/)
    expect(document.querySelector('[role=dialog]')).toBeNull()
    expect(box.find('[role=status]').exists()).toBe(false)
  })

  it('tells how many are found, and that it goes on', () => {
    const { box } = searchBox('pump', { matches: 1_234, searching: true })
    expect(box.get('[role=status]').text()).toBe('1,234 topics')
    expect(box.get('[role=progressbar]').attributes('aria-label')).toBe('Searching')
    expect(searchBox('pump', { matches: 0 }).box.get('[role=status]').text()).toBe('no topics')
    expect(searchBox('', { searching: true }).box.find('[role=progressbar]').exists()).toBe(false)
  })

  it('is left with the arrow and Enter, and emptied with Escape first', async () => {
    const { box, press, text } = searchBox('pump')
    await press('ArrowDown')
    await press('Enter')
    expect(box.emitted('leave')).toHaveLength(2)
    await press('Escape')
    expect(text()).toBe('')
    expect(box.emitted('leave')).toHaveLength(2)
    await press('Escape')
    expect(box.emitted('leave')).toHaveLength(3)
  })

  it('shows all that can be searched for with a key, and takes one', async () => {
    const { box, input, press, text } = searchBox('pump')
    input.element.setSelectionRange(4, 4)
    await press('ArrowDown', { altKey: true })
    expect(options()).toHaveLength(11)
    expect(box.get('button[aria-expanded]').attributes('aria-expanded')).toBe('true')
    expect(document.getElementById(input.attributes('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox')
    await press('ArrowUp')
    expect(activeOption(input.element)).toBe('-test')
    await press('ArrowDown')
    expect(activeOption(input.element)).toBe('pump')
    for (let index = 0; index < 5; index += 1) await press('ArrowDown')
    expect(activeOption(input.element)).toBe('since:5m')
    await press('Enter')
    expect(text()).toBe('pump since:5m')
    expect(input.element.value.slice(input.element.selectionStart ?? 0, input.element.selectionEnd ?? 0)).toBe('5m')
    expect(options()).toEqual([])
    expect(box.emitted('leave')).toBeUndefined()
  })

  it('opens and closes that list with its button, and closes it with Escape before anything else', async () => {
    const { box, press, text } = searchBox('pump')
    const button = box.get('button[aria-label="What can be searched for"]')
    await button.trigger('click')
    expect(options()).toHaveLength(11)
    await button.trigger('click')
    expect(options()).toEqual([])
    await button.trigger('click')
    await press('Escape')
    expect(options()).toEqual([])
    expect(text()).toBe('pump')
  })

  it('completes what is typed, and only when asked to', async () => {
    const { box, input, press, type, text } = searchBox()
    await type('pump si')
    expect(options()).toEqual(['since:5m', 'size>1k'])
    await press('Enter')
    expect(box.emitted('leave')).toHaveLength(1)
    expect(text()).toBe('pump si')
    await type('pump siz')
    expect(options()).toEqual(['size>1k'])
    await press('Tab')
    expect(text()).toBe('pump size>1k')
    expect(input.element.selectionEnd).toBe('pump size>1k'.length)
    await type('pump pay')
    await press('Escape')
    expect(options()).toEqual([])
    expect(text()).toBe('pump pay')
  })

  it('takes what is clicked', async () => {
    const { type, text } = searchBox()
    await type('re')
    document.querySelector<HTMLElement>('[role=option]')?.click()
    await nextTick()
    expect(text()).toBe('retained')
  })

  it('closes its list when the focus goes elsewhere', async () => {
    const { input, type } = searchBox()
    input.element.focus()
    await type('re')
    expect(options()).toEqual(['retained'])
    input.element.blur()
    await nextTick()
    expect(options()).toEqual([])
  })
})
