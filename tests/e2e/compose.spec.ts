import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import avsc from 'avsc'
import { decode } from 'cbor2'
import protobuf from 'protobufjs'
import { get } from 'sparkplug-payload'
import { mosquittoPub, mosquittoSubOnce } from '../support/mosquitto-clients'
import type {} from '../../src-renderer/bridge/client'
import { expect, test, type App } from './support/app'

const topicOf = (app: App) => app.publish.getByRole('textbox', { name: 'Topic', exact: true })
const tabsOf = (app: App) => app.publish.getByRole('tablist', { name: 'Messages being written' }).getByRole('tab')

async function write(app: App, topic: string, payload: string): Promise<void> {
  await topicOf(app).fill(topic)
  const editor = app.publish.locator('.monaco-editor').first()
  await editor.click()
  await app.page.keyboard.press('Control+A')
  await app.page.keyboard.insertText(payload)
}

async function fromMenu(app: App, item: string): Promise<void> {
  await app.publish.getByRole('button', { name: 'More for this message' }).click()
  await app.page.getByRole('menuitem', { name: item }).click()
}

async function connectedProfile(app: App, port: number): Promise<void> {
  await app.fillProfile({ name: 'Plant', port })
  await app.page.getByRole('button', { name: 'Save', exact: true }).click()
  await connect(app)
}

async function connect(app: App): Promise<void> {
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
}

const publish = (app: App) => app.publish.getByRole('button', { name: 'Publish', exact: true }).click()

test('messages are written side by side, and are there after a restart with what was published', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: 'plant/#', qos: 2 })
  const first = await start()
  await connectedProfile(first, port)
  await write(first, 'plant/one', '{"n": 1}')
  await fromMenu(first, 'New message')
  await write(first, 'plant/two', '{"n": 2}')
  await first.publish.getByRole('radio', { name: 'QoS 1' }).click()
  await expect(tabsOf(first)).toHaveText(['one', 'two'])
  await publish(first)
  await expect(first.publish).toContainText('Acknowledged')

  // Renamed, moved, closed and opened again, by keyboard.
  await tabsOf(first).nth(1).focus()
  await first.page.keyboard.press('F2')
  const name = first.publish.getByRole('textbox', { name: 'Name of the message' })
  await name.fill('Second')
  await name.press('Enter')
  await first.page.keyboard.press('Alt+ArrowLeft')
  await expect(tabsOf(first)).toHaveText(['Second', 'one'])
  await first.page.keyboard.press('ArrowRight')
  await expect(topicOf(first)).toHaveValue('plant/one')
  await first.page.keyboard.press('Delete')
  await expect(tabsOf(first)).toHaveText(['Second'])
  await first.publish.getByRole('button', { name: 'Open closed message again' }).click()
  await expect(tabsOf(first)).toHaveText(['Second', 'one'])
  await first.close()

  const second = await start()
  await connect(second)
  await expect(tabsOf(second)).toHaveText(['Second', 'one'])
  await expect(topicOf(second)).toHaveValue('plant/one')
  await tabsOf(second).first().click()
  await expect(topicOf(second)).toHaveValue('plant/two')
  await expect(second.publish.getByRole('radio', { name: 'QoS 1' })).toBeChecked()

  await second.publish.getByRole('button', { name: 'History' }).click()
  const row = second.page.getByRole('dialog').getByRole('option', { name: /plant\/two/ })
  await expect(row).toContainText('acknowledged')
  await second.page.keyboard.press('Enter')
  await expect(second.page.getByRole('dialog').getByRole('option')).toHaveCount(2)
  await witness.waitForCount(2)
  expect(witness.received.map(({ topic, payload, qos }) => [topic, payload.toString(), qos])).toEqual([
    ['plant/two', '{"n": 2}', 1],
    ['plant/two', '{"n": 2}', 1],
  ])
})

test('the message in front stays in sight when the window is made narrower', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const app = await start([`mqtt://127.0.0.1:${port}`])
  const resize = async (width: number): Promise<void> => {
    await app.electron.evaluate(({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 800), width)
    await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(width)
  }
  await resize(1_400)
  const names = ['temperature', 'pressure-of-the-pump', 'vibration-of-the-axis', 'humidity-of-the-hall']
  for (const name of names) {
    if (name !== names[0]) await fromMenu(app, 'New message')
    await topicOf(app).fill(name)
  }
  await expect(tabsOf(app).last()).toBeInViewport({ ratio: 0.99 })
  await resize(800)
  await expect(tabsOf(app).last()).toBeInViewport({ ratio: 0.99 })
})

