// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ComparedPayloads } from '@shared/payload/comparison'
import ComparePanel from '../../../../../src-renderer/features/compare/ComparePanel.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { messageOf } from '../../support/fake-views'

const request = vi.hoisted(() => vi.fn<(channel: string, args: Record<string, unknown>) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))
// Without the real editor both texts stand side by side.
vi.mock('../../../../../src-renderer/ui/monaco-loader', () => ({ loadMonaco: () => Promise.reject(new Error('none')) }))

const connectionId = '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e'
const before = { topic: 'press', sequence: 6, receivedAtMs: 0 }
const ofJson = (total: number): ComparedPayloads => ({
  before,
  comparison: {
    kind: 'text',
    language: 'json',
    before: '{ "a": 1 }',
    after: '{ "a": 2 }',
    isCut: false,
    isSame: false,
    structure: { total, differences: total === 0 ? [] : [{ kind: 'changed', path: ['list', 0, 'odd key'], before: '1', after: '2' }] },
  },
})

const shown = (sequence: number) => ({
  topic: 'press',
  summary: messageOf(sequence),
  properties: [],
  hasMoreProperties: false,
  payload: {
    compressions: [],
    format: 'json' as const,
    decidedBy: 'content' as const,
    body: { kind: 'text' as const, language: 'json' as const, text: '{}' },
    fault: null,
    shownBytes: 2,
    unwrappedBytes: 2,
    totalBytes: 2,
  },
})

async function panelWith(answer: ComparedPayloads | null): Promise<VueWrapper> {
  request.mockResolvedValue(answer)
  const panel = mount(ComparePanel, {
    props: { connectionId, topic: 'press', message: shown(7), reading: null },
    global: { plugins: [createPinia(), i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return panel
}

async function choose(panel: VueWrapper, name: string): Promise<void> {
  await panel.findAll('[role=radio]').find((radio) => radio.text() === name)?.trigger('click')
  await flushPromises()
}

const asked = () => request.mock.calls.filter(([channel]) => channel === 'payloads.compare').map(([, args]) => args)

describe('the tab Diff', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    request.mockReset()
  })

  it('compares the shown message with the one before', async () => {
    const panel = await panelWith(ofJson(1))
    expect(asked()).toEqual([
      {
        before: { kind: 'previous', connectionId, sequence: 7, reading: null },
        after: { kind: 'message', connectionId, sequence: 7, reading: null },
        tolerance: 0,
      },
    ])
    expect(panel.findAll('pre').map((text) => text.text())).toEqual(['{ "a": 1 }', '{ "a": 2 }'])
    expect(panel.text()).toContain('1 difference')
  })

  it('lists differences of values by their path', async () => {
    const panel = await panelWith(ofJson(1))
    await choose(panel, 'Changes')
    expect(panel.get('tbody tr').text()).toBe('list[0]["odd key"]12')
    expect(panel.get('tbody [role=img]').attributes('aria-label')).toBe('changed')
  })

  it('says so when values are the same, or payloads are', async () => {
    const panel = await panelWith(ofJson(0))
    await choose(panel, 'Changes')
    expect(panel.text()).toContain('No difference as values')
    const same = await panelWith({ before, comparison: { kind: 'bytes', before: Uint8Array.of(1), after: Uint8Array.of(1), isCut: false, isSame: true, differing: 0 } })
    expect(same.text()).toContain('Both payloads are the same')
  })

  it('says so when there is nothing to compare with', async () => {
    expect((await panelWith(null)).text()).toContain('This is the first message of its topic that is kept.')
  })

  it('asks for a message to keep, and compares others with it', async () => {
    const panel = await panelWith(ofJson(1))
    await choose(panel, 'Kept')
    await panel.findAll('button').find((button) => button.text() === 'Keep this message')?.trigger('click')
    expect(panel.text()).toContain('This is the kept message')
    await panel.setProps({ message: shown(9) })
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ before: { kind: 'message', sequence: 7 }, after: { sequence: 9 } }))
  })

  it('takes a pasted text at once', async () => {
    const panel = await panelWith(ofJson(1))
    await choose(panel, 'Pasted')
    await panel.get('textarea').setValue('{"a":1}')
    await panel.findAll('button').find((button) => button.text() === 'Compare')?.trigger('click')
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ before: { kind: 'text', text: '{"a":1}' } }))
  })
})
