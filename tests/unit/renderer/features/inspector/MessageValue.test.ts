// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outline, OutlineRow } from '@shared/payload/outline'
import type { Reading } from '@shared/payload/reading'
import type { ReadingFault, RenderedPayload } from '@shared/payload/rendered-payload'
import MessageValue from '../../../../../src-renderer/features/inspector/MessageValue.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { useToasts } from '../../../../../src-renderer/ui/toasts'
import { messageOf } from '../../support/fake-views'

const request = vi.hoisted(() => vi.fn<(channel: string, args: Record<string, unknown>) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))
// Without the real editor there is a plain text area.
vi.mock('../../../../../src-renderer/ui/monaco-loader', () => ({ loadMonaco: () => Promise.reject(new Error('none')) }))

const CONNECTION = '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e'

const payloadOf = (body: RenderedPayload['body'], more: Partial<RenderedPayload> = {}): RenderedPayload => ({
  compressions: [],
  format: body.kind === 'text' && body.language === 'json' ? 'json' : body.kind === 'bytes' ? 'hex' : body.kind === 'image' ? 'image' : 'text',
  decidedBy: 'content',
  body,
  fault: null,
  shownBytes: 10,
  unwrappedBytes: 10,
  totalBytes: 10,
  ...more,
})
const json = (text: string): RenderedPayload['body'] => ({ kind: 'text', language: 'json', text })
const plain = (text: string): RenderedPayload['body'] => ({ kind: 'text', language: 'plain', text })