test('templates are replaced in topic and payload, by the active environment, and left alone when switched off', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: '#' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await write(app, '{{env.site}}/x', '{"n":{{counter}},"v":{{randomInt 5 5}},"at":"{{now \'iso\'}}","raw":"\\{{"}')
  await publish(app)
  await expect(app.publish).toContainText('“env.site” is no variable of this environment.')
  expect(witness.received).toEqual([])

  await app.publish.getByRole('button', { name: 'Edit environments' }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'New environment' }).click()
  await dialog.getByRole('textbox', { name: 'Name of variable 1' }).fill('site')
  await dialog.getByRole('textbox', { name: 'Value of variable 1' }).fill('hall-2')
  await app.page.keyboard.press('Escape')
  await expect(app.publish.getByTestId('template-preview')).toContainText('hall-2/x')
  await publish(app)
  await publish(app)
  await witness.waitForCount(2)
  const sent = witness.received.map(({ topic, payload }) => ({ topic, ...(JSON.parse(payload.toString()) as { n: number; v: number; at: string; raw: string }) }))
  expect(sent.map(({ topic, n, v, raw }) => [topic, n, v, raw])).toEqual([
    ['hall-2/x', 1, 5, '{{'],
    ['hall-2/x', 2, 5, '{{'],
  ])
  for (const { at } of sent) expect(new Date(at).toISOString()).toBe(at)

  await app.publish.getByRole('switch', { name: 'Use templates' }).click()
  await write(app, 'as/is', '{"value_template": "{{ value_json.x }}"}')
  await publish(app)
  const asIs = await witness.waitFor(({ topic }) => topic === 'as/is')
  expect(asIs.payload.toString()).toBe('{"value_template": "{{ value_json.x }}"}')
})

test('all properties arrive, and come along when a message is edited or published again', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await write(app, 'plant/kept', '{"a":1}')
  await app.publish.getByRole('switch', { name: 'Retain' }).click()
  await app.publish.getByRole('button', { name: 'Properties' }).click()
  const field = (name: string) => app.publish.getByRole('textbox', { name, exact: true })
  await field('Content type').fill('application/json')
  await app.publish.getByLabel('Payload format indicator').selectOption({ label: '1 · UTF-8 text' })
  await field('Response topic').fill('plant/replies')
  await field('Message expires after').fill('600')
  await field('Correlation data').fill('id-7')
  await app.publish.getByRole('button', { name: 'Add user property' }).click()
  await field('Name of user property 1').fill('source')
  await field('Value of user property 1').fill('test')
  await publish(app)
  await expect(app.publish).toContainText('Sent')

  const format = '%C|%F|%R|%D|%P|%p'
  const arrived = 'application/json|1|plant/replies|id-7|source:test|{"a":1}'
  expect(await mosquittoSubOnce({ port, topic: 'plant/kept', format })).toBe(arrived)
  expect(Number(await mosquittoSubOnce({ port, topic: 'plant/kept', format: '%E' }))).toBeGreaterThan(500)

  await (await app.reveal('plant/kept')).click()
  await app.inspector.getByRole('button', { name: 'Edit and republish' }).click()
  await topicOf(app).fill('plant/copy')
  await app.publish.getByRole('switch', { name: 'Retain' }).click()
  await publish(app)
  await expect(app.publish).toContainText('Sent')
  expect(await mosquittoSubOnce({ port, topic: 'plant/copy', format })).toBe(arrived)

  const witness = await subscribe({ port, topic: 'plant/kept', extraArgs: ['-R'] })
  await app.page.keyboard.press('Control+Shift+Enter')
  expect((await witness.waitForCount(1))[0]?.payload.toString()).toBe('{"a":1}')
})

test('a message of CBOR is edited as JSON: untouched it keeps its bytes, and what cannot keep them is shown as bytes', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: 'copy/#' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await expect(app.status).toContainText('Online')
  // {"t": 21.5, "raw": h'00ff'}; and {_ "t": 1}, of indefinite length, which is not how it is written here.
  const bytes = Buffer.from('a26174f94d60637261774200ff', 'hex')
  const cbor = { port, qos: 1, extraArgs: ['-V', '5', '-D', 'publish', 'content-type', 'application/cbor'] } as const
  await mosquittoPub({ ...cbor, topic: 'in/cbor', payload: bytes })
  await mosquittoPub({ ...cbor, topic: 'in/other', payload: Buffer.from('bf617401ff', 'hex') })
  const edit = async (topic: string) => {
    await (await app.reveal(topic)).click()
    await app.inspector.getByRole('button', { name: 'Edit and republish' }).click()
    await expect(topicOf(app)).toHaveValue(topic)
  }
  await edit('in/cbor')
  await expect(app.publish.locator('.monaco-editor').first()).toContainText('"t": 21.5')
  await expect(app.publish.getByRole('button', { name: 'Further formats: CBOR' })).toBeVisible()
  await topicOf(app).fill('copy/same')
  await publish(app)
  expect((await witness.waitFor(({ topic }) => topic === 'copy/same')).payload.equals(bytes)).toBe(true)
  await write(app, 'copy/edited', '{"t": 3}')
  await publish(app)
  expect(decode((await witness.waitFor(({ topic }) => topic === 'copy/edited')).payload)).toEqual({ t: 3 })

  await edit('in/other')
  await expect(app.publish).toContainText('written as CBOR again, it would not become the same bytes')
  await expect(app.publish.locator('.monaco-editor').first()).toContainText('bf 61 74 01 ff')
})

