// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { packFrame } from '@shared/views/frame-codec'
import { askedOf } from '@shared/connection/asked'
import type { Connection } from '@shared/connection/connection'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import type { OutboxEntry } from '@shared/message/outbox'
import OutboxDialog from '../../../../../src-renderer/features/publish/OutboxDialog.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const bridge = vi.hoisted(() => ({
  request: vi.fn<(channel: string, args: unknown) => Promise<unknown>>(),
  tell: null as ((frame: unknown) => void) | null,
}))
vi.mock('../../../../../src-renderer/bridge/client', () => ({
  request: bridge.request,
  listen: (_channel: string, listener: (frame: unknown) => void) => {
    bridge.tell = listener
    return () => undefined
  },
}))

const connection: Connection = {
  id: '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e',
  name: 'Test',
  source: { kind: 'demo' },
  address: 'mqtt://localhost:1883',
  tlsChecks: null,
  routes: ['direct'],
  username: '',
  clientId: 'x',
  asked: askedOf(defaultProfileDraft('x')),
  status: { phase: 'offline' },
  subscriptions: [],
  outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
  paused: false,
}

function entry(publishId: number, state: OutboxEntry['state']): OutboxEntry {
  return { publishId, topic: `topic/${publishId}`, qos: 1, retain: false, bytes: 3, state, atMs: Date.now() }
}

async function show(...entries: OutboxEntry[]): Promise<void> {
  const count = (...states: string[]) => entries.filter(({ state }) => states.includes(state)).length
  const counts = { queued: count('queued'), inFlight: count('in-flight', 'interrupted'), unconfirmed: count('unconfirmed') }
  bridge.tell?.({ viewId: 5, bytes: packFrame({ kind: 'outbox', firstRow: 0, counts, entries }) })
  await flushPromises()
}

const dialog = () => document.querySelector('[role=dialog]')
const button = (name: string) => [...document.querySelectorAll('button')].find((found) => found.textContent?.trim() === name)
const rows = () => [...document.querySelectorAll('[role=option]')]
const asked = (channel: string) => bridge.request.mock.calls.filter(([called]) => called === channel).map(([, args]) => args)

async function click(element: Element | undefined): Promise<void> {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await flushPromises()
}

async function press(key: string): Promise<void> {
  document.querySelector('[role=listbox]')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await flushPromises()
}

describe('the outbox', () => {
  beforeEach(async () => {
    document.body.innerHTML = ''
    bridge.request.mockReset()
    bridge.request.mockResolvedValue({ viewId: 5 })
    mount(OutboxDialog, { props: { connection, open: true }, global: { plugins: [i18n] }, attachTo: document.body })
    await flushPromises()
  })

  it('says when nothing waits, and offers nothing', async () => {
    expect(document.querySelector('[role=progressbar]')).not.toBeNull()
    await show()
    expect(dialog()?.textContent).toContain('Nothing waits')
    expect([button('Drop all'), button('Send all anew')]).toEqual([undefined, undefined])
  })

  it('acts on all where nothing is selected; dropping many asks first', async () => {
    await show(entry(1, 'unconfirmed'), entry(2, 'queued'), entry(3, 'interrupted'))
    expect(dialog()?.textContent).toContain('may arrive twice')
    expect(dialog()?.textContent).toContain('1 queued · 1 in flight · 1 unconfirmed')
    await click(button('Send all anew'))
    expect(asked('outbox.send-anew')).toEqual([{ connectionId: connection.id, choice: null }])
    await click(button('Drop all'))
    expect(asked('outbox.drop')).toEqual([])
    expect(document.querySelector('[role=alertdialog]')?.textContent).toContain('Drop 2 messages?')
    await click(button('Drop'))
    expect(asked('outbox.drop')).toEqual([{ connectionId: connection.id, choice: null }])
  })

  it('acts on what is selected, by mouse or keyboard, and forgets of it what has gone', async () => {
    await show(entry(1, 'unconfirmed'), entry(2, 'unconfirmed'), entry(3, 'queued'))
    await click(rows()[0])
    await press('ArrowDown')
    await press(' ')
    expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual(['true', 'true', 'false'])
    expect(button('Send 2 anew')?.disabled).toBe(false)
    await show(entry(2, 'unconfirmed'), entry(3, 'queued'))
    await click(button('Send 1 anew'))
    expect(asked('outbox.send-anew')).toEqual([{ connectionId: connection.id, choice: [2] }])
    expect(button('Send all anew')).toBeDefined()
  })

  it('cannot drop or send anew what is in flight', async () => {
    await show(entry(1, 'interrupted'))
    expect(dialog()?.textContent).toContain('If it has not, you decide')
    await click(rows()[0])
    expect([button('Drop 0')?.disabled, button('Send 0 anew')?.disabled]).toEqual([true, true])
  })
})