async function valueOf(payload: RenderedPayload, props: { reading?: Reading | null; isLong?: boolean } = {}): Promise<VueWrapper> {
  const wrapper = mount(MessageValue, {
    props: {
      connectionId: CONNECTION,
      documentKey: 'a',
      isLong: false,
      reading: null,
      message: { topic: 'plant/x', summary: messageOf(7), properties: [], hasMoreProperties: false, payload },
      ...props,
    },
    global: { plugins: [createPinia(), i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return wrapper
}

const row = (more: Partial<OutlineRow>): OutlineRow => ({
  path: [],
  level: 1,
  key: null,
  kind: 'object',
  text: '{}',
  isCut: false,
  children: 0,
  expanded: null,
  position: 1,
  siblings: 1,
  ...more,
})
const outline: Outline = {
  firstRow: 0,
  rows: [
    row({ text: '{"value":20.5,"name":"a"}', children: 2, expanded: true }),
    row({ path: ['value'], level: 2, key: 'value', kind: 'number', text: '20.50', siblings: 2 }),
    row({ path: ['name'], level: 2, key: 'name', kind: 'string', text: '"a"', position: 2, siblings: 2 }),
  ],
  totalRows: 3,
  levels: 2,
  values: 3,
  isCut: false,
}

async function openTree(wrapper: VueWrapper): Promise<void> {
  const tree = wrapper.findAll('[role=radio]').find((radio) => radio.text() === 'Tree')
  await tree?.trigger('click')
  await flushPromises()
}

describe('the value of a message', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    request.mockReset()
    request.mockImplementation((channel) => Promise.resolve(channel === 'payloads.read-outline' ? outline : null))
    // Nothing has a size here; a window of rows must see some.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  })

  it.each(['xml', 'yaml'] as const)('that is %s has a tree when it is well-formed and whole', async (language) => {
    const text = { kind: 'text', language, text: 'a: 1' } as const
    const radios = (wrapper: VueWrapper) => wrapper.findAll('[role=radio]').map((radio) => radio.text())
    const whole = await valueOf(payloadOf(text))
    expect(radios(whole)).toEqual(['Text', 'Tree'])
    await openTree(whole)
    expect(whole.find('[role=tree]').exists()).toBe(true)
    expect(radios(await valueOf(payloadOf(text, { fault: { format: language, reason: { kind: 'malformed', detail: 'x' } } })))).toEqual([])
    expect(radios(await valueOf(payloadOf(text, { unwrappedBytes: 20 })))).toEqual([])
  })

  it('says what it is shown as, in what it was wrapped, and what decided that', async () => {
    const wrapper = await valueOf(payloadOf(json('{}'), { compressions: ['gzip'], decidedBy: 'content-type' }))
    const button = wrapper.get('button[aria-label^="Show payload as"]')
    expect(button.text()).toBe('Auto · JSON')
    expect(button.attributes('title')).toContain('MQTT 5.0')
    expect(wrapper.text()).toContain('gzip → JSON')
  })

  it('names what was chosen by hand, with what it takes', async () => {
    const reading: Reading = { compression: 'auto', format: { kind: 'number', type: 'int16', byteOrder: 'little-endian' } }
    const wrapper = await valueOf(payloadOf(plain('5'), { format: 'number', decidedBy: 'hand' }), { reading })
    expect(wrapper.get('button[aria-label^="Show payload as"]').text()).toBe('int16 · Little-endian')
  })

  it('has a sentence for an empty payload', async () => {
    const wrapper = await valueOf(payloadOf(plain(''), { totalBytes: 0, unwrappedBytes: 0, shownBytes: 0 }))
    expect(wrapper.text()).toContain('Empty payload')
  })

  it('says how much is shown, and offers all of it', async () => {
    const wrapper = await valueOf(payloadOf(json('{'), { shownBytes: 64 * 1024, unwrappedBytes: 20 * 1024 * 1024 }))
    expect(wrapper.text()).toContain('Showing the first 64 kB of 20 MB')
    const buttons = wrapper.findAll('button').map((button) => button.text())
    expect(buttons).toContain('Open as tree')
    await wrapper.findAll('button').find((button) => button.text() === 'Load all')?.trigger('click')
    expect(wrapper.emitted('loadAll')).toHaveLength(1)
  })

  it('says that a copy is not all of the payload, and nothing when it is', async () => {
    const copyShown = async (payload: RenderedPayload): Promise<readonly string[]> => {
      const wrapper = await valueOf(payload)
      await wrapper.get('button[aria-label="Copy as shown"]').trigger('click')
      await flushPromises()
      return useToasts().toasts.value.map(({ title }) => title)
    }
    expect(await copyShown(payloadOf(plain('all')))).toEqual([])
    expect(await copyShown(payloadOf(plain('part'), { shownBytes: 64 * 1024, unwrappedBytes: 20 * 1024 * 1024 }))).toEqual([
      'Only the first 64 kB of 20 MB copied',
    ])
    expect(request.mock.calls.filter(([channel]) => channel === 'app.copy-text').map(([, args]) => args)).toEqual([{ text: 'all' }, { text: 'part' }])
  })

  it.each<[ReadingFault, string]>([
    [{ kind: 'malformed', detail: 'no end' }, 'no end'],
    [{ kind: 'schema-missing' }, 'needs a schema'],
    [{ kind: 'schema-unusable', detail: 'line 3' }, 'line 3'],
    [{ kind: 'birth-missing', edgeNode: 'G/N' }, 'G/N'],
    [{ kind: 'limit', limit: 'bytes', most: 1024 * 1024 }, '1 MB'],
    [{ kind: 'limit', limit: 'inflated-bytes', most: 64_000_000 }, 'decompressed'],
    [{ kind: 'limit', limit: 'depth', most: 200 }, '200 levels'],
    [{ kind: 'limit', limit: 'values', most: 1_000_000 }, '1,000,000 values'],
    [{ kind: 'limit', limit: 'pixels', most: 50_000_000 }, '50,000,000 pixels'],
    [{ kind: 'limit', limit: 'milliseconds', most: 5_000 }, '5,000 ms'],
  ])('says of the fault %j what happened', async (reason, words) => {
    const wrapper = await valueOf(payloadOf({ kind: 'bytes', bytes: Uint8Array.of(1) }, { fault: { format: 'cbor', reason } }))
    const notice = wrapper.get('.reading-notice').text()
    expect(notice).toContain(words)
    expect(notice).not.toContain('inspector.')
  })

  it('goes back to automatic from a choice that did not fit', async () => {
    const fault = { format: 'cbor', reason: { kind: 'malformed', detail: 'x' } } as const
    const reading: Reading = { compression: 'auto', format: { kind: 'cbor' } }
    const wrapper = await valueOf(payloadOf({ kind: 'bytes', bytes: Uint8Array.of(1) }, { fault, decidedBy: 'hand' }), { reading })
    await wrapper.findAll('button').find((button) => button.text() === 'Back to automatic')?.trigger('click')
    expect(wrapper.emitted('update:reading')).toEqual([[null]])
  })

  it('is an image with its size where it is one', async () => {
    const image = { kind: 'image', mediaType: 'image/png', widthPixels: 320, heightPixels: 200, bytes: Uint8Array.of(1, 2, 3) } as const
    const wrapper = await valueOf(payloadOf(image))
    await vi.waitFor(() => expect(wrapper.find('img').exists()).toBe(true))
    expect(wrapper.get('img').attributes()).toMatchObject({ src: 'data:image/png;base64,AQID', alt: 'PNG · 320 × 200 pixels · 3 B' })
    await wrapper.get('img').trigger('error')
    expect(wrapper.text()).toContain('The image is damaged')
  })

  it('is bytes as digits and ASCII, walked by keyboard', async () => {
    const wrapper = await valueOf(payloadOf({ kind: 'bytes', bytes: Uint8Array.from(Buffer.from('Hello\0 0123456789', 'latin1')) }))
    const grid = wrapper.get('[role=grid]')
    expect(grid.attributes('aria-rowcount')).toBe('2')
    expect(grid.get('.ascii').text()).toBe('Hello. 012345678')
    await grid.trigger('keydown', { key: 'ArrowRight' })
    await grid.trigger('keydown', { key: 'ArrowRight', shiftKey: true })
    expect(grid.findAll('[aria-selected=true]').map((cell) => cell.text())).toEqual(['65', '6c'])
    await grid.trigger('keydown', { key: 'c', ctrlKey: true })
    expect(request).toHaveBeenCalledWith('app.copy-text', { text: '65 6c' })
    await grid.trigger('keydown', { key: 'End', ctrlKey: true })
    expect(grid.get('[aria-selected=true]').text()).toBe('39')
  })

  it('is a tree of values, exact as they were written, to chart, to pin and to copy', async () => {
    const wrapper = await valueOf(payloadOf(json('{"value":20.50}')))
    await openTree(wrapper)
    const items = wrapper.findAll('[role=treeitem]')
    expect(items.map((item) => item.attributes('aria-level'))).toEqual(['1', '2', '2'])
    expect(items[1]?.text()).toContain('20.50')
    const tree = wrapper.get('[role=tree]')
    await tree.trigger('keydown', { key: 'ArrowDown' })
    expect(wrapper.get('[role=treeitem][aria-selected=true]').text()).toContain('value')
    await tree.trigger('keydown', { key: 'c', ctrlKey: true, altKey: true })
    expect(request).toHaveBeenCalledWith('app.copy-text', { text: 'value' })
    const offers = wrapper.get('[role=treeitem][aria-selected=true]').findAll('.offer')
    for (const offer of offers) await offer.trigger('click')
    expect(wrapper.emitted()).toMatchObject({ chartField: [[['value']]], pinColumn: [[['value']]] })
    expect(items[2]?.findAll('.offer').map((offer) => offer.text())).toEqual(['Pin column'])
  })

  it('closes and opens values by keyboard, and keeps that while it changes', async () => {
    const wrapper = await valueOf(payloadOf(json('{}')))
    await openTree(wrapper)
    const tree = wrapper.get('[role=tree]')
    await tree.trigger('keydown', { key: 'ArrowLeft' })
    await flushPromises()
    expect(request.mock.calls.at(-1)?.[1]).toMatchObject({ expansion: { levels: 2, toggled: [[]] } })
    await wrapper.setProps({ message: { topic: 'plant/x', summary: messageOf(8), properties: [], hasMoreProperties: false, payload: payloadOf(json('{}')) } })
    await flushPromises()
    expect(request.mock.calls.at(-1)?.[1]).toMatchObject({ sequence: 8, expansion: { levels: 2, toggled: [[]] } })
  })

  it('is read row by row where it is too long for the editor', async () => {
    request.mockResolvedValue({ firstRow: 0, rows: [{ line: 1, text: '{"a":1,' }, { line: null, text: '"b":2}' }], totalRows: 2, lines: 1 })
    const wrapper = await valueOf(payloadOf(json('{'), { shownBytes: 1, unwrappedBytes: 20_000_000 }), { isLong: true })
    expect(wrapper.get('[role=document]').findAll('.key').map((part) => part.text())).toEqual(['"a"', '"b"'])
    expect(wrapper.text()).toContain('1 line')
    expect(wrapper.text()).not.toContain('Load all')
  })
})
