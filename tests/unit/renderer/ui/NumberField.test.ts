// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import NumberField from '../../../../src-renderer/ui/NumberField.vue'

function field(modelValue: number | null) {
  const wrapper = mount(NumberField, { props: { label: 'Port', modelValue, min: 1, max: 65_535 } })
  const typed = async (text: string) => {
    await wrapper.get('input').setValue(text)
    return wrapper.emitted('update:modelValue')?.at(-1)?.[0]
  }
  return { wrapper, typed }
}

describe('NumberField', () => {
  it('tells a number, nothing, and what is no number apart', async () => {
    const { typed } = field(1883)
    expect(await typed(' 8883 ')).toBe(8883)
    expect(await typed('')).toBeNull()
    expect(await typed('18a')).toBeNaN()
    expect(await typed('1.5')).toBeNaN()
  })

  it('keeps what was typed while the owner takes it over', async () => {
    const { wrapper, typed } = field(1883)
    await typed('abc')
    await wrapper.setProps({ modelValue: Number.NaN })
    expect(wrapper.get('input').element.value).toBe('abc')
    await wrapper.setProps({ modelValue: 9001 })
    expect(wrapper.get('input').element.value).toBe('9001')
  })

  it('steps by arrow keys within its bounds', async () => {
    const { wrapper } = field(65_535)
    await wrapper.get('input').trigger('keydown', { key: 'ArrowUp' })
    await wrapper.get('input').trigger('keydown', { key: 'ArrowDown' })
    expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual([65_534])
  })
})
