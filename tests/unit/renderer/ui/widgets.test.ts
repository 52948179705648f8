// @vitest-environment happy-dom
import { Plus } from '@lucide/vue'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import ConfirmDialog from '../../../../src-renderer/ui/ConfirmDialog.vue'
import IconButton from '../../../../src-renderer/ui/IconButton.vue'
import ModalDialog from '../../../../src-renderer/ui/ModalDialog.vue'
import TextField from '../../../../src-renderer/ui/TextField.vue'
import { useToasts } from '../../../../src-renderer/ui/toasts'
import UiButton from '../../../../src-renderer/ui/UiButton.vue'

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('buttons', () => {
  it('are toggles only when told so', () => {
    const plain = mount(IconButton, { props: { icon: Plus, label: 'Add' } })
    expect(plain.get('button').attributes()).toMatchObject({ 'aria-label': 'Add', type: 'button' })
    expect(plain.get('button').attributes('aria-pressed')).toBeUndefined()
    const toggle = mount(IconButton, { props: { icon: Plus, label: 'Add', pressed: false } })
    expect(toggle.get('button').attributes('aria-pressed')).toBe('false')
  })

  it('keep their keys out of their name', () => {
    const button = mount(UiButton, { props: { shortcut: 'Ctrl ⏎' }, slots: { default: 'Publish' } })
    expect(button.get('.text').text()).toBe('Publish')
    expect(button.get('.shortcut').attributes('aria-hidden')).toBe('true')
  })
})

describe('TextField', () => {
  it('puts looks on the field and all else on its control, which its label and error describe', () => {
    const field = mount(TextField, {
      props: { label: 'Host', modelValue: '', error: 'Type a host.' },
      attrs: { class: 'wide', maxlength: 9 },
    })
    const input = field.get('input')
    expect(field.classes()).toContain('wide')
    expect(input.attributes()).toMatchObject({ maxlength: '9', 'aria-invalid': 'true' })
    expect(field.get(`label[for="${input.attributes('id') ?? ''}"]`).text()).toBe('Host')
    expect(field.get(`[id="${input.attributes('aria-describedby') ?? ''}"]`).text()).toBe('Type a host.')
  })
})

describe('ModalDialog', () => {
  it('stays open when its owner prevents the dismissal', async () => {
    const onDismiss = vi.fn((prevent: () => void) => prevent())
    const dialog = mount(ModalDialog, { props: { open: true, title: 'Edit', onDismiss }, attachTo: document.body })
    await nextTick()
    const press = async () => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
      await nextTick()
    }
    await press()
    expect(onDismiss).toHaveBeenCalledTimes(1)
    expect(dialog.emitted('update:open')).toBeUndefined()
    onDismiss.mockImplementation(() => undefined)
    await vi.waitFor(async () => {
      await press()
      expect(dialog.emitted('update:open')).toEqual([[false]])
    })
  })
})

describe('ConfirmDialog', () => {
  it('says that it was confirmed before it closes, when its owner forgets what it was about', async () => {
    const heard: string[] = []
    mount(ConfirmDialog, {
      props: {
        open: true,
        title: 'Delete?',
        text: 'It is gone then.',
        confirmLabel: 'Delete',
        cancelLabel: 'Cancel',
        onConfirm: () => heard.push('confirm'),
        'onUpdate:open': (isOpen: boolean) => heard.push(`open: ${isOpen}`),
      },
      attachTo: document.body,
    })
    await nextTick()
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Delete')
    button?.click()
    expect(heard).toEqual(['confirm', 'open: false'])
  })
})

describe('toasts', () => {
  it('say the same news once, and never cover the page', () => {
    const { toasts, show, dismiss } = useToasts()
    show({ tone: 'ok', title: 'Saved' })
    const last = show({ tone: 'ok', title: 'Saved' })
    expect(toasts.value.map(({ id }) => id)).toEqual([last])
    for (let n = 0; n < 9; n += 1) show({ tone: 'ok', title: `News ${n}` })
    expect(toasts.value.length).toBeLessThanOrEqual(4)
    for (const { id } of toasts.value) dismiss(id)
    expect(toasts.value).toEqual([])
  })
})
