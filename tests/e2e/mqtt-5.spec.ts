import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const section = (dialog: Locator, name: string): Locator => dialog.getByRole('region', { name, exact: true })

/** Types into the code editor of the will, which is no ordinary field. */
async function typePayload(app: App, will: Locator, text: string): Promise<void> {
  await will.locator('.monaco-editor .view-lines').click()
  await app.page.keyboard.insertText(text)
}

async function openEditor(app: App): Promise<Locator> {
  await app.page.getByRole('button', { name: 'Connections', exact: true }).click()
  await app.page.getByRole('button', { name: 'Edit Plant' }).click()
  return app.page.getByRole('dialog')
}

test('a profile with all that MQTT 5.0 can say is saved, comes back, connects, and leaves its will when the app dies', async ({ start, mosquitto, subscribe }) => {
  const broker = await mosquitto({ listenerConfig: 'max_keepalive 30\nmax_qos 1\nretain_available true' })
  const witness = await subscribe({ port: broker.port, topic: 'plant/gone', qos: 1 })
  const app = await start()
  const { page } = app
  await app.fillProfile({ name: 'Plant', port: broker.port })
  const dialog = page.getByRole('dialog')

  const subscriptions = section(dialog, 'Subscriptions')
  await subscriptions.getByLabel('Topic filter 1').fill('$share/crew/#')
  await subscriptions.getByRole('button', { name: 'Options of filter 1' }).click()
  await subscriptions.getByRole('switch', { name: 'No local' }).click()
  await expect(subscriptions).toContainText('Not on a shared subscription')
  await subscriptions.getByLabel('Topic filter 1').fill('plant/#')
  await subscriptions.getByLabel('Retained messages').selectOption('Never')
  await subscriptions.getByLabel('Subscription identifier').fill('7')

  const session = section(dialog, 'Session')
  await session.getByRole('switch', { name: 'Clean start' }).click()
  await session.getByRole('button', { name: 'Keep it for 1 hour' }).click()

  const will = section(dialog, 'Last will')
  await will.getByRole('switch', { name: 'Leave a last will' }).click()
  await will.getByLabel('Topic', { exact: true }).fill('plant/gone')
  await typePayload(app, will, 'adieu')
  await will.getByRole('radio', { name: 'QoS 1' }).click()
  await will.getByLabel('Content type').fill('text/plain')
  await will.getByRole('button', { name: 'Add user property' }).click()
  await will.getByLabel('Name of user property 1').fill('__proto__')

  const mqtt5 = section(dialog, 'MQTT 5.0')
  await mqtt5.getByLabel('Receive maximum').fill('20')
  await mqtt5.getByRole('button', { name: 'Add user property' }).click()
  await mqtt5.getByLabel('Name of user property 1').fill('site')
  await mqtt5.getByLabel('Value of user property 1').fill('Ulm')
  await expectNoViolations(app, 'profile editor, MQTT 5.0')
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()

  await expect(app.status).toContainText('Online')
  await page.getByRole('button', { name: /^MQTT 5\.0 · new session/ }).click()
  await expect(page.getByRole('row', { name: /^Keep alive/ })).toHaveText(/1 min.*30 s.*other than asked/)
  await expect(page.getByRole('row', { name: /^Session expiry/ })).toHaveText(/1 h.*1 h$/)
  await expect(dialog).toContainText('Maximum QoS')
  await expectNoViolations(app, 'connection details')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Subscriptions/ }).click()
  await expect(dialog.getByRole('listitem').first()).toContainText('no local · retained: never · identifier 7')
  await page.keyboard.press('Escape')

  const editor = await openEditor(app)
  await expect(section(editor, 'Session').getByRole('switch', { name: 'Clean start' })).not.toBeChecked()
  await expect(section(editor, 'Session').getByLabel('Kept after the connection for')).toHaveValue('1')
  await expect(section(editor, 'Last will')).toContainText('adieu')
  await expect(section(editor, 'Last will')).toContainText('5 of 65,535 bytes')
  await expect(section(editor, 'Last will').getByLabel('Content type')).toHaveValue('text/plain')
  await expect(section(editor, 'Last will').getByLabel('Name of user property 1')).toHaveValue('__proto__')
  await expect(section(editor, 'MQTT 5.0').getByLabel('Receive maximum')).toHaveValue('20')
  await expect(section(editor, 'MQTT 5.0').getByLabel('Value of user property 1')).toHaveValue('Ulm')
  // Kept, but said to be without effect, where the version cannot say it.
  await editor.getByLabel('MQTT version').selectOption('3.1.1')
  await expect(section(editor, 'MQTT 5.0')).toContainText('Without effect with MQTT 3.1.1')
  await expect(section(editor, 'MQTT 5.0').getByLabel('Receive maximum')).toBeDisabled()

  app.electron.process().kill('SIGKILL')
  expect((await witness.waitFor(({ topic }) => topic === 'plant/gone')).payload.toString()).toBe('adieu')
})

test('a session of 3.1.1 is resumed, and the window says so', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const app = await start()
  const { page } = app
  await app.fillProfile({ name: 'Plant', port })
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('MQTT version').selectOption('3.1.1')
  await section(dialog, 'Subscriptions').getByLabel('QoS of filter 1').selectOption('QoS 1')
  await section(dialog, 'Session').getByRole('switch', { name: 'Clean start' }).click()
  await expect(section(dialog, 'Session')).toContainText('A persistent session')
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(page.getByRole('button', { name: 'MQTT 3.1.1 · new session' })).toBeVisible()
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(app.status).toContainText('Offline')
  await mosquittoPub({ port, topic: 'while/away', payload: 'queued', qos: 1 })
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByRole('button', { name: 'MQTT 3.1.1 · session resumed' })).toBeVisible()
  await expect(await app.reveal('while/away')).toContainText('queued')
})

test('authentication data go to the broker and nowhere else; one that wants further steps is told in words', async ({ start, rawBroker, userData }) => {
  // AUTH 0x18 Continue authentication, without its method.
  const broker = await rawBroker({ onConnect: { kind: 'bytes', bytes: Uint8Array.of(0xf0, 2, 0x18, 0) } })
  const app = await start()
  const { page } = app
  await app.fillProfile({ name: 'Plant', port: broker.port })
  const authentication = section(page.getByRole('dialog'), 'Authentication')
  await authentication.getByLabel('Authentication method').fill('SCRAM-SHA-256')
  await authentication.getByLabel('Authentication data', { exact: true }).fill('canary-data')
  await authentication.getByRole('radiogroup', { name: 'Keep the authentication data' }).getByRole('radio', { name: /until Pubscope closes/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Failed')
  await expect(page.getByRole('main')).toContainText('“SCRAM-SHA-256”')
  await expect(page.getByRole('main')).toContainText('sends the first step only')
  expect(broker.connects.map(({ properties }) => properties?.authenticationData?.toString())).toEqual(['canary-data'])
  expect(await page.content()).not.toContain('canary-data')
  for (const name of readdirSync(userData).filter((file) => file.endsWith('.json'))) {
    expect(readFileSync(join(userData, name), 'utf8')).not.toContain('canary-data')
  }
})
