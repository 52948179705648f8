import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { get } from 'sparkplug-payload'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test as base, type App } from './support/app'
import { expectNoViolations } from './support/axe'
import { answerDialog } from './support/plant'

/** A folder for the files that the user has. */
const test = base.extend<{ folder: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants a pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-schemas-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

const dialog = (app: App) => app.page.getByRole('dialog', { name: 'Decoders and schemas' })
const code = (app: App) => app.inspector.getByRole('code').first()
/** Eclipse Tahu's own encoder. */
const spark = tahu()
function tahu() {
  const codec = get('spBv1.0')
  if (codec === null) throw new Error('sparkplug-payload knows no Sparkplug B')
  return codec
}
type Metrics = NonNullable<Parameters<typeof spark.encodePayload>[0]['metrics']>

const UNITS = `syntax = "proto3";
package acme.units;

enum Unit {
  UNKNOWN = 0;
  CELSIUS = 1;
}
`
const READING = `syntax = "proto3";
package acme;

import "units.proto";

message Reading {
  string device = 1;
  double value = 2;
  acme.units.Unit unit = 3;
  int64 count = 4;
}
`
/** What protoc 3.21 makes of `device: "press-1" value: 21.5 unit: CELSIUS count: 9007199254740993`. */
const READING_BYTES = Buffer.from('0a0770726573732d311100000000008035401801208180808080808010', 'hex')

test('a .proto file and a rule turn the bytes of a topic into names and values, also after a restart', async ({ start, mosquitto, folder }) => {
  const broker = await mosquitto()
  const app = await start()
  await app.fillProfile({ name: 'Plant', port: broker.port })
  await app.page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await mosquittoPub({ port: broker.port, topic: 'plant/press/raw', payload: READING_BYTES, retain: true })
  await (await app.reveal('plant/press/raw')).click()
  await expect(app.inspector).toContainText('Hex')

  // From the topic's menu: the rule is there, but its schema is not yet.
  await app.topic('plant/press/raw').click({ button: 'right' })
  await app.page.getByRole('menuitem', { name: 'Decode topic as…' }).click()
  await expect(dialog(app).getByLabel('Topic filter')).toHaveValue('plant/press/raw')
  await dialog(app).getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(dialog(app)).toContainText('No decoder rules')
  await expectNoViolations(app, 'no rules')

  await dialog(app).getByRole('tab', { name: 'Schemas', exact: true }).click()
  await expect(dialog(app)).toContainText('No schemas')
  writeFileSync(join(folder, 'reading.proto'), READING)
  await answerDialog(app, join(folder, 'reading.proto'))
  await dialog(app).getByRole('button', { name: 'Add files…' }).click()
  await expect(dialog(app)).toContainText('Missing: units.proto')
  await dialog(app).getByRole('button', { name: 'Paste…' }).click()
  await expect(dialog(app).getByLabel('Name', { exact: true })).toBeFocused()
  await dialog(app).getByLabel('Name', { exact: true }).fill('units.proto')
  await dialog(app).getByRole('textbox', { name: 'Text of the schema' }).focus()
  await app.page.keyboard.insertText(UNITS.replace('= 1', '1'))
  await dialog(app).getByRole('button', { name: 'Save schema' }).click()
  await expect(dialog(app).getByRole('alert')).toContainText('Line 6, column 11')
  await dialog(app).getByRole('textbox', { name: 'Text of the schema' }).focus()
  await app.page.keyboard.press('ControlOrMeta+A')
  await app.page.keyboard.insertText(UNITS)
  await dialog(app).getByRole('button', { name: 'Save schema' }).click()
  await expect(dialog(app).getByRole('list', { name: 'Schemas' })).toContainText('units.proto')
  await expect(dialog(app)).not.toContainText('Missing')
  await expectNoViolations(app, 'schemas')

  await dialog(app).getByRole('tab', { name: 'Decoder rules' }).click()
  await dialog(app).getByRole('button', { name: 'Add rule' }).click()
  await dialog(app).getByLabel('Topic filter').fill('plant/+/raw')
  await dialog(app).getByLabel('Format', { exact: true }).selectOption('Protobuf')
  await dialog(app).getByLabel('Schema', { exact: true }).selectOption('reading.proto')
  await dialog(app).getByLabel('Message type').selectOption('acme.Reading')
  await expectNoViolations(app, 'a rule')
  await dialog(app).getByRole('button', { name: 'Save rule' }).click()
  await dialog(app).getByLabel('Test a topic').fill('plant/oven/raw')
  await expect(dialog(app)).toContainText(/Rule 1, .*plant\/\+\/raw.*: .*Protobuf · acme\.Reading/)
  await dialog(app).getByLabel('Test a topic').fill('plant/oven')
  await expect(dialog(app)).toContainText('No rule matches')
  await app.page.keyboard.press('Escape')
  await expect(dialog(app)).toBeHidden()

  await expect(code(app)).toContainText('"device": "press-1"')
  await expect(code(app)).toContainText('"unit": "CELSIUS"')
  await expect(code(app)).toContainText('"count": 9007199254740993')

  await app.close()
  const again = await start()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(again.status).toContainText('Online')
  await (await again.reveal('plant/press/raw')).click()
  await expect(code(again)).toContainText('"unit": "CELSIUS"')
})

test('metrics of Sparkplug have names once the BIRTH is known, and a late joiner can ask for it', async ({ start, mosquitto, subscribe }) => {
  const broker = await mosquitto()
  const node = (type: string, metrics: Metrics) =>
    mosquittoPub({ port: broker.port, topic: `spBv1.0/plant/${type}/press`, payload: spark.encodePayload({ timestamp: 1_700_000_000_000, seq: 0, metrics }) })
  const commands = await subscribe({ port: broker.port, topic: 'spBv1.0/plant/NCMD/#' })
  const app = await start([broker.url, '--filter', '#'])
  await expect(app.status).toContainText('Online')
  await node('NDATA', [{ alias: 7, type: 'Int32', value: -40 }])
  await (await app.reveal('spBv1.0/plant/NDATA/press')).click()
  await expect(app.inspector).toContainText('Names of metrics are not known yet')
  await expect(code(app)).toContainText('"alias": 7')
  await expectNoViolations(app, 'no BIRTH')

  await app.inspector.getByRole('button', { name: 'Request rebirth…' }).click()
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Request rebirth' }).click()
  const { topic, payload, retain } = await commands.waitFor(() => true)
  expect({ topic, retain }).toEqual({ topic: 'spBv1.0/plant/NCMD/press', retain: false })
  expect(spark.decodePayload(payload).metrics).toMatchObject([{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }])

  await node('NBIRTH', [{ name: 'oil/temperature', alias: 7, type: 'Int32', value: 0 }])
  await app.topic('spBv1.0/plant/NBIRTH').waitFor()
  await node('NDATA', [{ alias: 7, type: 'Int32', value: -41 }])
  await expect(code(app)).toContainText('"name": "oil/temperature"')
  await expect(code(app)).toContainText('"value": -41')
  await expect(app.inspector).not.toContainText('Names of metrics are not known yet')
})
