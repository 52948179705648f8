// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askedOf } from '@shared/connection/asked'
import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import type { PublishReceipt } from '@shared/message/publish'
import { NO_PUBLISH_TABS } from '@shared/publish/publish-tabs'
import { NO_RULES } from '@shared/schemas/payload-rules'
import { NO_ENVIRONMENTS } from '@shared/template/environments'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import PublishPanel from '../../../../../src-renderer/features/publish/PublishPanel.vue'
import { useToasts } from '../../../../../src-renderer/ui/toasts'
import { NO_LIMITS, onlineWith } from '../../support/online-status'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { ONLINE } from '../../../../support/connection-status'

const request = vi.hoisted(() => vi.fn<(channel: string, args: unknown) => Promise<unknown>>())
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request, listen: () => () => undefined }))
// Without the real editor the panel has its plain text area, which is all these tests need.
vi.mock('../../../../../src-renderer/ui/monaco-loader', () => ({ loadMonaco: () => Promise.reject(new Error('none')) }))

const connection: Connection = {
  id: '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e',
  name: 'Test',
  source: { kind: 'demo' },
  address: 'mqtt://localhost:1883',
  routes: ['direct'],
  tlsChecks: null,
  username: '',
  clientId: 'x',
  asked: askedOf(defaultProfileDraft('x')),
  status: ONLINE,
  subscriptions: [],
  outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
  paused: false,
}

/** What main answers, with this for every publish. */
let answers: Record<string, unknown> = {}
function answerWith(receipt: PublishReceipt): void {
  answers = {
    'publish-tabs.read': NO_PUBLISH_TABS,
    'publish-history.list': [],
    'environments.read': NO_ENVIRONMENTS,
    'topics.suggest': [],
    'schemas.validate': null,
    'payload-rules.read': NO_RULES,
    'messages.publish': receipt,
  }
  request.mockImplementation((channel) => Promise.resolve(answers[channel]))
}

type Panel = VueWrapper<InstanceType<typeof PublishPanel>>

