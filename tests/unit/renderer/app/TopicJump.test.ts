// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import TopicJump from '../../../../src-renderer/app/TopicJump.vue'
import { useSelectionStore } from '../../../../src-renderer/app/selection-store'
import { i18n } from '../../../../src-renderer/i18n/i18n'

const ID = '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e'
const request = vi.hoisted(() => vi.fn<(channel: string, args: { text: string }) => Promise<unknown>>())
vi.mock('../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))

const options = () => [...document.querySelectorAll('[role=option]')].map((option) => option.querySelector('bdi')?.textContent?.trim())
const field = () => document.querySelector<HTMLInputElement>('[role=combobox]') ?? expect.unreachable()

async function type(text: string): Promise<void> {
  field().value = text
  field().dispatchEvent(new Event('input'))
  await flushPromises()
}

async function press(key: string): Promise<void> {
  field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}

async function openJump() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const jump = mount(TopicJump, {
    props: { open: true, connectionId: ID },
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return jump
}

beforeEach(() => {
  document.body.innerHTML = ''
  request.mockReset()
  request.mockImplementation((_channel, { text }) =>
    Promise.resolve(text === 'none' ? [] : ['one', 'two'].map((name) => ({ topic: `${text}/${name}`, messages: 3 }))),
  )
})

describe('going to a topic', () => {
  it('offers topics while one types, and goes to the one chosen with the keyboard', async () => {
    vi.useFakeTimers()
    const jump = await openJump()
    await type('hall')
    expect(options()).toEqual(['hall/one', 'hall/two'])
    expect(document.querySelector('[role=option] mark')?.textContent).toBe('hall')
    await press('ArrowDown')
    await press('Enter')
    vi.runAllTimers()
    expect(jump.emitted('go')).toEqual([['hall/two']])
    expect(jump.emitted('update:open')).toEqual([[false]])
    vi.useRealTimers()
  })

  it('offers where one went lately before anything is typed', async () => {
    await openJump()
    expect(document.body.textContent).toContain('Type parts of a topic')
    useSelectionStore().rememberJump(ID, 'a')
    useSelectionStore().rememberJump(ID, 'b')
    useSelectionStore().rememberJump(ID, 'a')
    await flushPromises()
    expect(options()).toEqual(['a', 'b'])
  })

  it('asks one question at a time, and shows the answer to the last', async () => {
    await openJump()
    const answers: ((topics: unknown) => void)[] = []
    request.mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
    await type('h')
    await type('ha')
    await type('hal')
    expect(answers).toHaveLength(1)
    answers[0]?.([{ topic: 'h', messages: 1 }])
    await flushPromises()
    expect(request).toHaveBeenLastCalledWith('topics.suggest', { connectionId: ID, text: 'hal', limit: 50 })
    answers[1]?.([{ topic: 'hal', messages: 1 }])
    await flushPromises()
    expect(options()).toEqual(['hal'])
  })

  it('says when there is no such topic, and not before it is known', async () => {
    await openJump()
    await type('none')
    expect(document.querySelector('[role=status]')?.textContent).toContain('No topic so far holds “none”')
    request.mockImplementation(() => new Promise(() => undefined))
    await type('none at all')
    expect(document.querySelector('[role=status]')?.textContent?.trim()).toBe('')
  })
})
