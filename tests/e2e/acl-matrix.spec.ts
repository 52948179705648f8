import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const TOPICS = ['sensors/temp_01/temperature', 'sensors/temp_02/humidity', 'gateways/gateway_01/status', 'alerts/temperature', '=formula']

const grid = (app: App) => app.page.getByRole('grid', { name: 'Rights by topic and user' })
/** What a user may do with a topic. Users stand in the order of the file, anonymous clients first. */
const cell = (app: App, topic: string, column: number) => grid(app).getByRole('row').filter({ hasText: topic }).getByRole('gridcell').nth(column)

async function openExample(app: App): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+Shift+A')
  await app.page.getByRole('button', { name: 'Start with an example' }).click()
}

test('the matrix says what each user may do with the topics seen, and the keyboard asks why', async ({ start, mosquitto, userData }) => {
  const broker = await mosquitto()
  const publisher = await connectAsync(broker.url)
  for (const topic of TOPICS) await publisher.publishAsync(topic, 'x', { retain: true })
  const app = await start([broker.url, '--filter', '#'])
  await openExample(app)

  const [anonymous, admin, gateway, analytics] = [0, 1, 2, 3]
  await expect(cell(app, 'sensors/temp_01/temperature', admin)).toHaveAccessibleName('read and write')
  await expect(cell(app, 'gateways/gateway_01/status', gateway)).toHaveAccessibleName('write')
  await expect(cell(app, 'alerts/temperature', anonymous)).toHaveAccessibleName('nothing')

  // Another topic comes: it is listed without being asked for.
  await publisher.publishAsync('zone/new', 'x')
  await expect(cell(app, 'zone/new', analytics)).toHaveAccessibleName('read')
  await publisher.endAsync()

  await grid(app).focus()
  await app.page.keyboard.press('ControlOrMeta+Home')
  await app.page.keyboard.press('ArrowRight')
  await app.page.keyboard.press('Enter')
  await expect(app.page.getByLabel('User name', { exact: true }).first()).toHaveValue('admin')
  await expect(app.page.getByLabel('Topic', { exact: true })).toHaveValue('=formula')
  await expectNoViolations(app, 'the matrix')

  await app.page.getByLabel('Filter topics').fill('gateway')
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '2')
  await app.page.getByLabel('Filter topics').fill('')
  const path = join(userData, 'matrix.csv')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await app.page.getByRole('region', { name: 'Matrix' }).getByRole('button', { name: 'Matrix' }).click()
  await app.page.getByRole('menuitem', { name: 'Save as CSV…' }).click()
  await app.page.getByText('Matrix saved', { exact: true }).waitFor()
  const lines = readFileSync(path, 'utf8').split('\r\n')
  expect(lines[0]).toMatch(/^topic,anonymous,admin,/)
  expect(lines[1]).toMatch(/^"?'=formula"?,,rw,/)
  expect(lines).toHaveLength(TOPICS.length + 3)
})

test('two versions are compared by what they decide, and a filter says what can be read of it', async ({ start }) => {
  const app = await start([])
  await openExample(app)
  await app.page.getByRole('button', { name: 'Compare', exact: true }).click()
  const dialog = app.page.getByRole('dialog', { name: 'Compare decisions' })
  await dialog.getByText('Nothing would change').waitFor()
  await dialog.getByRole('radio', { name: 'Pasted text' }).click()
  await dialog.getByLabel('The other version of the file').fill('user analytics\ntopic read #\ntopic deny secret/#')
  await dialog.getByRole('region', { name: 'analytics' }).getByText('may now read').waitFor()
  await dialog.getByRole('region', { name: 'any other user' }).getByText('may now write').waitFor()
  await dialog.getByText('No other topic can make a difference for these users.').waitFor()
  await expectNoViolations(app, 'a comparison')
  await app.page.keyboard.press('Escape')

  await app.page.getByRole('tab', { name: 'What a filter can read' }).click()
  await app.page.getByLabel('User name', { exact: true }).first().fill('alert_service')
  await app.page.getByRole('textbox', { name: 'Topic filter' }).last().fill('alerts/#')
  await app.page.getByText('Some of it can be read').waitFor()
  const parts = app.page.getByRole('list', { name: 'Parts of the filter' }).getByRole('listitem')
  await expect(parts.first()).toContainText('alerts/+')
  await expect(parts.last()).toContainText('cannot be read')
  await expectNoViolations(app, 'what a filter can read')
})

test('the broker is asked about chosen cells, and those are marked that it answers otherwise', async ({ start, mosquitto }) => {
  const broker = await mosquitto()
  const publisher = await connectAsync(broker.url)
  await publisher.publishAsync('zone/a', 'x', { retain: true })
  await publisher.endAsync()
  const app = await start([broker.url, '--filter', '#'])
  await openExample(app)
  // A broker without an ACL file allows what the file denies to anonymous clients.
  await expect(cell(app, 'zone/a', 0)).toHaveAccessibleName('nothing')
  await cell(app, 'zone/a', 0).click()
  await app.page.getByRole('region', { name: 'Matrix' }).getByRole('button', { name: 'Matrix' }).click()
  await app.page.getByRole('menuitem', { name: 'Ask the broker: 2 questions…' }).click()
  const dialog = app.page.getByRole('dialog', { name: 'Ask the broker' })
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('2 disagree')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(cell(app, 'zone/a', 0)).toHaveAccessibleName(/nothing, the broker disagrees$/)
  await expect(app.page.getByText(/read: broker allows it · \d+ ms/)).toBeVisible()
  await expect(app.page.getByText(/write: broker allows it · \d+ ms/)).toBeVisible()
  await expectNoViolations(app, 'a disagreement in the matrix')
})