test('a file goes out as it is when it is published, and JSON as CBOR', async ({ start, mosquitto, subscribe, userData }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: 'out/#' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  const path = join(userData, 'firmware.bin')
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256))
  writeFileSync(path, bytes)
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, path)
  await fromMenu(app, 'File as payload…')
  await expect(app.publish).toContainText('firmware.bin')
  await topicOf(app).fill('out/file')
  await publish(app)
  expect((await witness.waitFor(({ topic }) => topic === 'out/file')).payload.equals(bytes)).toBe(true)
  await expect(app.page.locator('body')).not.toContainText(userData)

  await app.publish.getByRole('button', { name: 'Write a payload instead' }).click()
  await app.publish.getByRole('button', { name: /^Further formats/ }).click()
  await app.page.getByRole('menuitemcheckbox', { name: 'CBOR' }).click()
  await write(app, 'out/cbor', '{"temperature": 21.5, "raw": {"$bytes": "AP8="}}')
  await publish(app)
  const received = await witness.waitFor(({ topic }) => topic === 'out/cbor')
  expect(decode(received.payload)).toEqual({ temperature: 21.5, raw: Uint8Array.of(0, 255) })

  await write(app, 'out/cbor', '{"temperature": }')
  await publish(app)
  await expect(app.publish.getByRole('button', { name: 'Show', exact: true })).toBeVisible()
})

test('the topic is completed from tree and history, and takes a row of the tree that is dropped on it', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  await mosquittoPub({ port, topic: 'plant/press/temperature', payload: '1', retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  const row = await app.reveal('plant/press/temperature')
  const topic = topicOf(app)
  await topic.fill('tempe')
  const list = app.page.getByRole('listbox', { name: 'Topics' })
  await expect(list.getByRole('option')).toHaveText(/plant\/press\/temperature/)
  await topic.press('ArrowDown')
  await topic.press('Enter')
  await expect(topic).toHaveValue('plant/press/temperature')
  await expect(list).toHaveCount(0)
  await topic.fill('')
  await row.dragTo(topic)
  await expect(topic).toHaveValue('plant/press/temperature')
})

test('a sensor message is built from a form, and a note is made on what is missing until it is not wanted', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: 'plant/s' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await write(app, 'plant/s', '{"value": 1}')
  await expect(app.publish).toContainText('The value has no unit.')
  await app.publish.getByRole('button', { name: 'No such notes again' }).click()
  await expect(app.publish).not.toContainText('The value has no unit.')

  await fromMenu(app, 'Build a sensor message…')
  const dialog = app.page.getByRole('dialog')
  await dialog.getByLabel('device_id').fill('press-07')
  await dialog.getByLabel('value', { exact: true }).fill('21.50')
  await dialog.getByRole('button', { name: 'Fill in payload' }).click()
  await publish(app)
  const { payload } = (await witness.waitForCount(1))[0] ?? { payload: Buffer.alloc(0) }
  expect(JSON.parse(payload.toString())).toMatchObject({ device_id: 'press-07', value: 21.5, version: 1 })
  expect(payload.toString()).toContain('21.50')
})