async function panelWith(props: Partial<{ connection: Connection; selectedTopic: string | null; collapsed: boolean }> = {}): Promise<Panel> {
  const panel = mount(PublishPanel, {
    props: { connection, selectedTopic: null, ...props },
    global: { plugins: [createPinia(), i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return panel
}

const published = () => request.mock.calls.filter(([channel]) => channel === 'messages.publish').map(([, args]) => args)
const topicField = (panel: Panel) => panel.get('input[type=text]')
const button = (panel: Panel, name: string) => {
  const found = panel.findAll('button').find((candidate) => candidate.text().startsWith(name))
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}

describe('PublishPanel', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    request.mockReset()
    answerWith({ publishId: 1, state: { kind: 'sent' } })
  })

  it('publishes a loaded message with exactly its bytes, by Ctrl+Enter', async () => {
    const panel = await panelWith()
    const payload = Uint8Array.of(0xff, 0x00, 0x7b)
    await panel.vm.load({ topic: 'plant/x', payload, qos: 2, retain: true })
    await panel.get('section').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(published()).toEqual([
      { connectionId: connection.id, keepTrying: false, message: { topic: 'plant/x', payload, qos: 2, retain: true } },
    ])
    expect(panel.get('[role=status]').text()).toContain('Sent')
  })

  it('shows what a loaded message reads as, and publishes its very bytes until something is edited', async () => {
    const panel = await panelWith()
    const payload = Uint8Array.of(0xa1, 0x61, 0x61, 0x01)
    answers['payloads.find-editable'] = { kind: 'text', text: '{\n  "a": 1\n}', format: { kind: 'cbor' } }
    answers['payloads.encode'] = Uint8Array.of(1, 2)
    await panel.vm.load({ topic: 'plant/x', payload, qos: 0, retain: false })
    await flushPromises()
    expect(panel.get('textarea').element.value).toBe('{\n  "a": 1\n}')
    expect(panel.text()).toContain('CBOR')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toMatchObject([{ message: { payload } }])
    expect(request.mock.calls.filter(([channel]) => channel === 'payloads.encode')).toEqual([])
    await panel.get('textarea').setValue('{"a": 2}')
    await flushPromises()
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toMatchObject([{}, { message: { payload: Uint8Array.of(1, 2) } }])
  })

  it('publishes what stands there once a loaded message is no more taken for CBOR', async () => {
    const panel = await panelWith()
    answers['payloads.find-editable'] = { kind: 'text', text: '{"a":1}', format: { kind: 'cbor' } }
    await panel.vm.load({ topic: 'plant/x', payload: Uint8Array.of(0xa1, 0x61, 0x61, 0x01), qos: 0, retain: false })
    await flushPromises()
    await panel.findAll('[role=radio]').find((radio) => radio.text() === 'JSON')?.trigger('click')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toMatchObject([{ message: { payload: new Uint8Array(Buffer.from('{"a":1}')) } }])
  })

  it('says why a loaded message is shown as bytes, until it is edited', async () => {
    const panel = await panelWith()
    answers['payloads.find-editable'] = { kind: 'would-change', format: 'cbor' }
    await panel.vm.load({ topic: 'plant/x', payload: Uint8Array.of(0xbf, 0xff), qos: 0, retain: false })
    await flushPromises()
    expect(panel.get('[role=status]').text()).toContain('written as CBOR again, it would not become the same bytes')
    expect(panel.get('textarea').element.value).toBe('bf ff')
    await panel.get('textarea').setValue('bf')
    expect(panel.get('[role=status]').text()).not.toContain('CBOR')
  })

  it('does not publish on a wildcard, and says why', async () => {
    const panel = await panelWith()
    await topicField(panel).setValue('plant/#')
    await button(panel, 'Publish').trigger('click')
    expect(panel.text()).toContain('wildcards')
    expect(published()).toEqual([])
  })

  it('does not publish what is not valid JSON, and names the place', async () => {
    const panel = await panelWith()
    await topicField(panel).setValue('plant/x')
    await panel.get('textarea').setValue('{\n  "a": tru\n}')
    await button(panel, 'Publish').trigger('click')
    expect(panel.get('[role=status]').text()).toContain('Line 2, column 8')
    expect(published()).toEqual([])
  })

  it('asks before an empty retained message clears the one the broker keeps', async () => {
    const panel = await panelWith()
    await topicField(panel).setValue('plant/x')
    await panel.get('[role=switch]').trigger('click')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toEqual([])
    const dialog = document.querySelector('[role=alertdialog]')
    expect(dialog?.textContent).toContain('plant/x')
    const confirm = [...(dialog?.querySelectorAll('button') ?? [])].find((each) => each.textContent.includes('Clear'))
    confirm?.click()
    await flushPromises()
    expect(published()).toHaveLength(1)
  })

  it('says, where it was asked for, that a retained message was cleared', async () => {
    answerWith({ publishId: 1, state: { kind: 'acknowledged', reasonCode: null, elapsedMs: 3 } })
    const panel = await panelWith()
    panel.vm.clearRetained('plant/kept')
    await flushPromises()
    const buttons = [...document.querySelectorAll<HTMLElement>('[role=alertdialog] button')]
    buttons.find((each) => each.textContent.includes('Clear'))?.click()
    await flushPromises()
    expect(useToasts().toasts.value.at(-1)).toMatchObject({ tone: 'ok', title: 'Retained message cleared', text: 'plant/kept' })
  })

  it('warns before the broker would end the connection, and does not stand in the way', async () => {
    const grants = { ...NO_LIMITS, maximumQos: 1 as const, retainAvailable: false }
    const panel = await panelWith({ connection: { ...connection, status: onlineWith(grants) } })
    await panel.vm.load({ topic: 'plant/x', payload: Uint8Array.of(1), qos: 2, retain: true })
    expect(panel.text()).toContain('It offers QoS 1 at most')
    expect(panel.text()).toContain('It keeps no retained messages')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toHaveLength(1)
  })

  it('publishes folded away too, and unfolds where there is something to see', async () => {
    const panel = await panelWith({ collapsed: true })
    const isFolded = () => panel.emitted('update:collapsed')?.at(-1)?.[0] !== false
    await topicField(panel).setValue('plant/x')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toHaveLength(1)
    expect(panel.get('footer').text()).toContain('QoS 0')
    expect(isFolded()).toBe(true)
    await panel.get('textarea').setValue('{')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toHaveLength(1)
    expect(isFolded()).toBe(false)
  })

  it('says that it will wait while there is no connection, and publishes all the same', async () => {
    const panel = await panelWith({ connection: { ...connection, status: { phase: 'offline' } } })
    expect(panel.get('[role=status]').text()).toContain('Not connected')
    answerWith({ publishId: 1, state: { kind: 'queued' } })
    await topicField(panel).setValue('plant/x')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toHaveLength(1)
    expect(button(panel, 'Cancel').exists()).toBe(true)
  })

  it('takes what looks like a template in a received message as it stands, until asked otherwise', async () => {
    const panel = await panelWith()
    const payload = new Uint8Array(Buffer.from('{"t": "{{now}}"}'))
    await panel.vm.load({ topic: 'plant/x', payload, qos: 0, retain: false })
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toEqual([{ connectionId: connection.id, keepTrying: false, message: { topic: 'plant/x', payload, qos: 0, retain: false } }])
    expect(panel.get('section[aria-label=Templates]').text()).toContain('Use templates')
  })

  it('does not publish a template it does not understand, and says which', async () => {
    const panel = await panelWith()
    await topicField(panel).setValue('plant/{{env.nowhere}}')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toEqual([])
    expect(panel.text()).toContain('env.nowhere')
  })

  it('sends a message again at once, and asks first when the broker would keep it', async () => {
    const panel = await panelWith()
    const message = { topic: 'plant/x', payload: Uint8Array.of(1, 0), qos: 1 as const, retain: false, properties: { ...NO_PUBLISH_PROPERTIES, contentType: 'a/b' } }
    panel.vm.resend(message)
    await flushPromises()
    expect(published()).toEqual([{ connectionId: connection.id, keepTrying: false, message }])
    panel.vm.resend({ ...message, retain: true })
    await flushPromises()
    expect(published()).toHaveLength(1)
    expect(document.querySelector('[role=alertdialog]')?.textContent).toContain('plant/x')
  })

  it('brings the properties of a received message along, and says that an older version has none', async () => {
    const older = { ...connection, status: { ...ONLINE, mqttVersion: '3.1.1' as const } }
    const panel = await panelWith({ connection: older })
    const properties = { ...NO_PUBLISH_PROPERTIES, contentType: 'a/b', userProperties: [{ name: 'n', value: 'v' }] }
    await panel.vm.load({ topic: 'plant/x', payload: Uint8Array.of(1), qos: 0, retain: false, properties })
    const toggle = panel.findAll('button').find((each) => each.text().startsWith('Properties'))
    expect(toggle?.text()).toContain('2')
    await toggle?.trigger('click')
    expect(panel.text()).toContain('This connection speaks MQTT 3.1.1')
    expect(panel.get('fieldset').attributes('disabled')).toBeDefined()
    await panel.setProps({ connection })
    expect(panel.get('fieldset').attributes('disabled')).toBeUndefined()
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toMatchObject([{ message: { properties } }])
  })

  it('says of a payload that is too long to be kept, written or received, that it lasts until the app closes', async () => {
    const panel = await panelWith()
    const long = `"${'x'.repeat(64 * 1024)}"`
    await panel.get('textarea').setValue('"x"')
    expect(panel.text()).not.toContain('until Pubscope closes')
    await panel.get('textarea').setValue(long)
    expect(panel.text()).toContain('until Pubscope closes')
    await panel.vm.load({ topic: 'plant/x', payload: Uint8Array.of(1), qos: 0, retain: false })
    expect(panel.text()).not.toContain('until Pubscope closes')
    await panel.vm.load({ topic: 'plant/x', payload: new Uint8Array(64 * 1024 + 1), qos: 0, retain: false })
    expect(panel.text()).toContain('until Pubscope closes')
  })

  it('shows what the JSON Schema for the topic finds, and publishes all the same', async () => {
    const panel = await panelWith()
    const problems = [{ pointer: '/value', message: 'must be number', offset: 10, length: 3 }]
    answers['schemas.validate'] = { schemaId: '3c6ad9a5-3f0e-4d43-a0d4-5a1c2b4a5f10', schemaName: 'acme.json', problems }
    await topicField(panel).setValue('plant/x')
    await panel.get('textarea').setValue('{"value": "x"}')
    await vi.waitFor(() => expect(panel.text()).toContain('must be number'))
    expect(panel.text()).toContain('acme.json')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toHaveLength(1)
  })

  it('has the payload thread write a format, says what is wrong with it, and publishes its bytes', async () => {
    const panel = await panelWith()
    await panel.findAll('button').find((each) => each.attributes('aria-label')?.startsWith('Further formats'))?.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const item = [...document.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')].find((each) => each.textContent.includes('CBOR'))
    item?.click()
    await flushPromises()
    answers['payloads.encode'] = Uint8Array.of(0xa1, 0x61, 0x61, 0x01)
    await topicField(panel).setValue('plant/x')
    await panel.get('textarea').setValue('{"a": 1}')
    await flushPromises()
    expect(panel.get('footer').text()).toContain('4 B')
    await button(panel, 'Publish').trigger('click')
    await flushPromises()
    expect(published()).toMatchObject([{ message: { payload: Uint8Array.of(0xa1, 0x61, 0x61, 0x01) } }])
    answers['payloads.encode'] = Promise.reject(new AppError('payload-not-encoded', 'no', { reason: 'no such tag', position: 1 }))
    await panel.get('textarea').setValue('{"b": 1}')
    await flushPromises()
    expect(panel.get('footer').text()).toContain('Line 1, column 2')
    expect(panel.get('footer').text()).toContain('no such tag')
  })
})