test('the JSON Schema for a topic underlines and completes, and never stands in the way', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: 'plant/x' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await expect(app.status).toContainText('Online')
  await app.page.evaluate(async () => {
    const ask = async (channel: 'connections.list' | 'schemas.list' | 'schemas.save' | 'payload-rules.update', args?: unknown) => {
      const reply = (await window.pubscope.requests[channel](args)) as { ok: boolean; value?: { id: string }[] }
      if (!reply.ok) throw new Error(JSON.stringify(reply))
      return reply.value?.[0]?.id ?? ''
    }
    const connectionId = await ask('connections.list')
    const text = JSON.stringify({ type: 'object', properties: { value: { type: 'number' }, unit: { enum: ['bar'] } }, required: ['value'] })
    await ask('schemas.save', { connectionId, draft: { id: null, name: 'reading.json', kind: 'json-schema', text } })
    const schemaId = await ask('schemas.list', { connectionId })
    await ask('payload-rules.update', { connectionId, rules: { decoders: [], validations: [{ filter: 'plant/#', schemaId }] } })
  })
  await write(app, 'plant/x', '{"value": "high"}')
  await expect(app.publish.getByRole('region', { name: 'By the JSON Schema' })).toContainText('/value')
  await expect(app.publish.locator('.squiggly-warning').first()).toBeVisible()
  await publish(app)
  expect((await witness.waitForCount(1))[0]?.payload.toString()).toBe('{"value": "high"}')

  await app.page.keyboard.press('Escape')
  await app.publish.locator('.monaco-editor').first().click()
  await app.page.keyboard.press('Control+A')
  await app.page.keyboard.type('{"value": 1, "un')
  await expect(app.page.locator('.suggest-widget').getByText('unit')).toBeVisible()
  await app.page.keyboard.press('Enter')
  await app.page.keyboard.type(': ')
  await expect(app.page.locator('.suggest-widget').getByText('"bar"')).toBeVisible()
  await app.page.keyboard.press('Enter')
  await app.page.keyboard.type('}')
  await expect(app.publish.getByRole('region', { name: 'By the JSON Schema' })).toHaveCount(0)
  await publish(app)
  expect((await witness.waitForCount(2))[1]?.payload.toString()).toBe('{"value": 1, "unit": "bar"}')
})

test('Protobuf, Avro and Sparkplug B are written from JSON, by a schema that is added meanwhile', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const witness = await subscribe({ port, topic: 'out/#' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await expect(app.status).toContainText('Online')
  const arrived = async (topic: string) => (await witness.waitFor((message) => message.topic === topic)).payload
  const choose = async (format: string) => {
    await app.publish.getByRole('button', { name: /^Further formats/ }).click()
    await app.page.getByRole('menuitemcheckbox', { name: format, exact: true }).click()
  }
  const proto = 'syntax = "proto3"; package acme; message Alarm { string text = 1; } message Reading { string device = 1; int64 count = 2; }'
  const avro = '{"type": "record", "name": "Reading", "fields": [{"name": "device", "type": "string"}, {"name": "value", "type": "double"}]}'

  await choose('Protobuf')
  const schema = app.publish.getByLabel('Schema', { exact: true })
  await expect(schema).toHaveText('No schemas yet')
  await app.page.evaluate(
    async (drafts) => {
      const ask = async (channel: 'connections.list' | 'schemas.save', args?: unknown) =>
        (await window.pubscope.requests[channel](args)) as { ok: boolean; value?: { id: string }[] }
      const connectionId = (await ask('connections.list')).value?.[0]?.id
      for (const draft of drafts) await ask('schemas.save', { connectionId, draft: { id: null, ...draft } })
    },
    [
      { name: 'reading.proto', kind: 'protobuf', text: proto },
      { name: 'reading.avsc', kind: 'avro', text: avro },
    ],
  )
  await schema.focus()
  await schema.selectOption('reading.proto')
  await app.publish.getByLabel('Message type').selectOption('acme.Reading')
  await write(app, 'out/protobuf', '{"device": "press-1", "count": 9007199254740993}')
  await publish(app)
  const { root } = protobuf.parse(proto)
  const reading = root.lookupType('acme.Reading')
  expect(reading.toObject(reading.decode(await arrived('out/protobuf')), { longs: String })).toEqual({ device: 'press-1', count: '9007199254740993' })

  await write(app, 'out/fault', '{"device": 7}')
  await publish(app)
  await expect(app.publish.getByRole('button', { name: 'Show', exact: true })).toBeVisible()

  await choose('Avro')
  await schema.selectOption('reading.avsc')
  await write(app, 'out/avro', '{"device": "press-1", "value": 21.5}')
  await publish(app)
  expect({ ...(avsc.Type.forSchema(JSON.parse(avro) as avsc.Schema).fromBuffer(await arrived('out/avro')) as object) }).toEqual({ device: 'press-1', value: 21.5 })

  await choose('Sparkplug B')
  await write(app, 'out/sparkplug', '{"seq": 3, "metrics": [{"name": "oil", "dataType": "Int32", "value": -40}]}')
  await publish(app)
  const decoded = get('spBv1.0')?.decodePayload(await arrived('out/sparkplug'))
  expect(decoded?.metrics).toMatchObject([{ name: 'oil', type: 'Int32', value: -40 }])
  expect(witness.received.some(({ topic }) => topic === 'out/fault')).toBe(false)
})
